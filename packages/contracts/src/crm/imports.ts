import * as z from 'zod'
import { id, instant, line, pageOf, pageQuery } from '../common.ts'
import { type RecordKind, recordKinds } from './custom-fields.ts'

/** What a column of a file can be, by what its rows are. A deal's custom fields come on top, as `custom.<key>`. */
export const importFieldsOf = {
  DEAL: [
    'externalId',
    'title',
    'value',
    'currency',
    'stage',
    'priority',
    'probability',
    'leadSource',
    'ownerEmail',
    'companyName',
    'companyDomain',
    'contactName',
    'contactEmail',
    'people',
    'expectedCloseDate',
    'lostReason',
    'notes',
    'tags',
  ],
  COMPANY: ['externalId', 'name', 'domain', 'industry', 'size', 'country', 'ownerEmail', 'tags'],
  CONTACT: [
    'externalId',
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
    'tags',
  ],
} as const satisfies Record<RecordKind, readonly string[]>
export type StandardField = (typeof importFieldsOf)[RecordKind][number]
export const standardFields = [...new Set(Object.values(importFieldsOf).flat())] as [StandardField, ...StandardField[]]

/** `custom.annual_budget` */
export type CustomFieldName = `custom.${string}`
export const customFieldName = z.templateLiteral(['custom.', z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)])
export const importField = z.union([z.enum(standardFields), customFieldName])
export type ImportField = z.infer<typeof importField>

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
export const importMapping = z.array(importField.nullable()).min(1).max(500)
export type ImportMapping = z.infer<typeof importMapping>

export const decimalStyles = ['point', 'comma'] as const
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const
/** Said once for the whole file, never guessed row by row. */
export const importOptions = z.strictObject({ decimal: z.enum(decimalStyles), dateOrder: z.enum(dateOrders) })
export type ImportOptions = z.infer<typeof importOptions>
/** Null: what is in the file can be read in two ways, and a person has to say which. */
export const proposedOptions = z.object({
  decimal: z.enum(decimalStyles).nullable(),
  dateOrder: z.enum(dateOrders).nullable(),
})
export type ProposedOptions = z.infer<typeof proposedOptions>

const sourceName = line(80)
export const importPreview = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t', '|']),
  headers: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  mapping: importMapping,
  options: proposedOptions,
  /** The saved source with the same headers, whose mapping and options these are. */
  source: z.object({ id, name: z.string() }).nullable().default(null),
  /** The tenant's own fields that a column can be. */
  customFields: z.array(z.object({ key: z.string(), label: z.string() })).default([]),
})
export type ImportPreview = z.infer<typeof importPreview>

export const startImport = z
  .object({
    mapping: importMapping,
    options: importOptions,
    /** Counts what would happen, with the rejected rows, and changes nothing. */
    dryRun: z.boolean().default(false),
    /** Why deals were lost of which neither the file nor what is known says so. Without it these rows are refused. */
    lostReason: line(500).optional(),
    /** Remembers mapping and options under this name, for the next file with the same headers. */
    saveAs: sourceName.nullable().default(null),
  })
  .strict()
  .meta({ id: 'StartImport' })
export type StartImport = z.infer<typeof startImport>

/** By what a row finds the record that it is about, in this order. */
export const updateKeys = ['externalId', 'domain', 'email', 'name', 'titleCompanyContact'] as const
export type UpdateKey = (typeof updateKeys)[number]

/** A row that would make a record which looks like one that is there, or like one that an earlier line makes. */
export const importDuplicate = z.object({
  line: z.number().int(),
  name: z.string(),
  reason: z.enum(['same_name', 'similar_name', 'same_email', 'same_title']),
  /** Without an id when it is to come. */
  record: z.object({ id: id.nullable(), name: z.string() }),
  /** The earlier line; null for a record that is there. */
  otherLine: z.number().int().nullable().default(null),
})
export type ImportDuplicate = z.infer<typeof importDuplicate>

export const keptReasons = [
  'changed_since',
  'has_holds',
  'has_timeline',
  'used_by_deals',
  'used_by_contacts',
  'name_taken',
  'reference_gone',
] as const
export type KeptReason = (typeof keptReasons)[number]
export const importRevert = z.object({
  removed: z.number().int(),
  restored: z.number().int(),
  /** How many records stay as the import left them, by reason. */
  kept: z.array(z.object({ reason: z.enum(keptReasons), count: z.number().int() })),
  /** The first of them. */
  examples: z.array(z.object({ kind: z.enum(recordKinds), id, name: z.string(), reason: z.enum(keptReasons) })),
})
export type ImportRevert = z.infer<typeof importRevert>

const made = z.object({ created: z.number().int(), updated: z.number().int() })
/** What only a look at one import shows. */
export const importReport = z.object({
  updateKeys: z.array(z.enum(updateKeys)),
  /** Records beside those that the rows are about. */
  companies: made,
  contacts: made,
  duplicates: z.object({
    count: z.number().int(),
    /** The first of them. */
    examples: z.array(importDuplicate),
    /** The file brings more names than are compared: the rest is found in the list of duplicates. */
    partial: z.boolean().default(false),
  }),
  revert: importRevert.nullable(),
})
export type ImportReport = z.infer<typeof importReport>

export const dealImportView = z
  .object({
    id,
    kind: z.enum(recordKinds),
    dryRun: z.boolean(),
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
    report: importReport.nullable(),
    /** Media id of the rejected rows as CSV: the original columns plus the reason. */
    rejectedFileId: id.nullable(),
    /** An earlier import of the very same bytes, when there is one. */
    sameAsImportId: id.nullable(),
    /** A job is at work to take it back. */
    reverting: z.boolean(),
    /** Until when it can be taken back; null when there is nothing to take back, or no time left. */
    revertibleUntil: instant.nullable(),
    error: z.object({ message: z.string(), line: z.number().int().optional() }).nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    revertedAt: instant.nullable(),
  })
  .meta({ id: 'DealImport' })
export type DealImportView = z.infer<typeof dealImportView>
export const dealImportPage = pageOf(dealImportView).meta({ id: 'DealImportPage' })

/** 202: the file is stored, the job will read it. */
export const importAccepted = z.object({ import: dealImportView, jobId: id }).meta({ id: 'DealImportAccepted' })

/** How the files of one source are written, remembered for the next of them. */
export const importSourceView = z
  .object({
    id,
    kind: z.enum(recordKinds),
    name: z.string(),
    headers: z.array(z.string()),
    mapping: importMapping,
    options: importOptions,
    updatedAt: instant,
  })
  .meta({ id: 'ImportSource' })
export type ImportSourceView = z.infer<typeof importSourceView>
export const listImportSources = pageQuery.extend({ kind: z.enum(recordKinds).optional() })
export type ListImportSources = z.infer<typeof listImportSources>
export const importSourcePage = pageOf(importSourceView).meta({ id: 'ImportSourcePage' })
export const updateImportSource = z
  .object({ name: sourceName, mapping: importMapping, options: importOptions })
  .partial()
  .strict()
  .meta({ id: 'UpdateImportSource' })
export type UpdateImportSource = z.infer<typeof updateImportSource>
