// Who tells the demo's stories, of which fund, on which days.
import type { Ctx } from '@throughline/db'
import { readWonDeals, type WonDeal } from './allocations/index.ts'
import { addDays, addMonths, dayIn } from './calendar-days.ts'
import { createCommitment } from './commitment-changes/index.ts'
import { createFund } from './funds/index.ts'
import { createInvestor } from './investors/index.ts'
import { fromMinor, toMinor } from './minor-units.ts'
import { type FundPlan, investorOf, termsFrom } from './seed-plan.ts'

export interface SeedActors {
  /** Who writes, and who approves, as of an instant. */
  as(who: 'writer' | 'approver', at: Date): Ctx
  today: Date
}

export interface SeedStory extends SeedActors {
  currency: string
}

export interface SeedDeal extends WonDeal {
  /** What the fund takes of it. */
  share: string
}

export interface SeedDesk {
  fundId: string
  currency: string
  today: string
  deals: readonly SeedDeal[]
  investorId(code: string): string
  commitmentId(code: string): string
  /** A day of the month that was so many months ago. */
  day(monthsAgo: number, date: number): string
  writer(on: string): Ctx
}

/** A fund with its investors and their commitments of the first close. */
export async function openDesk(
  { as, today: now }: SeedActors,
  plan: FundPlan,
  {
    currency,
    vintage,
    firstClose,
  }: { currency: string; vintage: number; firstClose: { monthsAgo: number; date: number } },
): Promise<SeedDesk> {
  const today = dayIn(plan.timeZone, now)
  const day = (monthsAgo: number, date: number) => addDays(addMonths(`${today.slice(0, 7)}-01`, -monthsAgo), date - 1)
  // Fifteen o'clock in London is the same day from New York to Amsterdam; today it is now.
  const writer = (on: string) => as('writer', on === today ? now : new Date(`${on}T15:00:00Z`))
  const on = day(firstClose.monthsAgo, firstClose.date)
  const { name, legalName, timeZone } = plan
  const fund = await createFund(writer(today), { name, legalName, currency, timeZone, vintage, terms: termsFrom(on) })
  const investors = new Map<string, { id: string; commitmentId: string }>()
  for (const each of plan.investors) {
    const { id: investorId } = await createInvestor(writer(on), investorOf(each))
    const { id } = await createCommitment(writer(on), fund.id, {
      ...{
        investorId,
        closeName: 'First close',
        closeDate: on,
        amount: `${each.amount}.00`,
        feeFree: each.feeFree === true,
      },
    })
    investors.set(each.code, { id: investorId, commitmentId: id })
  }
  const known = (code: string) => {
    const found = investors.get(code)
    if (!found) throw new Error(`nobody in the demo's fund has the code ${code}`)
    return found
  }
  const deals = await readWonDeals(writer(today).db, { currency, from: plan.dealsFrom, limit: 5 })
  return {
    ...{ fundId: fund.id, currency, today, day, writer },
    deals: deals.map((deal) => ({ ...deal, share: shareOf(deal) })),
    investorId: (code) => known(code).id,
    commitmentId: (code) => known(code).commitmentId,
  }
}

/** Four fifths of a deal, in whole thousands. */
function shareOf({ value, currency }: WonDeal): string {
  const thousand = toMinor('1000', currency)
  return fromMinor(((toMinor(value, currency) * 4n) / 5n / thousand) * thousand, currency)
}

/** @param percent of an amount */
export const partOf = ({ currency }: SeedDesk, amount: string, percent: bigint): string =>
  fromMinor((toMinor(amount, currency) * percent) / 100n, currency)
