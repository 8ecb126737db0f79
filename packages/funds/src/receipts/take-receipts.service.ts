// Receipts as a bank file or a gateway tells of them: each kept once, and matched where the rules are sure.
import { audit } from '@throughline/accounts'
import type { ReceiptSource } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { idsInOrder } from '../ids-in-order.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { type BankLine, type Match, type Matcher, matcherOf, receiptKey } from '../payments/index.ts'
import { refused } from '../refused.ts'
import { type Booking, bookReceipts } from './book-receipts.ts'
import { readIssuedLines } from './lines.repo.ts'
import { paymentsChanged } from './receipt-to-change.ts'
import { insertReceipts, type NewReceipt, type ReceiptChange, readReceiptsByKey, writeStates } from './receipts.repo.ts'

export interface TakenReceipts {
  /** Of the bookings, in the order given; one that was there already has the id of the first time. */
  receiptIds: string[]
  /** How many are new. */
  taken: number
  /** Of the new ones: booked at once, waiting for somebody to confirm, and without any idea. */
  matched: number
  proposed: number
  unmatched: number
}

/**
 * Takes bookings of a statement into a fund that is held, all or nothing, in a constant number of statements. Only what names one
 * open line is booked by itself; a booking in a locked period, or of a day to come, waits for a person.
 * @param source where they come from, `id` as it is called there
 * @throws AppError unprocessable, with its place, for a booking in another currency or that gives nothing
 */
export async function takeReceipts(
  ctx: Ctx,
  fund: HeldFund,
  bankLines: readonly BankLine[],
  source: { kind: Exclude<ReceiptSource, 'manual'>; id: string | null },
): Promise<TakenReceipts> {
  for (const [index, line] of bankLines.entries()) checkLine(fund, line, index)
  const lineOfKey = new Map(bankLines.map((line) => [receiptKey(line), line]))
  const newIds = idsInOrder(lineOfKey.size)
  const receipts = [...lineOfKey].map(([key, line], index) =>
    newReceipt(fund, { id: newIds[index] ?? '', key, line, source }),
  )
  const added = await insertReceipts(ctx.db, fund.id, { receipts, byId: ctx.actor.id, now: ctx.now() })
  const matcher = await matcherOfFund(ctx, fund)
  const fresh = receipts.flatMap(({ id, receiptKey: key }) => {
    const line = lineOfKey.get(key)
    return line && added.has(id) ? [{ id, ...decide(matcher, line, mayBook(ctx, fund, line)) }] : []
  })
  await bookReceipts(
    ctx,
    fund,
    fresh.flatMap(({ id, booking }) => (booking ? [{ receiptId: id, ...booking }] : [])),
  )
  const changes = fresh.map(({ id, state, match }): ReceiptChange => ({ id, state, match }))
  await writeStates(ctx.db, changes, ctx.now())
  const count = (state: ReceiptChange['state']) => changes.filter((change) => change.state === state).length
  const counts = {
    taken: fresh.length,
    matched: count('MATCHED'),
    proposed: count('PROPOSED'),
    unmatched: count('UNMATCHED'),
  }
  if (fresh.length > 0) {
    audit(ctx, { action: 'bank_receipts.taken', subject: 'fund', subjectId: fund.id, after: { ...counts, source } })
    const [only] = fresh.length === 1 ? fresh : []
    paymentsChanged(ctx, fund.id, only && { receiptId: only.id })
  }
  const ids = new Map(
    (await readReceiptsByKey(ctx.db, fund.id, [...lineOfKey.keys()])).map((known) => [known.receiptKey, known.id]),
  )
  return { receiptIds: bankLines.map((line) => ids.get(receiptKey(line)) ?? ''), ...counts }
}

function checkLine(fund: HeldFund, { amount, currency }: BankLine, index: number): void {
  if (currency !== fund.currency)
    throw refused(`${fund.name} is kept in ${fund.currency}, not in ${currency}.`, { index })
  if (amount <= 0n) throw refused('What a bank takes away, or does not give, is no receipt.', { index })
}

const newReceipt = (
  { currency }: HeldFund,
  {
    id,
    key,
    line,
    source,
  }: { id: string; key: string; line: BankLine; source: { kind: ReceiptSource; id: string | null } },
): NewReceipt => {
  const { bankReference, account, valueDate, amount, text, payer } = line
  return {
    ...{ id, receiptKey: key, bankReference, account, valueDate, text, payer },
    amount: fromMinor(amount, currency),
    source: source.kind,
    sourceId: source.id,
  }
}

/** Everything that was ever asked for in a fund, ready to be matched. */
async function matcherOfFund(ctx: Ctx, { id, currency }: HeldFund): Promise<Matcher> {
  const lines = await readIssuedLines(ctx.db, id)
  return matcherOf(lines.map((line) => ({ ...line, currency, outstanding: toMinor(line.outstanding, currency) })))
}

const mayBook = (ctx: Ctx, { lockedThrough, timeZone }: HeldFund, { valueDate }: BankLine): boolean =>
  valueDate <= dayIn(timeZone, ctx.now()) && (lockedThrough === null || valueDate > lockedThrough)

interface Decision {
  state: 'MATCHED' | 'PROPOSED' | 'UNMATCHED'
  match: Pick<Match, 'basis' | 'lineIds' | 'confidence'> | null
  booking?: Omit<Booking, 'receiptId'>
}

function decide(matcher: Matcher, line: BankLine, mayBeBooked: boolean): Decision {
  const { automatic, ...match } = matcher.match(line)
  const [lineId] = match.lineIds
  if (lineId === undefined) return { state: 'UNMATCHED', match: null }
  if (!automatic || !mayBeBooked) return { state: 'PROPOSED', match }
  matcher.settle(lineId, line.amount)
  return { state: 'MATCHED', match, booking: { on: line.valueDate, parts: [{ lineId, amount: line.amount }] } }
}
