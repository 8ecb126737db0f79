// What a firm has of money that investors pay: an issued call, payments for it, and receipts in every state that can be changed.
import { randomUUID } from 'node:crypto'
import { sql } from '@throughline/db'
import { holdFund, recordPayment, takeReceipts } from '@throughline/funds'
import type { TestTenant } from '@throughline/testing'

export const paymentKinds = [
  'payingFund',
  'payingInvestor',
  'payableLine',
  'payment',
  'receipt',
  'ignorableReceipt',
  'assignableReceipt',
  'bouncingReceipt',
  'matchedReceipt',
] as const

/** Two of everything that is listed. */
export async function fillPayments(
  tenant: TestTenant,
  marker: string,
): Promise<Record<(typeof paymentKinds)[number], string>> {
  const ctx = tenant.ctx('owner')
  const t = sql`${tenant.id}::uuid`
  const [investor = '', other = ''] = [randomUUID(), randomUUID()]
  const [payableLine = '', otherLine = ''] = [randomUUID(), randomUUID()]
  const call = randomUUID()
  // Of its own: investors who join another one would change the calls that were approved there.
  const fundId = randomUUID()
  await ctx.db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${t}, ${fundId}::uuid, ${`${marker} of payers`}, ${marker}, 'EUR', 'Europe/Berlin', 2025, '{}')`)
  for (const [id, code] of [
    [investor, '1'],
    [other, '2'],
  ]) {
    await ctx.db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
      values (${t}, ${id}::uuid, ${`${marker}-PAYER-${code}`}, ${`${marker} ${code}`}, 'ENTITY')`)
    await ctx.db.execute(sql`insert into fund_positions (tenant_id, fund_id, investor_id, commitment, called)
      values (${t}, ${fundId}::uuid, ${id}::uuid, 1000, 500)`)
  }
  await ctx.db.execute(sql`insert into capital_calls (tenant_id, id, fund_id, title, state, amount, notice_date, due_date, issued_at)
    values (${t}, ${call}::uuid, ${fundId}::uuid, ${marker}, 'ISSUED', 1000, '2026-03-01', '2026-03-31', now())`)
  for (const [id, whose] of [
    [payableLine, investor],
    [otherLine, other],
  ])
    await ctx.db.execute(sql`insert into capital_call_lines (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside,
        components, unfunded_before)
      values (${t}, ${id}::uuid, ${call}::uuid, ${fundId}::uuid, ${whose}::uuid, ${`${marker}-${whose}`}, '2026-03-31', 500, 500, '[]', 1000)`)
  const booking = (bankReference: string) => ({
    ...{ bankReference: `${marker}-${bankReference}`, account: marker, valueDate: '2026-03-10', currency: 'EUR' },
    ...{ payer: marker, text: marker },
  })
  const record = async (bankReference: string) => {
    const given = { ...booking(bankReference), amount: '50.00', to: { investorId: investor } }
    return (await recordPayment(ctx, fundId, given)).payment
  }
  const [payment, bouncing, matched] = [await record('paid'), await record('bounces'), await record('wrong')]
  const { receiptIds } = await ctx.db.transaction(async () => {
    const lines = ['open', 'ignored', 'assigned'].map((name) => ({ ...booking(name), amount: 10_000n }))
    return takeReceipts(ctx, await holdFund(ctx, fundId), lines, { kind: 'bank_file', id: null })
  })
  const [receipt = '', ignorableReceipt = '', assignableReceipt = ''] = receiptIds
  return {
    ...{ payingInvestor: investor, payableLine, receipt, ignorableReceipt, assignableReceipt },
    payingFund: fundId,
    payment: payment.id,
    bouncingReceipt: bouncing.receiptId ?? '',
    matchedReceipt: matched.receiptId ?? '',
  }
}
