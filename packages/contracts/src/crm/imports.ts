import * as z from 'zod'
import { id, instant, pageOf } from '../common.ts'

export const importFields = [
  'externalId',
  'title',
  'value',
  'currency',
  'stage',
  'priority',
  'leadSource',
  'ownerEmail',
  'companyName',
  'companyDomain',
  'contactName',
  'contactEmail',
  'expectedCloseDate',
  'notes',
] as const
export type ImportField = (typeof importFields)[number]
export const importStates = [
  'INSPECTING',
  'MAPPING',
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'REVERTED',
] as const
export type ImportState = (typeof importStates)[number]

/** One entry a column of the file, in its order; null leaves the column out. */
export const importMapping = z.array(z.enum(importFields).nullable()).min(1).max(500)
/** Said once for the whole file, never guessed row by row. */
export const importOptions = z.strictObject({
  decimal: z.enum(['point', 'comma']),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
})
export type ImportOptions = z.infer<typeof importOptions>

export const importPreview = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t', '|']),
  headers: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  mapping: importMapping,
  options: importOptions,
})
export type ImportPreview = z.infer<typeof importPreview>

export const startImport = z
  .object({ mapping: importMapping, options: importOptions })
  .strict()
  .meta({ id: 'StartImport' })
export type StartImport = z.infer<typeof startImport>

export const dealImportView = z
  .object({
    id,
    fileName: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    state: z.enum(importStates),
    jobId: id.nullable(),
    preview: importPreview.nullable(),
    mapping: importMapping.nullable(),
    rowsRead: z.number().int(),
    rowsCreated: z.number().int(),
    rowsUpdated: z.number().int(),
    rowsUnchanged: z.number().int(),
    rowsRejected: z.number().int(),
    /** Media id of the rejected rows as CSV: the original columns plus the reason. */
    rejectedFileId: id.nullable(),
    /** An earlier import of the very same bytes, when there is one. */
    sameAsImportId: id.nullable(),
    error: z.object({ message: z.string(), line: z.number().int().optional() }).nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'DealImport' })
export type DealImportView = z.infer<typeof dealImportView>
export const dealImportPage = pageOf(dealImportView).meta({ id: 'DealImportPage' })

/** 202: the file is stored, the job will read it. */
export const importAccepted = z.object({ import: dealImportView, jobId: id }).meta({ id: 'DealImportAccepted' })
