// What is prepaid pays what is due.
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import type { HeldFund } from '../books/index.ts'
import { prepaidApplied } from '../ledger/index.ts'
import { drawPrepaid as drawnBy } from '../payments/index.ts'
import { type Account, readAccounts } from './accounts.ts'
import { type NewPayment, writePayments } from './write-payments.ts'

/**
 * A call was issued, in this transaction: what investors have prepaid pays their oldest lines first, each line by a payment with
 * its entry. A constant number of statements.
 * @param on the day of it, in the fund's zone
 * @param callId whose issue is the cause
 */
export async function drawPrepaid(
  ctx: Ctx,
  fund: HeldFund,
  { investorIds, on, callId }: { investorIds: readonly string[]; on: string; callId: string },
): Promise<void> {
  const accounts = await readAccounts(ctx, fund, investorIds)
  const payments = [...accounts].flatMap(([investorId, account]) => drawsOf(investorId, account, on))
  if (payments.length === 0) return
  await writePayments(ctx, fund, payments)
  emit(ctx, 'payment.changed', { fundId: fund.id, investorId: null, callId, receiptId: null })
}

/** A payment for each line that something prepaid goes to. */
const drawsOf = (investorId: string, account: Account, on: string): NewPayment[] =>
  drawnBy(account).moves.flatMap((move) => {
    if (move.on === 'prepaid') return []
    const { lineId, amount } = move
    const callId = account.lines.find((line) => line.lineId === lineId)?.callId
    return [
      {
        kind: 'PREPAID_APPLIED',
        investorId,
        callId,
        lineId,
        amount,
        onLine: amount,
        moves: [move, { on: 'prepaid', amount: -amount }],
        entry: prepaidApplied(investorId, amount),
        on,
      },
    ]
  })
