// The fund that has lived for three years, with everything that a screen can show.
import type { CapitalCallView } from '@throughline/contracts'
import { addDays } from './calendar-days.ts'
import { createAllocationWithCall, draftCall, listCallLines, submitCall } from './capital-calls/index.ts'
import { changeCommitment, transferCommitment } from './commitment-changes/index.ts'
import { fromMinor, toMinor } from './minor-units.ts'
import { openDesk, partOf, type SeedActors, type SeedDeal, type SeedDesk, type SeedStory } from './seed-desk.ts'
import { growthFund } from './seed-plan.ts'
import {
  arrive,
  booked,
  buy,
  call,
  close,
  datesFrom,
  distribute,
  draftFrom,
  feeOf,
  investmentIn,
  mark,
  payFees,
  strikeQuarters,
  takeOn,
} from './seed-steps.ts'

const fees = '50000.00'
const expenses = (amount: string) => ({
  ...{ kind: 'EXPENSE' as const, label: 'Legal and set-up costs', amount, insideCommitment: false },
})

/** Two years of paying, a third in which the first investment is sold, and a call on which money is open today. */
export async function threeYears(actors: SeedStory): Promise<SeedDesk> {
  const vintage = actors.today.getUTCFullYear() - 3
  const desk = await openDesk(actors, growthFund, {
    ...{ currency: actors.currency, vintage, firstClose: { monthsAgo: 37, date: 5 } },
  })
  const { day } = desk
  await secondClose(desk, day(36, 9))
  await buildUp(desk, actors)
  const [first, second, third] = named(desk.deals)
  await mark(desk, first, day(14, 25), 135n, 'A new round at a higher price')
  await transfer(desk, day(13, 20))
  await mark(desk, second, day(8, 25), 125n, 'Margins are back above plan')
  await mark(desk, first, day(8, 25), 210n, 'A binding offer of a strategic buyer')
  await mark(desk, third, day(8, 25), 105n, 'Multiples of listed peers')
  await sellAndDistribute(desk, actors, first)
  await payForTheYear(desk, actors)
  await mark(desk, second, day(2, 25), 160n, 'Earnings of the year, at the multiple of entry')
  await mark(desk, third, day(2, 25), 140n, 'Two new contracts; multiples of listed peers')
  await presentCalls(desk, actors)
  await strikeQuarters(desk, day(37, 5))
  return desk
}

/** @throws Error in a tenant whose deals are too few for the story */
function named(deals: readonly SeedDeal[]): readonly [SeedDeal, SeedDeal, SeedDeal, SeedDeal, SeedDeal] {
  const [first, second, third, fourth, fifth] = deals
  if (!first || !second || !third || !fourth || !fifth)
    throw new Error('the demo has too few large won deals for its fund')
  return [first, second, third, fourth, fifth]
}

const secondClose = (desk: SeedDesk, on: string) =>
  changeCommitment(desk.writer(on), desk.commitmentId('LP-0007'), {
    ...{ change: 'increase', amount: '100000.00', date: on, reason: 'Second close' },
  })

/** The first two years: money goes out, and what it has bought is worth less at first. */
async function buildUp(desk: SeedDesk, actors: SeedActors): Promise<void> {
  const { day } = desk
  const [first, second, third] = named(desk.deals)
  await close(
    desk,
    await call(desk, actors, draftFrom('Set-up and first fees', day(36, 12), [feeOf(fees), expenses('40000.00')])),
  )
  await booked(desk, { kind: 'expense', on: day(35, 3), amount: '40000.00', note: 'Formation of the fund' })
  await payFees(desk, day(35, 5), '90000.00')
  await buy(desk, actors, first, { fees, on: day(33, 6), title: 'Call for the first investment' })
  await mark(desk, first, day(30, 25), 82n, 'A launch that came two quarters late')
  await buy(desk, actors, second, {
    ...{ fees, on: day(27, 8), title: 'Call for the second investment', excused: 'LP-0005' },
  })
  await mark(desk, first, day(24, 25), 90n, 'Sales as in the plan that was cut')
  await mark(desk, second, day(24, 25), 85n, 'A customer of a tenth of the revenue has left')
  const reserve = { ...{ kind: 'INVESTMENT' as const, label: 'Reserve for a follow-on', amount: '200000.00' } }
  await close(desk, await call(desk, actors, draftFrom('Fees and a follow-on', day(21, 9), [feeOf(fees), reserve])))
  await payFees(desk, day(20, 8), fees)
  await distribute(desk, actors, {
    ...{ title: 'Return of the unused reserve', distributedOn: day(18, 14) },
    ...{ returnOfCapital: '200000.00', recallable: '200000.00' },
  })
  await buy(desk, actors, third, {
    ...{ fees, on: day(16, 7), title: 'Call for the third investment', drawnOn: day(18, 24) },
  })
}

