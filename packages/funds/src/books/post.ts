// Adds entries to the books of a fund that is held.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type Entry, isAccountCode, reversalOf } from '../ledger/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { absolute } from '../rational.ts'
import { refused } from '../refused.ts'
import { type HeldFund, lockFund, readFund, takeNumbers } from './funds.repo.ts'
import { insertEntries, insertLines, type LineRow, noInvestor, readEntry } from './ledger.repo.ts'

/** What an entry comes from. */
export interface Source {
  kind:
    | 'commitment'
    | 'capital_call'
    | 'payment'
    | 'distribution'
    | 'nav_mark'
    | 'fee'
    | 'credit_line'
    | 'investment'
    | 'reconciliation'
  id: string
}

export interface Posting {
  entry: Entry
  /** The day that it belongs to; the day on which it is written is kept beside it. */
  effectiveOn: string
  source: Source
  dealId?: string | undefined
  reversesId?: string
  reason?: string | undefined
}

/**
 * The fund, held until the transaction ends: whoever changes its money does this first, so that changes come one after
 * another and never wait for each other in a circle.
 * @throws AppError not_found
 */
export async function holdFund(ctx: Ctx, fundId: string): Promise<HeldFund> {
  const fund = await lockFund(ctx.db, fundId)
  if (!fund) throw new AppError('not_found', { message: 'There is no such fund.' })
  return fund
}

/** The fund, to look at. @throws AppError not_found */
export async function fundToRead(ctx: Ctx, fundId: string): Promise<HeldFund> {
  const fund = await readFund(ctx.db, fundId)
  if (!fund) throw new AppError('not_found', { message: 'There is no such fund.' })
  return fund
}

/**
 * Writes entries, in the open transaction.
 * @returns their ids, in the order given
 * @throws AppError unprocessable for a day in the locked period
 */
export async function post(ctx: Ctx, fund: HeldFund, postings: readonly Posting[]): Promise<string[]> {
  if (postings.length === 0) return []
  for (const { effectiveOn } of postings)
    if (fund.lockedThrough !== null && effectiveOn <= fund.lockedThrough)
      throw refused(`The books of ${fund.name} are locked through ${fund.lockedThrough}.`, {
        effectiveOn,
        lockedThrough: fund.lockedThrough,
      })
  const first = await takeNumbers(ctx.db, fund.id, 'entry', postings.length)
  const entries = postings.map(({ entry, effectiveOn, source, dealId, reversesId, reason }, index) => ({
    id: randomUUIDv7(),
    fundId: fund.id,
    number: String(first + BigInt(index)),
    kind: entry.kind,
    effectiveOn,
    sourceKind: source.kind,
    sourceId: source.id,
    dealId: dealId ?? null,
    reversesId: reversesId ?? null,
    reason: reason ?? null,
    actorId: ctx.actor.id,
  }))
  await insertEntries(ctx.db, entries, ctx.now())
  const lines = postings.flatMap((posting, index) => linesOf(fund, posting, entries[index]?.id ?? ''))
  await insertLines(ctx.db, fund.id, lines)
  for (const { id } of entries) emit(ctx, 'ledger.posted', { fundId: fund.id, entryId: id })
  return entries.map(({ id }) => id)
}

const linesOf = (fund: HeldFund, { entry, effectiveOn }: Posting, entryId: string): LineRow[] =>
  entry.lines.map(({ account, investorId, side, amount }, position) => ({
    entryId,
    position,
    account,
    investorId: investorId ?? noInvestor,
    effectiveOn,
    amount: fromMinor(side === 'debit' ? amount : -amount, fund.currency),
  }))

/**
 * Takes an entry back by its opposite. What else followed from the entry (lines of calls, positions) is for whoever calls
 * this to take back, in the same transaction.
 * @throws AppError not_found; conflict when it was reversed before; unprocessable when the day is locked
 */
export async function reverse(
  ctx: Ctx,
  fund: HeldFund,
  entryId: string,
  { reason, effectiveOn }: { reason: string; effectiveOn: string },
): Promise<string> {
  const stored = await readEntry(ctx.db, fund.id, entryId)
  if (!stored) throw new AppError('not_found', { message: 'There is no such entry in this fund.' })
  if (stored.reversed) throw new AppError('conflict', { message: 'This entry was reversed before.' })
  const entry = reversalOf({
    lines: stored.lines.map(({ account, investorId, amount }) => {
      if (!isAccountCode(account)) throw new Error(`${account} is no account`)
      const minor = toMinor(amount, fund.currency)
      return {
        account,
        investorId: investorId === noInvestor ? null : investorId,
        side: minor > 0n ? ('debit' as const) : ('credit' as const),
        amount: absolute(minor),
      }
    }),
  })
  const { sourceKind, sourceId, dealId } = stored
  const source = { kind: sourceKind, id: sourceId }
  if (!isSourceKind(source)) throw new Error(`${sourceKind} is no source of entries`)
  const [id] = await post(ctx, fund, [
    { entry, effectiveOn, source, dealId: dealId ?? undefined, reversesId: entryId, reason },
  ])
  if (!id) throw new Error('an entry was asked for and none was written')
  audit(ctx, {
    action: 'ledger_entry.reversed',
    subject: 'ledger_entry',
    subjectId: entryId,
    after: { by: id, reason },
  })
  return id
}

const sourceKinds: ReadonlySet<string> = new Set<Source['kind']>([
  'commitment',
  'capital_call',
  'payment',
  'distribution',
  'nav_mark',
  'fee',
  'credit_line',
  'investment',
  'reconciliation',
])
const isSourceKind = (source: { kind: string; id: string }): source is Source => sourceKinds.has(source.kind)
