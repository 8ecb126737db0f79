// What the demo's stories are told with: each step goes through the services of the desk, on its own day in the past.
import type { CapitalCallView, CreateBooking, DraftCapitalCall, DraftDistribution } from '@throughline/contracts'
import { draftCapitalCall, draftDistribution as draftOf } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { createAllocation } from './allocations/index.ts'
import { holdFund } from './books/index.ts'
import { addDays, addMonths } from './calendar-days.ts'
import { earliestDueDate } from './calls/index.ts'
import { approveCall, closeCall, draftCall, issueCall, listCallLines } from './capital-calls/index.ts'
import {
  approveDistribution,
  declareDistribution,
  draftDistribution,
  payDistribution,
  submitDistribution,
} from './distributions/index.ts'
import { fromMinor, smaller, toMinor } from './minor-units.ts'
import { takeReceipts } from './receipts/index.ts'
import { partOf, type SeedActors, type SeedDeal, type SeedDesk } from './seed-desk.ts'
import { accrueFees, book, listFees, markHolding, strikeNav } from './valuation/index.ts'

/** What an investor pays on a line: the line, so much more, or nothing. */
type Pays = (line: { code: string; due: string }) => string | undefined

const page = { limit: 100 }
/** Days around the due date on which money comes, so that it does not come all at once. */
const arrivals = [-3, -1, 0, -2, 0, 1, -4, 0, 2, -1, 0, -5]

export const takeOn = (desk: SeedDesk, { id, share }: SeedDeal, on: string) =>
  createAllocation(desk.writer(on), desk.fundId, {
    ...{ dealId: id, investorId: null, tranche: 1, amount: share, allocatedOn: on, externalRef: null },
  })

type Component = Partial<DraftCapitalCall['components'][number]> & { label: string; amount: string }

/** Two business days more than the terms ask for. */
export const datesFrom = (on: string) => ({
  noticeDate: on,
  dueDate: earliestDueDate(on, { noticeDays: 12, holidays: new Set() }),
})

export const draftFrom = (title: string, on: string, components: readonly Component[]): DraftCapitalCall =>
  draftCapitalCall.parse({
    ...{ title, ...datesFrom(on) },
    components: components.map((component) => ({ kind: 'INVESTMENT', ...component })),
  })

export const investmentIn = ({ id, title, share }: SeedDeal): Component => ({
  ...{ kind: 'INVESTMENT', label: title.slice(0, 120), amount: share, dealId: id },
})
export const feeOf = (amount: string): Component => ({ kind: 'FEE', label: 'Management fee', amount })

/** A call from its draft to its money: written by one, approved by the other, issued on its notice date. */
export async function call(desk: SeedDesk, actors: SeedActors, draft: DraftCapitalCall, pays: Pays = ({ due }) => due) {
  const on = draft.noticeDate
  const ctx = desk.writer(on)
  await accrueFees(ctx, desk.fundId, on)
  const { id } = await draftCall(ctx, desk.fundId, draft)
  await approveCall(actors.as('approver', ctx.now()), id)
  const issued = await issueCall(ctx, id)
  await receive(desk, issued, pays)
  return issued
}

async function receive(desk: SeedDesk, { id, number, dueDate }: CapitalCallView, pays: Pays): Promise<void> {
  const through = smallerDay(addDays(dueDate, 3), desk.today)
  const ctx = desk.writer(through)
  const { data: lines } = await listCallLines(ctx, id, page)
  const receipts = lines.flatMap((line, index) => {
    const paid = line.state === 'EXCUSED' ? undefined : pays(line)
    if (paid === undefined) return []
    return {
      ...{ bankReference: `C${number}-${String(index + 1).padStart(3, '0')}`, text: `Capital call ${line.reference}` },
      ...{ valueDate: addDays(dueDate, arrivals[index % arrivals.length] ?? 0), amount: paid, payer: line.name },
    }
  })
  await arrive(desk, ctx, receipts)
}

const smallerDay = (one: string, other: string): string => (one < other ? one : other)

interface SeedReceipt {
  bankReference: string
  valueDate: string
  amount: string
  text: string
  payer: string
}

/** Bookings as a statement of the bank has them. */
export const arrive = (desk: SeedDesk, ctx: Ctx, receipts: readonly SeedReceipt[]) =>
  ctx.db.transaction(async () =>
    takeReceipts(
      ctx,
      await holdFund(ctx, desk.fundId),
      receipts.map(({ amount, ...receipt }) => ({
        ...{ ...receipt, account: 'Main account', currency: desk.currency, amount: toMinor(amount, desk.currency) },
      })),
      { kind: 'bank_file', id: null },
    ),
  )

export const close = (desk: SeedDesk, { id, dueDate }: CapitalCallView) =>
  closeCall(desk.writer(addDays(dueDate, 7)), id)

