// One row of a file, checked: a record to be, or the reasons why not.
import type { RecordKind } from '@throughline/contracts'
import { readCompanyRow, readContactRow, readDeal, type StagedRow } from './row-kinds.rules.ts'
import { cellsByField, RowReader, type RowRules } from './row-reader.rules.ts'

export type CheckedRow = { row: StagedRow } | { reasons: string[] }

/** In bytes of UTF-8. */
const maxCellBytes = 32 * 1024

const readers: Readonly<Record<RecordKind, (reader: RowReader, rules: RowRules) => StagedRow>> = {
  DEAL: readDeal,
  COMPANY: readCompanyRow,
  CONTACT: readContactRow,
}

/** Checks one row. All reasons against it come back together. */
export function checkRow(cells: readonly string[], rules: RowRules): CheckedRow {
  if (cells.length !== rules.mapping.length)
    return { reasons: [`The row has ${cells.length} columns, the header has ${rules.mapping.length}.`] }
  if (cells.some((cell) => cell.length > maxCellBytes / 4 && Buffer.byteLength(cell) > maxCellBytes))
    return { reasons: ['A cell is larger than 32 KB.'] }
  const reader = new RowReader(cellsByField(cells, rules.mapping))
  const row = readers[rules.kind](reader, rules)
  return reader.reasons.length > 0 ? { reasons: reader.reasons } : { row }
}
