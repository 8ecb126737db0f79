import * as z from 'zod'
import { id, instant, money, pageOf, pageQuery } from '../common.ts'
import { dateOrders, decimalStyles, importPreview } from '../crm/imports.ts'

export const fundImportKinds = ['ALLOCATIONS', 'COMMITMENTS', 'BANK_RECEIPTS', 'NAV_MARKS'] as const
export type FundImportKind = (typeof fundImportKinds)[number]
/** REFUSED: as it is read now it cannot be committed; it can be read otherwise. FAILED: it is over. */
export const fundImportStates = ['INSPECTING', 'READY', 'REFUSED', 'COMMITTING', 'COMMITTED', 'FAILED'] as const
export type FundImportState = (typeof fundImportStates)[number]

/** What a column of a file can be. */
export const fundImportFieldsOf = {
  COMMITMENTS: [
    'fund',
    'investor',
    'investorName',
    'investorKind',
    'taxCountry',
    'closeName',
    'closeDate',
    'amount',
    'currency',
    'feeFree',
  ],
  BANK_RECEIPTS: ['fund', 'bankReference', 'account', 'valueDate', 'amount', 'currency', 'text', 'payer'],
  NAV_MARKS: ['fund', 'deal', 'markedOn', 'amount', 'currency', 'reason'],
  ALLOCATIONS: ['fund', 'deal', 'investor', 'tranche', 'amount', 'currency', 'percent', 'allocatedOn', 'externalRef'],
} as const satisfies Record<FundImportKind, readonly string[]>
export type FundImportField = (typeof fundImportFieldsOf)[FundImportKind][number]

/** How the whole file is read; null for what the file has to say by itself. */
export const fundImportOptions = z
  .strictObject({
    decimal: z.enum(decimalStyles).nullable().default(null),
    dateOrder: z.enum(dateOrders).nullable().default(null),
    /** Of commitments: investors that are not known yet are made. */
    createInvestors: z.boolean().default(false),
    /** Of allocations in per cent: the code or name of the investor who takes what is left to 100 %. */
    restTo: z.string().trim().min(1).max(200).nullable().default(null),
  })
  .meta({ id: 'FundImportOptions' })
export type FundImportOptions = z.infer<typeof fundImportOptions>

const previewRow = z.object({
  line: z.number().int(),
  cells: z.array(z.string()),
  /** What is wrong with it, or why it is skipped; nothing for a good one. */
  reasons: z.array(z.string()),
})
export type FundImportRow = z.infer<typeof previewRow>
export const fundImportPreview = z.object({
  encoding: importPreview.shape.encoding,
  delimiter: importPreview.shape.delimiter,
  headers: z.array(z.string()),
  /** What each column was taken for, in words of the contract; null is left out. */
  fields: z.array(z.string().nullable()),
  rows: z.array(previewRow),
  /** The first of those that are refused, with the line on which each begins. */
  refused: z.array(previewRow),
  /** Of a bank: rows on which money goes out. Nothing happens with them; `reasons` name the receipt that one may take back. */
  skipped: z.object({ count: z.number().int(), rows: z.array(previewRow) }).default({ count: 0, rows: [] }),
  /** Bookings that were recorded before: nothing happens with them. */
  known: z.number().int(),
  /** Of all rows that are good. */
  sum: money,
  /** Why the file cannot be read as it is. */
  problem: z.string().nullable(),
})
export type FundImportPreview = z.infer<typeof fundImportPreview>

export const fundImportView = z
  .object({
    id,
    fundId: id,
    kind: z.enum(fundImportKinds),
    fileName: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    state: z.enum(fundImportStates),
    options: fundImportOptions,
    /** Left out of lists. */
    preview: fundImportPreview.nullable(),
    rowsRead: z.number().int(),
    rowsRefused: z.number().int(),
    jobId: id.nullable(),
    error: z.object({ message: z.string(), line: z.number().int().optional() }).nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'FundImport' })
export type FundImportView = z.infer<typeof fundImportView>
export const fundImportPage = pageOf(fundImportView).meta({ id: 'FundImportPage' })
export const listFundImports = pageQuery

export const uploadFundImportQuery = z.strictObject({
  kind: z.enum(fundImportKinds),
  createInvestors: z.stringbool().default(false),
  restTo: z.string().trim().min(1).max(200).optional(),
})
/** 202: the file is stored, a job will read it. The very same bytes again: what was made of them then, and nothing happens. */
export const fundImportAccepted = z
  .object({ import: fundImportView, alreadyImported: z.boolean() })
  .meta({ id: 'FundImportAccepted' })
export type FundImportAccepted = z.infer<typeof fundImportAccepted>
export const commitFundImport = z
  .strictObject({
    /** The name of the fund, typed by whoever commits. */
    confirmation: z.string().max(300),
  })
  .meta({ id: 'CommitFundImport' })
