import * as z from 'zod'
import { id, line, pageOf, pageQuery } from '../common.ts'

const q = z.string().trim().max(200).optional()
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain like acme.com')

export const companyView = z.object({ id, name: z.string(), domain: z.string().nullable() }).meta({ id: 'Company' })
export type CompanyView = z.infer<typeof companyView>
export const listCompanies = pageQuery.extend({ q })
export type ListCompanies = z.infer<typeof listCompanies>
export const companyPage = pageOf(companyView).meta({ id: 'CompanyPage' })
export const createCompany = z
  .object({ name: line(200), domain: domain.nullable().default(null) })
  .strict()
  .meta({ id: 'CreateCompany' })
export type CreateCompany = z.infer<typeof createCompany>

export const contactView = z
  .object({ id, name: z.string(), email: z.string().nullable(), companyId: id.nullable() })
  .meta({ id: 'Contact' })
export type ContactView = z.infer<typeof contactView>
export const listContacts = pageQuery.extend({ q, companyId: id.optional() })
export type ListContacts = z.infer<typeof listContacts>
export const contactPage = pageOf(contactView).meta({ id: 'ContactPage' })
export const createContact = z
  .object({
    name: line(200),
    email: z.email().max(254).toLowerCase().nullable().default(null),
    companyId: id.nullable().default(null),
  })
  .strict()
  .meta({ id: 'CreateContact' })
export type CreateContact = z.infer<typeof createContact>
