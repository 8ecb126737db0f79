// A receipt bounces when the commitment that it has paid for has gone to somebody else: whoever has the commitment owes it.
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPositions } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { dayIn } from '../calendar-days.ts'
import { writeOff } from '../capital-calls/index.ts'
import { aDraft, anIssuedCall } from '../capital-calls/testing.ts'
import { transferCommitment } from '../commitment-changes/index.ts'
import { createInvestor } from '../investors/index.ts'
import { recordBounce, recordPayment } from '../receipts/index.ts'
import { brokenIn } from '../reconciliation/testing.ts'

let world: TestWorld
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
})
afterAll(() => world?.close())

const ctx = () => acme.ctx('manager')
let funds = 0

/** Two investors, of whom the first is called 600.01 (a fee of 100.01 in it), and pays it. */
async function paidFund() {
  funds += 1
  const fund = await makeTestFund(ctx(), ['1000.00', '3000.00'], {
    name: `Passed on ${funds}`,
    terms: { tolerance: '5' },
  })
  const components = [{ amount: '2000.00' }, { kind: 'FEE', label: 'Fee', amount: '400.04', insideCommitment: false }]
  const call = await anIssuedCall(acme, fund.id, aDraft({ components }))
  return { fund, call, ...(await standsOf(fund)) }
}

const standsOf = async (fund: TestFund) => {
  const lines = await ctx().db.query<{
    id: string
    investorId: string
    due: string
    applied: string
    outside: string
    reference: string
  }>(sql`select id, investor_id as "investorId", due::text as due, applied::text as applied, outside::text as outside, reference
    from capital_call_lines where fund_id = ${fund.id}::uuid order by due desc, id`)
  const receivables = await ctx().db.query<{ investorId: string; amount: string }>(sql`
    select investor_id as "investorId", sum(amount)::text as amount from investor_balances
    where fund_id = ${fund.id}::uuid and account = 'call_receivable' group by 1`)
  return { lines, receivableOf: new Map(receivables.map(({ investorId, amount }) => [investorId, amount])) }
}

async function pay(fund: TestFund, lineId: string, amount: string) {
  funds += 1
  const { payment } = await recordPayment(ctx(), fund.id, {
    ...{
      bankReference: `B-${funds}`,
      account: 'DE1',
      valueDate: '2026-03-10',
      amount,
      currency: 'EUR',
      payer: '',
      text: '',
    },
    to: { lineId },
  })
  return payment.receiptId ?? ''
}
const bounce = (receiptId: string, on = '2026-05-01') =>
  recordBounce(ctx(), receiptId, { version: undefined, reason: 'No funds', on })
const transfer = (commitmentId: string, toInvestorId: string, amount: string, date = '2026-04-01') =>
  transferCommitment(ctx(), commitmentId, { toInvestorId, amount, date, reason: 'Sold' })
const position = async (fund: TestFund, investorId: string) => (await readPositions(ctx(), fund, [investorId]))[0]
const somebody = async (name: string) =>
  (
    await createInvestor(ctx(), {
      ...{ name, kind: 'ENTITY', code: `P-${++funds}`, taxCountry: null, payerNames: [], contacts: [] },
      ...{ companyId: null, contactId: null },
    })
  ).id

const isClean = async (fund: TestFund) => {
  for (const day of [undefined, '2026-06-30']) expect(await brokenIn(ctx(), fund.id, day)).toEqual([])
}

