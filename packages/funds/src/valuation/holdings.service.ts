// What a fund holds, what happens to it, and what it is said to be worth.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import type {
  CreateBooking,
  HoldingList,
  HoldingView,
  ListNavMarks,
  MarkHolding,
  NavMarkView,
  Page,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { readDealTitles } from '../allocations/index.ts'
import { fundToRead, type HeldFund, holdFund, type Posting, post, type Source } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { checkDeal, dealFlows, type Holding, holdingsOf } from '../cash-flows/index.ts'
import { checkCreditLine } from '../credit-line/index.ts'
import {
  type Entry,
  feeAccrued,
  feePaid,
  investmentIncome,
  investmentMade,
  investmentSold,
  lineDrawn,
  lineInterestPaid,
  lineRepaid,
  navMarked,
} from '../ledger/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { insertMark, readLastMarks, readMarks, readNextMark } from './marks.repo.ts'
import { markedPart } from './nav.rules.ts'

/** At the end of a day, today without one. @throws AppError not_found */
export async function listHoldings(ctx: Ctx, fundId: string, day?: string): Promise<HoldingList> {
  const fund = await fundToRead(ctx, fundId)
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const holdings = holdingsOf(await dealFlows(ctx, fund, asOf))
  const marks = new Map((await readLastMarks(ctx.db, fundId, asOf)).map(({ dealId, markedOn }) => [dealId, markedOn]))
  const titles = await readDealTitles(
    ctx.db,
    holdings.map(({ dealId }) => dealId),
  )
  return {
    asOf,
    data: holdings.map((holding) =>
      toHoldingView(holding, {
        currency: fund.currency,
        dealTitle: titles.get(holding.dealId) ?? '',
        markedOn: marks.get(holding.dealId) ?? null,
      }),
    ),
  }
}

export function toHoldingView(
  { dealId, investedOn, moic, ...holding }: Holding,
  { currency, dealTitle, markedOn }: { currency: string; dealTitle: string; markedOn: string | null },
): HoldingView {
  const money = (amount: bigint) => fromMinor(amount, currency)
  return {
    dealId,
    dealTitle,
    investedOn,
    invested: money(holding.invested),
    cost: money(holding.cost),
    value: money(holding.value),
    realised: money(holding.realised),
    moic: moic.value,
    markedOn,
  }
}

/** @throws AppError unprocessable when the fund does not hold the deal on the day */
async function holdingOn(ctx: Ctx, fund: HeldFund, dealId: string, on: string): Promise<Holding> {
  const holding = holdingsOf(await dealFlows(ctx, fund, on)).find((each) => each.dealId === dealId)
  if (!holding || holding.cost <= 0n) throw refused(`${fund.name} holds nothing of this deal on ${on}.`, { dealId, on })
  return holding
}

function checkDay(ctx: Ctx, fund: HeldFund, on: string): void {
  if (on > dayIn(fund.timeZone, ctx.now())) throw refused('This day has not come yet.', { on })
}

const sourceKinds: Readonly<Record<CreateBooking['kind'], Source['kind']>> = {
  ...{ investment: 'investment', sale: 'investment', income: 'investment' },
  ...{ expense: 'fee', fee_payment: 'fee' },
  ...{ line_draw: 'credit_line', line_repayment: 'credit_line', line_interest: 'credit_line' },
}

/**
 * Books what happens beside calls and distributions: one entry.
 * @throws AppError not_found; unprocessable for a day to come or locked, and for more than is held, owed or drawn
 */
export function book(ctx: Ctx, fundId: string, booking: CreateBooking): Promise<{ entryId: string }> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    checkDay(ctx, fund, booking.on)
    if ('dealId' in booking) await checkDeal(ctx, booking.dealId)
    const [entryId = ''] = await post(ctx, fund, [
      {
        entry: await entryOf(ctx, fund, booking),
        effectiveOn: booking.on,
        source: { kind: sourceKinds[booking.kind], id: randomUUIDv7() },
        dealId: 'dealId' in booking ? booking.dealId : undefined,
        reason: booking.note || undefined,
      },
    ])
    if (booking.kind === 'line_repayment') await checkCreditLine(ctx, fund)
    audit(ctx, {
      action: `fund.${booking.kind}_booked`,
      subject: 'ledger_entry',
      subjectId: entryId,
      after: { fundId, ...booking },
    })
    return { entryId }
  })
}

async function entryOf(ctx: Ctx, fund: HeldFund, booking: CreateBooking): Promise<Entry> {
  const amount = toMinor(booking.amount, fund.currency)
  switch (booking.kind) {
    case 'investment':
      return investmentMade(amount)
    case 'income':
      await holdingOn(ctx, fund, booking.dealId, booking.on)
      return investmentIncome(amount)
    case 'sale': {
      const { cost: held, value } = await holdingOn(ctx, fund, booking.dealId, booking.on)
      const cost = toMinor(booking.cost, fund.currency)
      if (cost > held) throw refused('More is sold than is held.', { held: fromMinor(held, fund.currency) })
      return investmentSold({ proceeds: amount, cost, marked: markedPart(value - held, { sold: cost, held }) })
    }
    case 'expense':
      return feeAccrued('fund_expense', amount)
    case 'fee_payment': {
      const payable = -((await balancesOn(ctx, fund, booking.on)).get('fees_payable') ?? 0n)
      if (amount > payable)
        throw refused(`The fund owes ${fromMinor(payable, fund.currency)} of fees and expenses.`, { on: booking.on })
      return feePaid(amount)
    }
    case 'line_draw':
      return lineDrawn(amount)
    case 'line_repayment':
      return lineRepaid(amount)
    case 'line_interest':
      return lineInterestPaid(amount)
  }
}

/**
 * Says what a holding is worth on a day: the difference to what the books have is booked. A mark that is dated back
 * leaves later marks as they are, by its opposite on the day of the next.
 * @throws AppError not_found; unprocessable for a deal that is not held, a day to come or a locked one
 */
export function markHolding(ctx: Ctx, fundId: string, mark: MarkHolding): Promise<NavMarkView> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    checkDay(ctx, fund, mark.on)
    await checkDeal(ctx, mark.dealId)
    const { value: before } = await holdingOn(ctx, fund, mark.dealId, mark.on)
    const after = toMinor(mark.value, fund.currency)
    const id = randomUUIDv7()
    const next = await readNextMark(ctx.db, fundId, mark)
    const posting = (entry: Entry, effectiveOn: string): Posting => ({
      entry,
      effectiveOn,
      source: { kind: 'nav_mark', id },
      dealId: mark.dealId,
      reason: mark.reason,
    })
    const postings = () => [
      posting(navMarked({ before, after }), mark.on),
      ...(next ? [posting(navMarked({ before: after, after: before }), next)] : []),
    ]
    // An entry moves something: a mark that says what the books say has none.
    const [entryId = null] = after === before ? [] : await post(ctx, fund, postings())
    const stored = await insertMark(ctx.db, { ...mark, id, fundId, entryId, by: ctx.actor.id, now: ctx.now() })
    if (!stored) throw new Error('an insert that succeeds returns its row')
    audit(ctx, { action: 'nav.marked', subject: 'nav_mark', subjectId: id, after: { fundId, ...mark } })
    emit(ctx, 'nav.changed', { fundId, asOf: mark.on })
    return stored
  })
}

/** Newest first. @throws AppError not_found */
export async function listMarks(ctx: Ctx, fundId: string, query: ListNavMarks): Promise<Page<NavMarkView>> {
  await fundToRead(ctx, fundId)
  return toPage(await readMarks(ctx.db, fundId, query), query.limit, ({ id }) => [id], asIs)
}
