// A receipt that somebody is about to change: its fund held, its state and version as they are while it is.
import { AppError, type ReceiptState } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type HeldFund, holdFund } from '../books/index.ts'
import { readReceipt, type StoredReceipt } from './receipts.repo.ts'

const noSuchReceipt = () => new AppError('not_found', { message: 'There is no such receipt.' })

/**
 * @param from the states in which the change is possible
 * @param instead what to tell somebody in another state
 * @throws AppError not_found, stale_version, illegal_transition
 */
export async function receiptToChange(
  ctx: Ctx,
  receiptId: string,
  { version, from, instead }: { version: number | undefined; from: readonly ReceiptState[]; instead: string },
): Promise<{ fund: HeldFund; receipt: StoredReceipt }> {
  const seen = await readReceipt(ctx.db, receiptId)
  if (!seen) throw noSuchReceipt()
  const fund = await holdFund(ctx, seen.fundId)
  // Whoever held the fund before may have changed it.
  const receipt = await readReceipt(ctx.db, receiptId)
  if (!receipt) throw noSuchReceipt()
  if (!from.includes(receipt.state))
    throw new AppError('illegal_transition', { message: instead, details: { state: receipt.state } })
  if (version !== undefined && version !== receipt.version) throw new AppError('stale_version')
  return { fund, receipt }
}

/** Tells screens that money of a fund was moved. */
export const paymentsChanged = (
  ctx: Ctx,
  fundId: string,
  about: { receiptId?: string; investorId?: string } = {},
): void =>
  emit(ctx, 'payment.changed', {
    fundId,
    investorId: about.investorId ?? null,
    callId: null,
    receiptId: about.receiptId ?? null,
  })