describe('a bounce behind a transfer', () => {
  it('of all of the commitment is owed by the buyer, with a line and a reference of its own', async () => {
    const { fund, call, lines } = await paidFund()
    const seller = fund.investors[0]
    const line = lines.find(({ investorId }) => investorId === seller?.id)
    const receipt = await pay(fund, line?.id ?? '', '600.01')
    const buyer = await somebody('Buyer')
    await transfer(seller?.commitmentId ?? '', buyer, '1000.00')
    await bounce(receipt)
    const { lines: after, receivableOf } = await standsOf(fund)
    const own = (investorId: string | undefined) => after.find((each) => each.investorId === investorId)
    expect(own(buyer)).toMatchObject({ due: '600.01', applied: '0.00', outside: '100.01' })
    expect(own(seller?.id)).toMatchObject({ due: '0.00', applied: '0.00', outside: '0.00' })
    expect(own(buyer)?.reference).not.toBe(line?.reference)
    expect([receivableOf.get(buyer), receivableOf.get(seller?.id ?? '')]).toEqual(['600.01', '0.00'])
    expect(await position(fund, buyer)).toMatchObject({
      called: 50_000n,
      calledOutside: 10_001n,
      funded: 0n,
      fundedOutside: 0n,
    })
    expect(await position(fund, seller?.id ?? '')).toMatchObject({ commitment: 0n, called: 0n, funded: 0n })
    await isClean(fund)
    await pay(fund, own(buyer)?.id ?? '', '600.01')
    expect(await position(fund, buyer)).toMatchObject({ funded: 50_000n, fundedOutside: 10_001n })
    await isClean(fund)
    expect(call.amount).toBe('2400.04')
  })

  it('of a part is owed by seller and buyer by what each has, also where the buyer has a line already, and by who bought on', async () => {
    const { fund, lines } = await paidFund()
    const [seller, other] = fund.investors
    const receipts = []
    for (const line of lines) receipts.push([line.investorId, await pay(fund, line.id, line.due)] as const)
    const third = await somebody('Third')
    const { to } = await transfer(seller?.commitmentId ?? '', other?.id ?? '', '500.00')
    await transfer(to.id, third, '1750.00', '2026-04-02')
    await bounce(receipts.find(([id]) => id === seller?.id)?.[1] ?? '')
    const { receivableOf } = await standsOf(fund)
    expect([seller?.id, other?.id, third].map((id) => receivableOf.get(id ?? ''))).toEqual([
      '300.00',
      '150.00',
      '150.01',
    ])
    for (const { id } of [...fund.investors, { id: third }]) {
      const stands = await position(fund, id)
      expect((stands?.funded ?? -1n) >= 0n && (stands?.fundedOutside ?? -1n) >= 0n).toBe(true)
    }
    await isClean(fund)
  })

  it('is a matter of the seller alone where the line was paid after the transfer', async () => {
    const { fund, lines } = await paidFund()
    const seller = fund.investors[0]
    const line = lines.find(({ investorId }) => investorId === seller?.id)
    const first = await pay(fund, line?.id ?? '', '600.01')
    const buyer = await somebody('Buyer')
    await transfer(seller?.commitmentId ?? '', buyer, '250.00')
    await bounce(first)
    const own = (await standsOf(fund)).lines.find(({ investorId }) => investorId === seller?.id)
    const again = await pay(fund, line?.id ?? '', own?.due ?? '')
    await bounce(again)
    const { receivableOf } = await standsOf(fund)
    expect([receivableOf.get(seller?.id ?? ''), receivableOf.get(buyer)]).toEqual(['450.01', '150.00'])
    await isClean(fund)
  })

  it('takes a written-off shortfall along, and what is dated before the transfer counts from its day', async () => {
    const { fund, call, lines } = await paidFund()
    const seller = fund.investors[0]
    const line = lines.find(({ investorId }) => investorId === seller?.id)
    const receipt = await pay(fund, line?.id ?? '', '598.00')
    await writeOff(ctx(), { callId: call.id, lineId: line?.id ?? '' }, { what: 'shortfall', reason: 'Fee of the bank' })
    const buyer = await somebody('Buyer')
    const today = dayIn('Europe/Berlin')
    await transfer(seller?.commitmentId ?? '', buyer, '1000.00', today)
    await bounce(receipt, '2026-03-20')
    expect((await standsOf(fund)).receivableOf.get(buyer)).toBe('600.01')
    expect(await position(fund, buyer)).toMatchObject({ funded: 0n, writtenOff: 0n, writtenOffOutside: 0n })
    const days = await ctx().db.query<{ on: string }>(
      sql`select value_date as on from payments where fund_id = ${fund.id}::uuid and kind = 'BOUNCE'`,
    )
    expect(days).toEqual([{ on: today }])
    await isClean(fund)
  })
})
