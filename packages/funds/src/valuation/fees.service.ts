// The management fee: what each quarter costs, and its entries.
import { audit } from '@throughline/accounts'
import type { FeeList, FeeQuarterView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead, type HeldFund, holdFund, post } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { dealFlows } from '../cash-flows/index.ts'
import { managementFee, type PeriodFee } from '../fees/index.ts'
import { feeAccrued } from '../ledger/index.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { accrualId, basesOf, quartersOf } from './fee-bases.rules.ts'
import { type AccruedRow, readAccrued, readCommitmentChanges } from './fees.repo.ts'

interface Quarter extends PeriodFee {
  id: string
  accrued: AccruedRow | undefined
}

/** The quarters that have begun, with what was accrued of them; three questions. */
async function quartersThrough(ctx: Ctx, fund: HeldFund, through: string): Promise<Quarter[]> {
  const { feeSteps } = fund.terms
  const changes = (await readCommitmentChanges(ctx.db, fund.id)).map(({ on, change }) => ({
    on,
    change: BigInt(change),
  }))
  const bases = basesOf(changes, await dealFlows(ctx, fund, through))
  const fees = quartersOf(feeSteps, bases, through).map((period) => ({
    ...managementFee(period, feeSteps, bases),
    id: accrualId(fund.id, period),
  }))
  const ids = fees.map(({ id }) => id)
  const accrued = new Map((await readAccrued(ctx.db, fund.id, ids)).map((row) => [row.sourceId, row]))
  return fees.map((fee) => ({ ...fee, accrued: accrued.get(fee.id) }))
}

/** What the management fee is by the terms, and what was accrued. @throws AppError not_found */
export async function listFees(ctx: Ctx, fundId: string): Promise<FeeList> {
  const fund = await fundToRead(ctx, fundId)
  const today = dayIn(fund.timeZone, ctx.now())
  const payable = -((await balancesOn(ctx, fund, today)).get('fees_payable') ?? 0n)
  const quarters = await quartersThrough(ctx, fund, today)
  return { payable: fromMinor(payable, fund.currency), data: quarters.toReversed().map((each) => viewOf(fund, each)) }
}

const viewOf = (
  { currency }: HeldFund,
  { from, to, daysOfQuarter, pieces, fee, accrued }: Quarter,
): FeeQuarterView => ({
  from,
  to,
  daysOfQuarter,
  pieces: pieces.map((piece) => ({ ...piece, amount: fromMinor(piece.amount, currency) })),
  fee: fromMinor(fee, currency),
  accrued: accrued?.amount ?? null,
  entryId: accrued?.entryId ?? null,
})

/**
 * Accrues every quarter that has begun by a day and was not accrued: an entry each, on its first day. Again, it does nothing.
 * @throws AppError not_found; unprocessable for a day to come, or a quarter in the locked period
 */
export function accrueFees(ctx: Ctx, fundId: string, through: string): Promise<{ quarters: number; amount: string }> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    if (through > dayIn(fund.timeZone, ctx.now())) throw refused('This day has not come yet.', { through })
    const due = (await quartersThrough(ctx, fund, through)).filter(({ fee, accrued }) => fee > 0n && !accrued)
    await post(
      ctx,
      fund,
      due.map(({ id, from, fee }) => ({
        entry: feeAccrued('management_fee', fee),
        effectiveOn: from,
        source: { kind: 'fee' as const, id },
      })),
    )
    const amount = fromMinor(sumOf(due.map(({ fee }) => fee)), fund.currency)
    if (due.length > 0)
      audit(ctx, {
        action: 'fund.fees_accrued',
        subject: 'fund',
        subjectId: fundId,
        after: { through, quarters: due.length, amount },
      })
    return { quarters: due.length, amount }
  })
}
