// A fund in its first year: one investment, a call that is not due yet.
import { addDays } from './calendar-days.ts'
import { openDesk, type SeedDesk, type SeedStory } from './seed-desk.ts'
import { seedFund } from './seed-plan.ts'
import { buy, call, close, draftFrom, feeOf, mark, payFees, strikeQuarters } from './seed-steps.ts'

const fees = '15000.00'

/** @throws Error in a tenant without a large won deal */
export async function firstYear(actors: SeedStory): Promise<SeedDesk> {
  const vintage = actors.today.getUTCFullYear()
  const desk = await openDesk(actors, seedFund, {
    ...{ currency: actors.currency, vintage, firstClose: { monthsAgo: 10, date: 3 } },
  })
  const { day, today } = desk
  const [deal] = desk.deals
  if (!deal) throw new Error('the demo has no large won deal for its young fund')
  await buy(desk, actors, deal, { on: day(9, 6), title: 'First call', fees })
  await mark(desk, deal, day(4, 25), 92n, 'A slower start than planned')
  await close(desk, await call(desk, actors, draftFrom('Fees of the second half-year', day(4, 9), [feeOf(fees)])))
  await payFees(desk, day(3, 12), fees)
  await call(
    desk,
    actors,
    draftFrom('Fees and a first follow-on', addDays(today, -3), [
      feeOf(fees),
      { label: 'Follow-on', amount: '60000.00' },
    ]),
    () => undefined,
  )
  await strikeQuarters(desk, day(10, 3))
  return desk
}
