// The subscription line of a fund, as its entries have it.
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import type { LineFlow } from '../performance/index.ts'
import { refused } from '../refused.ts'
import { readLineFlows } from './credit-line.repo.ts'
import { firstOverpaid } from './credit-line.rules.ts'

/** Draws less repayments by day, in the order of days, up to a day or all of them; one question. */
export const lineFlows = async (
  ctx: Ctx,
  { id, currency }: Pick<HeldFund, 'id' | 'currency'>,
  through?: string,
): Promise<LineFlow[]> =>
  (await readLineFlows(ctx.db, id, through)).map(({ date, drawn }) => ({ date, drawn: toMinor(drawn, currency) }))

/** What is drawn and not repaid. */
export const drawnOf = (flows: readonly LineFlow[]): bigint => sumOf(flows.map(({ drawn }) => drawn))

/**
 * After something was booked on the line of a fund that is held, in the same transaction.
 * @throws AppError unprocessable when on some day more is repaid than was drawn
 */
export async function checkCreditLine(ctx: Ctx, fund: HeldFund): Promise<void> {
  const overpaid = firstOverpaid(await lineFlows(ctx, fund))
  if (!overpaid) return
  const amount = fromMinor(overpaid.amount, fund.currency)
  throw refused(`On ${overpaid.date}, ${amount} more of the subscription line would be repaid than is drawn.`, {
    ...{ on: overpaid.date, amount },
  })
}
