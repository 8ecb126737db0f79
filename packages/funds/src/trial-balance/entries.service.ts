import {
  AppError,
  type LedgerEntryDetail,
  type LedgerEntryView,
  type ListEntries,
  type Page,
  type ReverseEntry,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { fundToRead, holdFund, reverse } from '../books/index.ts'
import { checkCreditLine } from '../credit-line/index.ts'
import { accounts, isAccountCode } from '../ledger/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { type EntryRow, readEntries, readLines, readOneEntry } from './entries.repo.ts'

export const entryPage = (rows: readonly EntryRow[], limit: number): Page<LedgerEntryView> =>
  toPage(rows, limit, ({ number }) => [number], asIs)

/** Newest first. @throws AppError not_found */
export async function listEntries(ctx: Ctx, fundId: string, query: ListEntries): Promise<Page<LedgerEntryView>> {
  await fundToRead(ctx, fundId)
  return entryPage(await readEntries(ctx.db, fundId, query), query.limit)
}

/** What calls, payments and distributions have booked goes back with them, never alone. */
const aloneKinds: ReadonlySet<string> = new Set(['nav_mark', 'fee', 'credit_line', 'investment', 'reconciliation'])
const isReversible = ({ sourceKind, reversesId, reversedById }: EntryRow): boolean =>
  aloneKinds.has(sourceKind) && reversesId === null && reversedById === null

const entryOfFund = async (ctx: Ctx, fundId: string, entryId: string): Promise<EntryRow> => {
  const entry = await readOneEntry(ctx.db, fundId, entryId)
  if (!entry) throw new AppError('not_found', { message: 'There is no such entry in this fund.' })
  return entry
}

/** An entry with its lines. @throws AppError not_found */
export async function getEntry(ctx: Ctx, fundId: string, entryId: string): Promise<LedgerEntryDetail> {
  const { currency } = await fundToRead(ctx, fundId)
  const entry = await entryOfFund(ctx, fundId, entryId)
  const lines = await readLines(ctx.db, entryId)
  return {
    ...entry,
    reversible: isReversible(entry),
    lineCount: lines[0]?.lineCount ?? 0,
    lines: lines.map(({ account, investorId, investorName, amount }) => {
      const minor = toMinor(amount, currency)
      return {
        account,
        accountName: isAccountCode(account) ? accounts[account].name : account,
        investorId,
        investorName,
        debit: minor > 0n ? fromMinor(minor, currency) : null,
        credit: minor < 0n ? fromMinor(-minor, currency) : null,
      }
    }),
  }
}

/**
 * Takes an entry of investments, marks, fees or the subscription line back by its opposite.
 * @throws AppError not_found; conflict when it was reversed before; unprocessable for what goes back with its call,
 *   payment or distribution, for a draw that was repaid, and for a locked day
 */
export function reverseEntry(
  ctx: Ctx,
  fundId: string,
  entryId: string,
  input: ReverseEntry,
): Promise<LedgerEntryDetail> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    const entry = await entryOfFund(ctx, fundId, entryId)
    if (entry.reversesId !== null) throw refused('A reversal is not reversed: book it anew.')
    if (!aloneKinds.has(entry.sourceKind))
      throw refused(`Take back the ${entry.sourceKind.replace('_', ' ')} that this entry comes from.`, {
        sourceKind: entry.sourceKind,
        sourceId: entry.sourceId,
      })
    const reversalId = await reverse(ctx, fund, entryId, input)
    if (entry.sourceKind === 'credit_line') await checkCreditLine(ctx, fund)
    return getEntry(ctx, fundId, reversalId)
  })
}
