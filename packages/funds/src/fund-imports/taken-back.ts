// Rows of a bank file on which money goes out: no receipts. Nothing is booked of them; a person is told which receipt may be meant.
import type { FundImportRow } from '@throughline/contracts'
import type { TenantDb } from '@throughline/db'
import { findMeantReceipts } from './checks.repo.ts'
import type { StagedRow } from './rows.rules.ts'

/** A row that is in order and does nothing. */
export interface SkippedRow {
  line: number
  cells: string[]
  row: StagedRow
}

const reasonAgainst = 'The bank took this away: it is no receipt, and is skipped.'

/** The same rows with the reason, and the matched receipt that each may take back; one statement. */
export async function withMeantReceipts(
  db: TenantDb,
  fundId: string,
  skipped: readonly SkippedRow[],
): Promise<FundImportRow[]> {
  if (skipped.length === 0) return []
  const meant = new Map(
    (
      await findMeantReceipts(
        db,
        fundId,
        skipped.map(({ line, row }) => ({ line, ...row })),
      )
    ).map((each) => [each.line, each]),
  )
  return skipped.map(({ line, cells }) => {
    const receipt = meant.get(line)
    const proposal = receipt
      ? [
          `It may take back ${receipt.bankReference} of ${receipt.valueDate}: if it does, record there that it has bounced.`,
        ]
      : []
    return { line, cells, reasons: [reasonAgainst, ...proposal] }
  })
}
