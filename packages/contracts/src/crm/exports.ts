import * as z from 'zod'
import { id, instant, pageOf } from '../common.ts'
import { companyFilter, recordSort } from './companies.ts'
import { contactFilter } from './contacts.ts'
import { type RecordKind, recordKinds } from './custom-fields.ts'
import { dealFilter, dealSorts } from './deal-query.ts'
import { type CustomFieldName, customFieldName, importOptions } from './imports.ts'

export const exportStates = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'EXPIRED'] as const
export type ExportState = (typeof exportStates)[number]

/** What can stand in a file; a deal's custom fields come on top, as `custom.<key>`. */
export const exportColumnsOf = {
  DEAL: [
    'id',
    'title',
    'value',
    'currency',
    'stage',
    'priority',
    'probability',
    'leadScore',
    'leadSource',
    'ownerEmail',
    'ownerName',
    'companyName',
    'companyDomain',
    'contactName',
    'contactEmail',
    'people',
    'expectedCloseDate',
    'stageEnteredAt',
    'closedAt',
    'lostReason',
    'notes',
    'tags',
    'createdAt',
    'updatedAt',
  ],
  COMPANY: ['id', 'name', 'domain', 'industry', 'size', 'country', 'ownerEmail', 'ownerName', 'tags', 'createdAt'],
  CONTACT: [
    'id',
    'name',
    'email',
    'otherEmails',
    'phones',
    'jobTitle',
    'source',
    'consent',
    'companyName',
    'companyDomain',
    'ownerEmail',
    'ownerName',
    'tags',
    'createdAt',
  ],
} as const satisfies Record<RecordKind, readonly string[]>
export type DealExportColumn = (typeof exportColumnsOf)['DEAL'][number] | CustomFieldName
export type CompanyExportColumn = (typeof exportColumnsOf)['COMPANY'][number]
export type ContactExportColumn = (typeof exportColumnsOf)['CONTACT'][number]

const columns = <T extends z.ZodType>(column: T) => z.array(column).min(1).max(120)
/** Amounts and days as the reader's spreadsheet takes them. */
const options = importOptions.default({ decimal: 'point', dateOrder: 'ymd' })

/** What a view shows: its filter, its sort, its columns in their order. */
export const exportDefinition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('DEAL'),
    filter: dealFilter.default({}),
    sort: z.enum(dealSorts).default('newest'),
    reverse: z.boolean().default(false),
    columns: columns(z.union([z.enum(exportColumnsOf.DEAL), customFieldName])),
    options,
  }),
  z.strictObject({
    kind: z.literal('COMPANY'),
    filter: companyFilter.default({}),
    sort: recordSort,
    columns: columns(z.enum(exportColumnsOf.COMPANY)),
    options,
  }),
  z.strictObject({
    kind: z.literal('CONTACT'),
    filter: contactFilter.default({}),
    sort: recordSort,
    columns: columns(z.enum(exportColumnsOf.CONTACT)),
    options,
  }),
])
export type ExportDefinition = z.infer<typeof exportDefinition>
export const requestExport = exportDefinition.meta({ id: 'RequestExport' })
/** As a screen asks for it. */
export type RequestExport = z.input<typeof requestExport>

export const dataExportView = z
  .object({
    id,
    kind: z.enum(recordKinds),
    state: z.enum(exportStates),
    jobId: id.nullable(),
    /** Media id of the CSV, while there is one. */
    fileId: id.nullable(),
    rows: z.number().int(),
    sizeBytes: z.number().int().nullable(),
    error: z.object({ message: z.string() }).nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    /** From then on there is no file any more. */
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'DataExport' })
export type DataExportView = z.infer<typeof dataExportView>
export const dataExportPage = pageOf(dataExportView).meta({ id: 'DataExportPage' })
export const exportAccepted = z.object({ export: dataExportView, jobId: id }).meta({ id: 'DataExportAccepted' })
