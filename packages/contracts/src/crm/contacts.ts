import * as z from 'zod'
import { id, instant, line, pageOf, pageQuery, version } from '../common.ts'
import { dealOfRecord, force, recordFilterShape, recordShape, recordSort } from './companies.ts'
import { tags } from './deals.ts'

export const consentStates = ['UNKNOWN', 'GIVEN', 'WITHDRAWN'] as const
export type ConsentState = (typeof consentStates)[number]

const email = z.email().max(254).toLowerCase()
const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^[+(\d][\d\s()./#x-]{2,}$/i, 'must be a phone number like +49 30 1234567')

export const contactView = z
  .object({
    id,
    name: z.string(),
    /** The first e-mail. */
    email: z.string().nullable(),
    otherEmails: z.array(z.string()),
    phones: z.array(z.string()),
    title: z.string().nullable(),
    source: z.string().nullable(),
    consent: z.enum(consentStates),
    /** Since when the consent is so; null while it is unknown. */
    consentAt: instant.nullable(),
    companyId: id.nullable(),
    /** A deleted company is still named, until it is purged. */
    company: z.object({ id, name: z.string(), deleted: z.boolean() }).nullable(),
    ...recordShape,
  })
  .meta({ id: 'Contact' })
export type ContactView = z.infer<typeof contactView>

/** One contact with the deals that it plays a part in, as far as the asker may see them. */
export const contactDetail = contactView
  .extend({
    dealCount: z.number().int(),
    /** Newest first, the first 50; `role` is null for the main contact. */
    deals: z.array(dealOfRecord.extend({ role: z.string().nullable() })),
  })
  .meta({ id: 'ContactDetail' })
export type ContactDetail = z.infer<typeof contactDetail>

export const contactFilter = z.strictObject({ ...recordFilterShape, companyId: id.optional() })
export type ContactFilter = z.infer<typeof contactFilter>
export const listContacts = pageQuery.extend({ ...contactFilter.shape, sort: recordSort })
export type ListContacts = z.infer<typeof listContacts>
export const contactPage = pageOf(contactView).meta({ id: 'ContactPage' })

const editable = {
  name: line(200),
  email: email.nullable(),
  /** The list replaces what was there. Without `email`, the first of them becomes it. */
  otherEmails: z.array(email).max(10),
  phones: z.array(phone).max(10),
  title: line(120).nullable(),
  source: line(80).nullable(),
  consent: z.enum(consentStates),
  companyId: id.nullable(),
  ownerId: id.nullable(),
  tags,
}

export const createContact = z
  .strictObject({ ...editable, force })
  .partial()
  .extend({
    name: editable.name,
    email: editable.email.default(null),
    companyId: editable.companyId.default(null),
  })
  .meta({ id: 'CreateContact' })
export type CreateContact = z.infer<typeof createContact>

export const updateContact = z
  .strictObject({ ...editable, version })
  .partial()
  .meta({ id: 'UpdateContact' })
export type UpdateContact = z.infer<typeof updateContact>
