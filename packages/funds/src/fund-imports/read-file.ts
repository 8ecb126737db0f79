// A file of a fund from storage to the staging tables: read, checked row by row, and against what is stored.
import {
  type CsvSample,
  FileRefused,
  proposeOptions,
  readSample,
  recordsBehindHeader,
  shownCell,
} from '@throughline/cells'
import type { FundImportField, FundImportOptions, FundImportRow, ImportOptions } from '@throughline/contracts'
import type { RunningJob } from '@throughline/jobs'
import { restored, type Storage } from '@throughline/storage'
import type { HeldFund } from '../books/index.ts'
import { amountFields, type Columns, columnsOf, dateFields } from './columns.rules.ts'
import { checkStaged } from './desks.ts'
import type { ImportFile } from './imports.repo.ts'
import { checkRow, type RowStyle } from './rows.rules.ts'
import { type NumberedRow, readRefused, readStanding, refuseRepeated, stageRows } from './staging.repo.ts'
import { type SkippedRow, withMeantReceipts } from './taken-back.ts'

export interface FundImportResources {
  storage: Storage
  maxRows: number
}

const shownRows = 20
const shownRefused = 100
const progressEveryRows = 500

export interface Look {
  sample: CsvSample
  columns: Columns
  /** How the whole file is written; null where it does not say. */
  options: FundImportOptions
  /** In words for a person; null when rows can be read. */
  problem: string | null
}

/** The first look: columns, and how amounts and days are written. @throws FileRefused */
export async function lookAt({ kind, options, storageKey }: ImportFile, storage: Storage): Promise<Look> {
  const sample = await readSample(() => storage.get(storageKey))
  const columns = columnsOf(kind, sample.headers)
  const cells = (fields: readonly FundImportField[]) =>
    columns.fields.flatMap((field, column) =>
      field && fields.includes(field) ? sample.rows.map((row) => row[column] ?? '') : [],
    )
  const proposed = proposeOptions({
    amounts: cells(amountFields),
    dates: cells(dateFields),
    delimiter: sample.delimiter,
  })
  const decimal = options.decimal ?? proposed.decimal
  const dateOrder = options.dateOrder ?? proposed.dateOrder
  const unclear = [...(decimal ? [] : ['amounts']), ...(dateOrder ? [] : ['days'])]
  const problem =
    unclear.length > 0 ? `The ${unclear.join(' and the ')} of this file can be read in two ways: say which.` : null
  return { sample, columns, options: { ...options, decimal, dateOrder }, problem: columns.problem ?? problem }
}

export interface Reading {
  job: RunningJob<{ importId: string }>
  file: ImportFile
  fund: HeldFund
  resources: FundImportResources
}

export interface StagedFile {
  read: number
  refused: number
  known: number
  sum: string
  rows: FundImportRow[]
  refusedRows: FundImportRow[]
  /** Rows that are in order and no receipts, and the first of them. */
  skipped: number
  skippedRows: FundImportRow[]
}

const shown = (cells: readonly string[]): string[] => cells.map((cell) => shownCell(restored(cell)))

/** Reads the whole file into the staging tables of the open transaction, and checks it. Memory does not grow with it. */
export async function stageFile(reading: Reading, look: Look, style: ImportOptions): Promise<StagedFile> {
  const { job, file, fund, resources } = reading
  const rowStyle: RowStyle = {
    ...{ kind: file.kind, fields: look.columns.fields, fund, createInvestors: file.options.createInvestors },
    ...style,
  }
  const rows: FundImportRow[] = []
  const bad: FundImportRow[] = []
  const aside: SkippedRow[] = []
  const counts = { read: 0, bad: 0, aside: 0 }

  async function* goodRows(): AsyncGenerator<NumberedRow> {
    const bytes = await resources.storage.get(file.storageKey)
    let bytesRead = 0
    const onBytes = (count: number) => {
      bytesRead = count
    }
    for await (const { line, cells } of recordsBehindHeader(bytes, look.sample, onBytes)) {
      counts.read += 1
      if (counts.read > resources.maxRows)
        throw new FileRefused(`Line ${line}: more than ${resources.maxRows} rows. Split the file.`, line)
      if (counts.read % progressEveryRows === 0) {
        job.signal.throwIfAborted()
        const done = Math.min(bytesRead, file.sizeBytes - 1)
        await job.progress({ done, total: file.sizeBytes, step: `${counts.read} rows read` })
      }
      const checked = checkRow(cells.map(restored), rowStyle)
      const reasons = 'reasons' in checked ? checked.reasons : []
      if (rows.length < shownRows) rows.push({ line, cells: shown(cells), reasons })
      if ('row' in checked && checked.row.taken === true) {
        counts.aside += 1
        if (aside.length < shownRefused) aside.push({ line, cells: shown(cells), row: checked.row })
      } else if ('row' in checked) yield { line, row: checked.row }
      else {
        counts.bad += 1
        if (bad.length < shownRefused) bad.push({ line, cells: shown(cells), reasons })
      }
    }
  }

  const { db } = job.ctx
  await stageRows(db, goodRows())
  await refuseRepeated(db)
  const known = await checkStaged(job.ctx, fund, file)
  const { refused, sum } = await readStanding(db)
  const late = await withCells(reading, look, await readRefused(db, shownRefused))
  const skippedRows = await withMeantReceipts(db, fund.id, aside)
  const reasonsOf = new Map([...late, ...skippedRows].map(({ line, reasons }) => [line, reasons]))
  return {
    ...{ read: counts.read, refused: counts.bad + refused, known, sum },
    rows: rows.map((row) => ({ ...row, reasons: [...row.reasons, ...(reasonsOf.get(row.line) ?? [])] })),
    ...{ skipped: counts.aside, skippedRows },
    refusedRows: [...bad, ...late].toSorted((a, b) => a.line - b.line).slice(0, shownRefused),
  }
}

/** Rows that were refused by what is stored are looked up in the file once more: they were not kept as they are written. */
async function withCells(
  { file, resources }: Reading,
  { sample }: Look,
  refused: readonly { line: number; reasons: string[] }[],
): Promise<FundImportRow[]> {
  const wanted = new Map(refused.map(({ line, reasons }) => [line, reasons]))
  const found: FundImportRow[] = []
  if (wanted.size === 0) return found
  for await (const { line, cells } of recordsBehindHeader(await resources.storage.get(file.storageKey), sample)) {
    const reasons = wanted.get(line)
    if (reasons) found.push({ line, cells: shown(cells), reasons })
    if (found.length === wanted.size) break
  }
  return found
}

/** What the job of an import says of the whole: for people who may look at it. */
export const isComplete = (options: FundImportOptions): options is FundImportOptions & ImportOptions =>
  options.decimal !== null && options.dateOrder !== null