const transfer = (desk: SeedDesk, on: string) =>
  transferCommitment(desk.writer(on), desk.commitmentId('LP-0011'), {
    ...{ toInvestorId: desk.investorId('LP-0010'), amount: '80000.00', date: on },
    reason: 'Sale of a part of the interest',
  })

/** Nine tenths of the first investment are sold; investors get what was paid for them, and the gain. */
async function sellAndDistribute(desk: SeedDesk, actors: SeedActors, first: SeedDeal): Promise<void> {
  const { day, currency } = desk
  const cost = partOf(desk, first.share, 90n)
  const proceeds = partOf(desk, cost, 225n)
  await booked(desk, {
    kind: 'sale',
    dealId: first.id,
    on: day(6, 10),
    amount: proceeds,
    cost,
    note: 'Sale to a strategic buyer',
  })
  await distribute(desk, actors, {
    ...{ title: `Sale of ${first.title}`.slice(0, 200), distributedOn: day(6, 17), dealId: first.id },
    returnOfCapital: cost,
    gain: fromMinor(toMinor(proceeds, currency) - toMinor(cost, currency), currency),
    basis: {
      ...{ method: 'waterfall', carryInvestorId: desk.investorId('GP-0001') },
      withholding: { byCountry: { NO: '15' }, byInvestor: {} },
    },
  })
}

async function payForTheYear(desk: SeedDesk, actors: SeedActors): Promise<void> {
  const { day } = desk
  await close(
    desk,
    await call(desk, actors, draftFrom('Fees and expenses', day(5, 6), [feeOf(fees), expenses('15000.00')])),
  )
  await payFees(desk, day(4, 12), fees)
}

/** What somebody at the desk has to look at today. */
async function presentCalls(desk: SeedDesk, actors: SeedActors): Promise<void> {
  const [, , , fourth, fifth] = named(desk.deals)
  const { today } = desk
  await takeOn(desk, fourth, addDays(today, -38))
  const on = addDays(today, -34)
  // One pays nothing, one too much, one without the reference: the others as they were asked.
  const newest = await call(
    desk,
    actors,
    draftFrom('Call for the fourth investment', on, [investmentIn(fourth), feeOf(fees)]),
    (line) =>
      line.code === 'LP-0007' || line.code === 'LP-0009'
        ? undefined
        : line.code === 'LP-0008'
          ? fromMinor(toMinor(line.due, desk.currency) + toMinor('12000.00', desk.currency), desk.currency)
          : line.due,
  )
  await arriveUnclear(desk, newest)
  const soon = addDays(today, 5)
  const { call: review } = await createAllocationWithCall(desk.writer(today), desk.fundId, {
    allocation: { ...{ dealId: fifth.id, investorId: null, tranche: 1, amount: fifth.share }, externalRef: null },
    call: { title: 'Call for the fifth investment', purpose: '', ...datesFrom(soon) },
  })
  await submitCall(desk.writer(today), review.id)
  await draftCall(
    desk.writer(today),
    desk.fundId,
    draftFrom('Fees of the next half-year', addDays(today, 40), [feeOf(fees)]),
  )
}

/** What no rule can place for sure: the amount and the payer of a line without its reference, and a payer nobody knows. */
async function arriveUnclear(desk: SeedDesk, { id, dueDate }: CapitalCallView): Promise<void> {
  const ctx = desk.writer(desk.today)
  const { data: lines } = await listCallLines(ctx, id, { limit: 100 })
  const line = lines.find(({ code }) => code === 'LP-0009')
  if (!line) throw new Error('the newest call of the demo has no line of LP-0009')
  await arrive(desk, ctx, [
    {
      ...{ bankReference: 'IN-20417', valueDate: addDays(dueDate, 1), amount: line.due },
      ...{ text: 'Wire transfer, see notice', payer: line.name },
    },
    {
      ...{ bankReference: 'IN-20466', valueDate: addDays(dueDate, 4), amount: '7350.00' },
      ...{ text: 'Subscription', payer: 'Bancroft Nominees' },
    },
  ])
}
