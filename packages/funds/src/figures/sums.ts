// Where all investors of a fund stand together, or one of them, on a day.
import type { Ctx } from '@throughline/db'
import { type HeldFund, readHappenings } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { type Position, positionOn } from '../commitments/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { readSums, type SumRow } from './figures.repo.ts'

/** Minor units. */
export interface Sums {
  investors: number
  commitment: bigint
  called: bigint
  uncalled: bigint
  paidIn: bigint
  outstanding: bigint
  distributed: bigint
  recallable: bigint
  /** All that was ever recallable: what the policy of multiples asks for. */
  recallableEver: bigint
}

export function sumsOf(row: SumRow, currency: string): Sums {
  const minor = (decimal: string) => toMinor(decimal, currency)
  const recallable = BigInt(row.stillRecallable)
  const [commitment, called] = [minor(row.commitment), minor(row.called)]
  return {
    investors: row.investors,
    commitment,
    called,
    uncalled: commitment - called - minor(row.released) + BigInt(row.recalled) + recallable,
    paidIn: minor(row.paidIn),
    outstanding: minor(row.outstanding),
    distributed: minor(row.distributed),
    recallable,
    recallableEver: minor(row.recallableEver),
  }
}

/** One question: of the kept positions for today, of all events for a day that is past. */
export async function sumsOn(ctx: Ctx, fund: HeldFund, day: string, investorId?: string): Promise<Sums> {
  if (day >= dayIn(fund.timeZone, ctx.now()))
    return sumsOf(await readSums(ctx.db, { fundId: fund.id, day, investorId }), fund.currency)
  const happenings = await readHappenings(ctx, fund.id, investorId ? [investorId] : undefined)
  const positions = [...happenings.values()]
    .filter((events) => events.some(({ date }) => date <= day))
    .map((events) => positionOn(events, day))
  const sum = (of: (position: Position) => bigint) => sumOf(positions.map(of))
  return {
    investors: positions.length,
    commitment: sum((position) => position.commitment),
    called: sum((position) => position.called),
    uncalled: sum((position) => position.uncalled),
    paidIn: sum((position) => position.funded + position.fundedOutside),
    outstanding: sum((position) => position.outstanding),
    distributed: sum((position) => position.distributed),
    recallable: sum((position) => position.stillRecallable),
    recallableEver: sum((position) => position.recallable),
  }
}

/** As they stand on the wire. */
export function amountsOf(sums: Sums, { prepaid, nav }: { prepaid: bigint; nav: bigint }, currency: string) {
  const money = (amount: bigint) => fromMinor(amount, currency)
  return {
    commitment: money(sums.commitment),
    called: money(sums.called),
    paidIn: money(sums.paidIn),
    uncalled: money(sums.uncalled),
    outstanding: money(sums.outstanding),
    distributed: money(sums.distributed),
    recallable: money(sums.recallable),
    prepaid: money(prepaid),
    nav: money(nav),
  }
}