export const booked = (desk: SeedDesk, booking: CreateBooking) => book(desk.writer(booking.on), desk.fundId, booking)

const invest = (desk: SeedDesk, { id, share }: SeedDeal, on: string) =>
  booked(desk, { kind: 'investment', dealId: id, on, amount: share, note: '' })

const lineInterest = 'Interest on the subscription line'

/** The line pays for a deal before investors are called. */
async function drawFor(desk: SeedDesk, deal: SeedDeal, on: string): Promise<void> {
  await booked(desk, { kind: 'line_draw', on, amount: deal.share, note: `For ${deal.title}`.slice(0, 500) })
  await invest(desk, deal, on)
}

/** What investors have paid for it goes to the line, with one per cent of it as interest. */
async function repayFor(desk: SeedDesk, { share }: SeedDeal, on: string): Promise<void> {
  await booked(desk, { kind: 'line_repayment', on, amount: share, note: '' })
  await booked(desk, { kind: 'line_interest', on, amount: partOf(desk, share, 1n), note: lineInterest })
}

/** Pays of the fees that are owed what was called for them. */
export async function payFees(desk: SeedDesk, on: string, called: string): Promise<void> {
  const { payable } = await listFees(desk.writer(on), desk.fundId)
  const amount = smaller(toMinor(payable, desk.currency), toMinor(called, desk.currency))
  if (amount > 0n) await booked(desk, { kind: 'fee_payment', on, amount: fromMinor(amount, desk.currency), note: '' })
}

/** With the fees of the quarters that have begun. @param percent of what was paid for it */
export async function mark(desk: SeedDesk, { id, share }: SeedDeal, on: string, percent: bigint, reason: string) {
  const ctx = desk.writer(on)
  await accrueFees(ctx, desk.fundId, on)
  await markHolding(ctx, desk.fundId, { dealId: id, on, value: partOf(desk, share, percent), reason })
}

/** From draft to money sent, within three days. */
export async function distribute(
  desk: SeedDesk,
  actors: SeedActors,
  draft: Partial<DraftDistribution> & { title: string; distributedOn: string },
): Promise<void> {
  const on = draft.distributedOn
  const ctx = desk.writer(on)
  const { id, matrixSha256, totals } = await draftDistribution(ctx, desk.fundId, draftOf.parse(draft))
  await submitDistribution(ctx, id)
  await approveDistribution(actors.as('approver', ctx.now()), id, matrixSha256)
  await declareDistribution(ctx, id, totals.gross)
  const paidOn = addDays(on, 2)
  await payDistribution(desk.writer(paidOn), id, { amount: totals.gross, paidOn })
}

/** Fees up to today, and net assets at the end of each quarter that is over. */
export async function strikeQuarters(desk: SeedDesk, from: string): Promise<void> {
  const ctx = desk.writer(desk.today)
  await accrueFees(ctx, desk.fundId, desk.today)
  const year = Number(from.slice(0, 4))
  for (let end = `${year}-03-31`; end < desk.today; end = addDays(addMonths(addDays(end, 1), 3), -1))
    if (end > from) await strikeNav(ctx, desk.fundId, end, 'final')
}

/** The last quarter that is over: `2026-Q3` in the fourth. */
export function quarterBefore(today: string): string {
  const [year = '', month = ''] = addMonths(`${today.slice(0, 7)}-01`, -3).split('-')
  return `${year}-Q${Math.ceil(Number(month) / 3)}`
}

interface Purchase {
  on: string
  title: string
  /** Called with it. */
  fees: string
  /** Code of somebody whose policy forbids it. */
  excused?: string
  /** When the subscription line has paid for it, before the call that repays the line with its interest. */
  drawnOn?: string
}

/** Allocates a won deal, calls for it with the fees of half a year, and pays for both. */
export async function buy(
  desk: SeedDesk,
  actors: SeedActors,
  deal: SeedDeal,
  { on, title, fees, excused, drawnOn }: Purchase,
): Promise<void> {
  await takeOn(desk, deal, addDays(drawnOn ?? on, -3))
  if (drawnOn) await drawFor(desk, deal, drawnOn)
  const investment = {
    ...investmentIn(deal),
    ...(excused && { excused: [{ investorId: desk.investorId(excused), reason: 'Its policy excludes this sector' }] }),
  }
  const interest = drawnOn
    ? [{ kind: 'EXPENSE' as const, label: lineInterest, amount: partOf(desk, deal.share, 1n) }]
    : []
  const called = await call(desk, actors, draftFrom(title, on, [investment, feeOf(fees), ...interest]))
  const settled = addDays(called.dueDate, 4)
  if (drawnOn) await repayFor(desk, deal, settled)
  else await invest(desk, deal, settled)
  await payFees(desk, settled, fees)
  await close(desk, called)
}
