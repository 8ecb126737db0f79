// What a payment gateway has settled becomes a receipt of a fund, once; what it takes back, or disputes, bounces.
import type { Ctx } from '@throughline/db'
import { holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { toMinor } from '../minor-units.ts'
import { findFundFor } from './lines.repo.ts'
import { findReceiptOf, writeRemarks } from './receipts.repo.ts'
import { recordBounce } from './take-back.service.ts'
import { takeReceipts } from './take-receipts.service.ts'

export interface GatewayPayment {
  provider: string
  /** The gateway's own name of the payment. */
  objectId: string
  /** A decimal. */
  amount: string
  currency: string
  reference: string | null
}

const nameOf = ({ provider, objectId }: Pick<GatewayPayment, 'provider' | 'objectId'>): string =>
  `${provider}:${objectId}`

/**
 * A payment has succeeded, in the open transaction: a receipt of the fund in whose calls its reference stands, booked where that names one
 * open line. Another reference is a receipt without a match, in the inbox of the oldest fund of the currency. Once, however often it is told.
 */
export async function takeGatewayPayment(ctx: Ctx, payment: GatewayPayment): Promise<void> {
  const { provider, objectId, amount, currency, reference } = payment
  const sourceId = nameOf(payment)
  const fundId = await findFundFor(ctx.db, { reference, currency })
  if (!fundId) {
    ctx.log.warn({ tenantId: ctx.tenantId, provider, objectId, currency }, 'no fund has the currency of a payment')
    return
  }
  const fund = await holdFund(ctx, fundId)
  if (await findReceiptOf(ctx.db, sourceId)) return
  const booking = {
    ...{ bankReference: objectId, account: provider, valueDate: dayIn(fund.timeZone, ctx.now()) },
    ...{ amount: toMinor(amount, currency), currency, text: reference ?? '', payer: '' },
  }
  await takeReceipts(ctx, fund, [booking], { kind: 'gateway', id: sourceId })
}

/**
 * A payment was refunded or is disputed, in the open transaction: its receipt bounces, or is ignored where nobody has said what it
 * was for. What never was a receipt needs nothing.
 */
export async function takeBackGatewayPayment(
  ctx: Ctx,
  payment: Pick<GatewayPayment, 'provider' | 'objectId'>,
  reason: string,
): Promise<void> {
  const found = await findReceiptOf(ctx.db, nameOf(payment))
  if (!found) return
  const { timeZone } = await holdFund(ctx, found.fundId)
  const receipt = await findReceiptOf(ctx.db, nameOf(payment))
  if (receipt?.state === 'MATCHED') {
    await recordBounce(ctx, receipt.id, { version: undefined, reason, on: dayIn(timeZone, ctx.now()) })
  } else if (receipt && receipt.state !== 'BOUNCED') {
    const { id, ownerId } = receipt
    await writeRemarks(ctx.db, id, { state: 'BOUNCED', note: reason, ownerId, now: ctx.now() })
  }
}
