import * as z from 'zod'
import { id, instant, line, listOf, pageOf, pageQuery, version } from '../common.ts'
import { countryCodes } from './countries.ts'
import { flag } from './deal-query.ts'
import { dealStages, sums, tag, tags } from './deals.ts'

/** What somebody pastes from an address bar, without scheme, `www.`, port and path. */
export const bareDomain = (typed: string): string =>
  typed
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/s, '')

const q = z.string().trim().max(200).optional()
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .overwrite(bareDomain)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain like acme.com')
const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => countryCodes.includes(code), 'must be a country code like DE')
/** People who work there. */
export const companySizes = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001+'] as const
const size = z.enum(companySizes)

/** Somebody or something that a record belongs to. */
const named = z.object({ id, name: z.string() })

/** What companies and contacts can both be asked for, in lists and in files. */
export const recordFilterShape = {
  q,
  ownerId: listOf(id),
  tag: listOf(tag),
  /** The trash instead of the living. */
  deleted: flag.optional(),
}
/** By name when nothing is said. */
export const recordSort = z.enum(['name', 'newest']).optional()
export type RecordSort = NonNullable<z.infer<typeof recordSort>>
/** What every company and contact carries. */
export const recordShape = {
  tags: z.array(z.string()),
  owner: named.nullable(),
  version,
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant.nullable(),
}
/** What became of a record that was deleted or brought back. */
export const recordState = z.object({ id, version, deletedAt: instant.nullable() }).meta({ id: 'RecordState' })
export type RecordState = z.infer<typeof recordState>

/** A deal, where something else is looked at. */
export const dealOfRecord = z.object({
  id,
  title: z.string(),
  value: z.string(),
  currency: z.string(),
  stage: z.enum(dealStages),
})

export const companyView = z
  .object({
    id,
    name: z.string(),
    domain: z.string().nullable(),
    industry: z.string().nullable(),
    size: size.nullable(),
    country: z.string().nullable(),
    ...recordShape,
  })
  .meta({ id: 'Company' })
export type CompanyView = z.infer<typeof companyView>

/** One company with what belongs to it; deals are those that the asker may see. */
export const companyDetail = companyView
  .extend({
    contactCount: z.number().int(),
    /** By name, the first 50. */
    contacts: z.array(z.object({ id, name: z.string(), email: z.string().nullable(), title: z.string().nullable() })),
    dealCount: z.number().int(),
    openCount: z.number().int(),
    wonCount: z.number().int(),
    open: sums,
    won: sums,
    /** Newest first, the first 50. */
    deals: z.array(dealOfRecord),
  })
  .meta({ id: 'CompanyDetail' })
export type CompanyDetail = z.infer<typeof companyDetail>

export const companyFilter = z.strictObject({
  ...recordFilterShape,
  industry: z.string().trim().min(1).max(80).optional(),
  country: country.optional(),
})
export type CompanyFilter = z.infer<typeof companyFilter>
export const listCompanies = pageQuery.extend({ ...companyFilter.shape, sort: recordSort })
export type ListCompanies = z.infer<typeof listCompanies>
export const companyPage = pageOf(companyView).meta({ id: 'CompanyPage' })

const editable = {
  name: line(200),
  domain: domain.nullable(),
  industry: line(80).nullable(),
  size: size.nullable(),
  country: country.nullable(),
  ownerId: id.nullable(),
  tags,
}
/** Although there is one that looks like it. What must be unique stays refused. */
export const force = z.boolean().optional()

export const createCompany = z
  .strictObject({ ...editable, force })
  .partial()
  .extend({ name: editable.name, domain: editable.domain.default(null) })
  .meta({ id: 'CreateCompany' })
export type CreateCompany = z.infer<typeof createCompany>

export const updateCompany = z
  .strictObject({ ...editable, version })
  .partial()
  .meta({ id: 'UpdateCompany' })
export type UpdateCompany = z.infer<typeof updateCompany>
