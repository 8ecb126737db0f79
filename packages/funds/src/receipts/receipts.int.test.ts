import type { RecordPayment } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdFund, post } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { explainFigure } from '../figures/index.ts'
import { writtenOff } from '../ledger/index.ts'
import type { BankLine } from '../payments/index.ts'
import { makeIssuedCall, type TestCall } from '../receivables/testing.ts'
import { listBreaks, reconcileFund, requestReconciliation } from '../reconciliation/index.ts'
import { brokenIn } from '../reconciliation/testing.ts'
import { ranHere } from '../testing.ts'
import {
  assignReceipt,
  confirmMatch,
  getPayment,
  getReceipt,
  ignoreReceipt,
  listPayers,
  listPayments,
  listReceipts,
  listReceivables,
  paymentStatusOf,
  recordBounce,
  recordPayment,
  recordRefund,
  takeBackGatewayPayment,
  takeGatewayPayment,
  takeReceipts,
  unmatchReceipt,
} from './index.ts'
import { sumsOf } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const ctx = () => acme.ctx('manager')
let funds = 0
const aFund = (commitments: readonly string[] = ['1000.00', '1000.00'], tenant = acme) => {
  funds += 1
  return makeTestFund(tenant.ctx('manager'), commitments, { name: `Fund ${funds}` })
}
const lineOf = (call: TestCall, index = 0) => call.lines[index]?.id ?? ''
const investorOf = (fund: TestFund, index = 0) => fund.investors[index]?.id ?? ''
let references = 0
const booking = (
  to: RecordPayment['to'],
  amount: string,
  { bankReference = `B-${++references}`, valueDate = '2026-03-10' } = {},
): RecordPayment => ({
  ...{ bankReference, account: 'DE02 1203', valueDate, amount, currency: 'EUR', to, payer: '', text: '' },
})
const pay = async (fund: TestFund, to: RecordPayment['to'], amount: string) =>
  (await recordPayment(ctx(), fund.id, booking(to, amount))).payment
const bankLine = (amount: bigint, text: string, more: Partial<BankLine> = {}): BankLine => ({
  ...{
    bankReference: `B-${++references}`,
    account: 'DE02 1203',
    valueDate: '2026-03-10',
    amount,
    currency: 'EUR',
    text,
  },
  ...{ payer: '', ...more },
})
const take = (fund: TestFund, lines: readonly BankLine[]) =>
  ctx().db.transaction(async () => {
    const inside = ctx()
    return takeReceipts(inside, await holdFund(inside, fund.id), lines, { kind: 'bank_file', id: null })
  })
const lines = (fund: TestFund) =>
  ctx().db.query(sql`select applied, from_prepaid as "fromPrepaid", excess from capital_call_lines
    where fund_id = ${fund.id}::uuid order by due_date, reference`)
const statusOf = (lineId: string) => paymentStatusOf(ctx(), lineId)

/** Whatever was done: nothing is lost, nothing twice. */
async function addsUp(fund: TestFund) {
  const sums = await sumsOf(acme.systemCtx(), fund.id)
  expect(sums).toMatchObject({ badLines: 0, badInvestors: 0, badExcess: 0, trialBalance: '0.00' })
  const cents = (text: string) => Math.round(Number(text) * 100)
  expect(cents(sums.applied) + cents(sums.prepaid)).toBe(
    cents(sums.received) - cents(sums.back) - cents(sums.refunded) + cents(sums.owed),
  )
}

describe('a payment that is recorded', () => {
  it('pays its line, part by part, and is kept with its booking, its moves and its entry', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'], { outside: '10.00' })
    const { payment, isNew } = await recordPayment(ctx(), fund.id, booking({ lineId: lineOf(call) }, '95.00'))
    expect([isNew, payment]).toEqual([
      true,
      expect.objectContaining({ kind: 'RECEIPT', amount: '95.00', onLine: '95.00', prepaid: '0.00', currency: 'EUR' }),
    ])
    await pay(fund, { lineId: lineOf(call) }, '5')
    expect(await statusOf(lineOf(call))).toMatchObject({ state: 'FUNDED', outstanding: '0.00', applied: '100.00' })
    const detail = await getPayment(ctx(), payment.id)
    expect(detail.moves).toEqual([
      {
        on: 'line',
        from: 'receipt',
        reference: call.lines[0]?.reference,
        callTitle: payment.callTitle,
        amount: '95.00',
      },
    ])
    expect(detail.entry.lines).toEqual([
      { account: 'Cash at bank', investorName: null, amount: '95.00' },
      { account: 'Capital call receivable', investorName: payment.investorName, amount: '-95.00' },
    ])
    expect(detail.receipt).toMatchObject({ account: 'DE02 1203' })
    await addsUp(fund)
  })

  it('is prepaid where it is too much, and pays the next call when it is issued', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '0.00'])
    expect(await pay(fund, { lineId: lineOf(call) }, '130.00')).toMatchObject({ onLine: '100.00', prepaid: '30.00' })
    expect(await statusOf(lineOf(call))).toMatchObject({ state: 'OVERFUNDED' })
    await makeIssuedCall(ctx(), fund, ['20.00', '0.00'], { dueDate: '2026-06-30' })
    expect(await lines(fund)).toContainEqual({ applied: '20.00', fromPrepaid: '20.00', excess: '0.00' })
    expect(await lines(fund)).toContainEqual({ applied: '100.00', fromPrepaid: '0.00', excess: '10.00' })
    await addsUp(fund)
  })

  it('a second time answers with the first, whoever records it and for whatever', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const input = booking({ lineId: lineOf(call) }, '10.00')
    const first = await recordPayment(ctx(), fund.id, input)
    const again = [input, { ...input, amount: '10' }, { ...input, to: { investorId: investorOf(fund, 1) } }]
    for (const each of again)
      expect(await recordPayment(acme.ctx('owner'), fund.id, each)).toEqual({ payment: first.payment, isNew: false })
    expect((await listPayments(ctx(), fund.id, { limit: 10 })).data).toHaveLength(1)
    await addsUp(fund)
  })

  it('is refused in another currency, for a day to come, in a locked period, for lines of elsewhere and for nothing outstanding', async () => {
    const fund = await aFund()
    const other = await aFund(['10.00'], globex)
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const theirs = await makeIssuedCall(globex.ctx('manager'), other, ['10.00'])
    const refusals: [RecordPayment, string][] = [
      [{ ...booking({ lineId: lineOf(call) }, '1.00'), currency: 'USD' }, 'unprocessable'],
      [booking({ lineId: lineOf(call) }, '1.00', { valueDate: '2999-01-01' }), 'unprocessable'],
      [booking({ lineId: lineOf(theirs) }, '1.00'), 'not_found'],
      [booking({ investorId: investorOf(other) }, '1.00'), 'not_found'],
    ]
    for (const [input, code] of refusals)
      await expect(recordPayment(ctx(), fund.id, input)).rejects.toMatchObject({ code })
    await expect(
      recordPayment(globex.ctx('owner'), fund.id, booking({ lineId: lineOf(theirs) }, '1')),
    ).rejects.toMatchObject({ code: 'not_found' })
    await acme.systemCtx().db.execute(sql`update funds set locked_through = '2026-03-10' where id = ${fund.id}::uuid`)
    await expect(pay(fund, { lineId: lineOf(call) }, '1.00')).rejects.toMatchObject({ code: 'unprocessable' })
    expect((await listReceipts(ctx(), fund.id, { limit: 10 })).data).toEqual([])
  })

  it('to a closed call is refused with a sentence that says what to do', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '0.00'])
    await pay(fund, { lineId: lineOf(call) }, '100.00')
    await acme.systemCtx().db.execute(sql`update capital_calls set state = 'CLOSED' where id = ${call.id}::uuid`)
    await expect(pay(fund, { lineId: lineOf(call) }, '1.00')).rejects.toMatchObject({
      message: expect.stringContaining('record the money as paid in advance'),
    })
  })
})

describe('a receipt that bounces', () => {
  const bounce = async (receiptId: string | null) => {
    const { receipt } = await getReceipt(ctx(), receiptId ?? '')
    return recordBounce(ctx(), receipt.id, { version: receipt.version, reason: 'No funds', on: '2026-03-20' })
  }

  it('moves its line back, with its excess, and cannot bounce twice', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '0.00'])
    const payment = await pay(fund, { lineId: lineOf(call) }, '130.00')
    const { receipt, payments, owed } = await bounce(payment.receiptId)
    expect([receipt.state, owed]).toEqual(['BOUNCED', '0.00'])
    expect(payments.map(({ kind, reversesId, reversedAt }) => [kind, reversesId, reversedAt !== null])).toEqual([
      ['BOUNCE', payment.id, false],
      ['RECEIPT', null, true],
    ])
    expect(await lines(fund)).toContainEqual({ applied: '0.00', fromPrepaid: '0.00', excess: '0.00' })
    expect(await statusOf(lineOf(call))).toMatchObject({ state: 'OVERDUE', outstanding: '100.00' })
    await expect(bounce(payment.receiptId)).rejects.toMatchObject({ code: 'illegal_transition' })
    const again = booking({ lineId: lineOf(call) }, '130.00', { bankReference: receipt.bankReference })
    await expect(recordPayment(ctx(), fund.id, again)).rejects.toMatchObject({ code: 'conflict' })
    await addsUp(fund)
  })

  it('takes back what its excess has paid of a later call, and opens a call that was closed', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '0.00'])
    const payment = await pay(fund, { lineId: lineOf(call) }, '130.00')
    await makeIssuedCall(ctx(), fund, ['50.00', '0.00'], { dueDate: '2026-06-30' })
    await acme.systemCtx().db.execute(sql`update capital_calls set state = 'CLOSED' where id = ${call.id}::uuid`)
    expect((await bounce(payment.receiptId)).owed).toBe('0.00')
    expect(await lines(fund)).not.toContainEqual(expect.objectContaining({ fromPrepaid: '30.00' }))
    expect(
      await ctx().db.queryOne(sql`select state::text as state from capital_calls where id = ${call.id}::uuid`),
    ).toEqual({
      state: 'ISSUED',
    })
    await addsUp(fund)
  })

  it('is owed where its excess was refunded', async () => {
    const fund = await aFund()
    const payment = await pay(fund, { investorId: investorOf(fund) }, '30.00')
    await recordRefund(ctx(), fund.id, {
      ...{ investorId: investorOf(fund), amount: '25.00', on: '2026-03-12', reason: 'Asked for it' },
    })
    expect((await bounce(payment.receiptId)).owed).toBe('25.00')
    expect((await listPayers(ctx(), fund.id, { limit: 10, having: 'owed' })).data).toEqual([
      expect.objectContaining({ investorId: investorOf(fund), prepaid: '0.00', owed: '25.00' }),
    ])
    await addsUp(fund)
  })

  it('and owed is paid back by money of its own, up to what is owed, and owed again when that bounces too', async () => {
    const fund = await aFund()
    const owedBy = investorOf(fund)
    const first = await pay(fund, { investorId: owedBy }, '30.00')
    await recordRefund(ctx(), fund.id, { investorId: owedBy, amount: '25.00', on: '2026-03-12', reason: 'Asked' })
    await bounce(first.receiptId)
    const payers = async () => (await listPayers(ctx(), fund.id, { limit: 10, having: 'owed' })).data
    await expect(pay(fund, { owedBy }, '25.01')).rejects.toMatchObject({
      code: 'unprocessable',
      details: { owed: '25.00' },
    })
    await expect(pay(fund, { owedBy: investorOf(fund, 1) }, '0.01')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(pay(fund, { owedBy: globex.members.owner.id }, '1.00')).rejects.toMatchObject({ code: 'not_found' })

    const part = await pay(fund, { owedBy }, '10.00')
    expect(part).toMatchObject({ kind: 'RECEIPT', amount: '10.00', onLine: '0.00', prepaid: '0.00', owed: '-10.00' })
    expect(await payers()).toEqual([expect.objectContaining({ investorId: owedBy, owed: '15.00' })])
    await addsUp(fund)
    const { entry } = await getPayment(ctx(), part.id)
    expect(entry.lines.map(({ account, amount }) => [account, amount])).toEqual([
      ['Cash at bank', '10.00'],
      ['Capital call receivable', '-10.00'],
    ])

    expect((await bounce(part.receiptId)).owed).toBe('10.00')
    expect(await payers()).toEqual([expect.objectContaining({ owed: '25.00' })])
    const rest = await pay(fund, { owedBy }, '25.00')
    expect(await payers()).toEqual([])
    await addsUp(fund)
    expect(await brokenIn(ctx(), fund.id, '2026-03-31')).toEqual([])
    const { receipt } = await getReceipt(ctx(), rest.receiptId ?? '')
    await unmatchReceipt(ctx(), receipt.id, { version: receipt.version, reason: 'It was for something else' })
    expect(await payers()).toEqual([expect.objectContaining({ owed: '25.00' })])
    const parts = [
      { owedBy, amount: '20.00' },
      { investorId: owedBy, amount: '5.00' },
    ]
    await confirmMatch(ctx(), receipt.id, { version: receipt.version + 1, parts })
    expect(await payers()).toEqual([expect.objectContaining({ owed: '5.00', prepaid: '5.00' })])
    await addsUp(fund)
    const { id: runId } = await requestReconciliation(ctx(), fund.id, {})
    await ranHere(ctx(), { runId }, reconcileFund)
    expect((await listBreaks(ctx(), fund.id, { limit: 10, state: 'open' })).data).toEqual([])
    for (const figure of ['paidIn', 'outstanding'] as const)
      await expect(explainFigure(ctx(), { fundId: fund.id, figure }, { limit: 20 })).resolves.toMatchObject({
        data: [],
      })
  })

  it('makes a shortfall that was written off outstanding again', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '0.00'])
    const payment = await pay(fund, { lineId: lineOf(call) }, '98.00')
    await ctx().db.transaction(async () => {
      const inside = ctx()
      const held = await holdFund(inside, fund.id)
      await inside.db.execute(sql`update capital_call_lines set written_off = 2 where id = ${lineOf(call)}::uuid`)
      await inside.db.execute(sql`update fund_positions set written_off = 2 where fund_id = ${fund.id}::uuid
        and investor_id = ${investorOf(fund)}::uuid`)
      const source = { kind: 'capital_call', id: call.id } as const
      await post(inside, held, [{ entry: writtenOff(investorOf(fund), 200n), effectiveOn: '2026-03-15', source }])
    })
    await bounce(payment.receiptId)
    expect(await statusOf(lineOf(call))).toMatchObject({ outstanding: '100.00' })
    await addsUp(fund)
  })

  it('before it came, tomorrow, or as somebody has not seen it, is refused', async () => {
    const fund = await aFund()
    const { receiptId } = await pay(fund, { investorId: investorOf(fund) }, '30.00')
    const { receipt } = await getReceipt(ctx(), receiptId ?? '')
    const given = { version: receipt.version, reason: 'No funds', on: '2026-03-20' }
    await expect(recordBounce(ctx(), receipt.id, { ...given, on: '2026-03-09' })).rejects.toThrow(
      'cannot have gone back',
    )
    await expect(recordBounce(ctx(), receipt.id, { ...given, on: '2999-01-01' })).rejects.toThrow('not happened yet')
    await expect(recordBounce(ctx(), receipt.id, { ...given, version: 99 })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await expect(recordBounce(globex.ctx('owner'), receipt.id, given)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what is prepaid', () => {
  it('is refunded up to what it is', async () => {
    const fund = await aFund()
    await pay(fund, { investorId: investorOf(fund) }, '30.00')
    const refund = (amount: string) =>
      recordRefund(ctx(), fund.id, { investorId: investorOf(fund), amount, on: '2026-03-12', reason: 'Asked for it' })
    expect(await refund('20.00')).toMatchObject({ kind: 'REFUND', prepaid: '20.00', reason: 'Asked for it' })
    await expect(refund('10.01')).rejects.toMatchObject({ code: 'unprocessable' })
    await addsUp(fund)
  })
})

describe('receipts of a bank', () => {
  it('are matched by reference alone, proposed where it is not sure, and else left to people', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const [first, second] = call.lines
    const name = (await listPayers(ctx(), fund.id, { limit: 10 })).data.find((p) => p.investorId === second?.investorId)
    const taken = await take(fund, [
      bankLine(10_000n, `wire ${first?.reference}`),
      bankLine(100n, `again ${first?.reference.replaceAll('-', ' ')}`),
      bankLine(5_000n, 'no reference', { payer: name?.name.toUpperCase() ?? '', valueDate: '2026-03-25' }),
      bankLine(777n, 'who knows'),
    ])
    expect(taken).toMatchObject({ taken: 4, matched: 1, proposed: 2, unmatched: 1 })
    const inbox = (await listReceipts(ctx(), fund.id, { limit: 10, state: 'open' })).data
    expect(inbox.map(({ state, basis, confidence, proposed }) => [state, basis, confidence, proposed.length])).toEqual([
      ['UNMATCHED', 'none', 0, 0],
      ['PROPOSED', 'amount_date_payer', 50, 1],
      ['PROPOSED', 'reference', 60, 1],
    ])
    expect(inbox.every(({ ageDays }) => ageDays > 0)).toBe(true)
    await addsUp(fund)
  })

  it('told twice, in one file or two, are there once', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const line = bankLine(4_000n, `wire ${call.lines[0]?.reference}`)
    const once = await take(fund, [line, line])
    const again = await take(fund, [line])
    expect([once.taken, again.taken]).toEqual([1, 0])
    expect(new Set([...once.receiptIds, ...again.receiptIds]).size).toBe(1)
    expect(await lines(fund)).toContainEqual(expect.objectContaining({ applied: '40.00' }))
  })

  it('are taken all or nothing', async () => {
    const fund = await aFund()
    const bad = [bankLine(1n, 'x', { currency: 'USD' }), bankLine(0n, 'x'), bankLine(-5n, 'x')]
    for (const line of bad)
      await expect(take(fund, [bankLine(100n, 'good'), line])).rejects.toMatchObject({ details: { index: 1 } })
    expect((await listReceipts(ctx(), fund.id, { limit: 10 })).data).toEqual([])
  })

  it('in a locked period wait for a person, although they name a line', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    await acme.systemCtx().db.execute(sql`update funds set locked_through = '2026-03-10' where id = ${fund.id}::uuid`)
    expect(await take(fund, [bankLine(100n, `${call.lines[0]?.reference}`)])).toMatchObject({ matched: 0, proposed: 1 })
  })

  it('of a thousand lines are as many statements as of ten', async () => {
    const counts: number[] = []
    for (const size of [10, 1000]) {
      const fund = await aFund(Array.from({ length: size }, () => '1000.00'))
      const call = await makeIssuedCall(
        ctx(),
        fund,
        Array.from({ length: size }, () => '10.00'),
      )
      const file = call.lines.map(({ reference }, index) => bankLine(index % 2 ? 1_000n : 1_200n, `ref ${reference}`))
      const recorded = recordStatements()
      const taken = await take(fund, file)
      recorded.stop()
      counts.push(recorded.take().length)
      expect(taken).toMatchObject({ taken: size, matched: size })
      await addsUp(fund)
    }
    expect(counts[1]).toBe(counts[0])
    expect(counts[0]).toBeLessThan(30)
  }, 60_000)
})

describe('a receipt in the inbox', () => {
  const inbox = async (fund: TestFund) => {
    const [receipt] = (await listReceipts(ctx(), fund.id, { limit: 10, state: 'open' })).data
    if (!receipt) throw new Error('nothing in the inbox')
    return receipt
  }

  it('is split over lines and an investor, and nothing else than all of it', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    await take(fund, [bankLine(17_000n, 'for all of us')])
    const { id, version } = await inbox(fund)
    const parts = [
      { lineId: lineOf(call, 0), amount: '100.00' },
      { lineId: lineOf(call, 1), amount: '50.00' },
      { investorId: investorOf(fund, 1), amount: '20.00' },
    ]
    await expect(confirmMatch(ctx(), id, { version, parts: parts.slice(1) })).rejects.toThrow('The parts are 70.00')
    await expect(confirmMatch(ctx(), id, { version: version + 1, parts })).rejects.toMatchObject({
      code: 'stale_version',
    })
    const { receipt, payments } = await confirmMatch(ctx(), id, { version, parts })
    expect([receipt.state, payments.map(({ amount }) => amount)]).toEqual(['MATCHED', ['20.00', '50.00', '100.00']])
    await expect(confirmMatch(ctx(), id, { version: receipt.version, parts })).rejects.toMatchObject({
      code: 'illegal_transition',
    })
    await addsUp(fund)
  })

  it('is matched, and the match taken back: the books say so, and it can be matched again', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const payment = await pay(fund, { lineId: lineOf(call) }, '60.00')
    const id = payment.receiptId ?? ''
    const { receipt, payments } = await unmatchReceipt(ctx(), id, { version: 2, reason: 'Wrong investor' })
    expect([receipt.state, payments[0]?.kind]).toEqual(['UNMATCHED', 'UNMATCH'])
    expect(
      await ctx().db.queryOne(sql`select kind, reverses_id as "of", reason from ledger_entries
        where id = ${payments[0]?.entryId ?? ''}::uuid`),
    ).toEqual({ kind: 'reversal', of: payment.entryId, reason: 'Wrong investor' })
    await addsUp(fund)
    const parts = [{ lineId: lineOf(call, 1), amount: '60.00' }]
    await confirmMatch(ctx(), id, { version: receipt.version, parts })
    expect(await statusOf(lineOf(call, 1))).toMatchObject({ state: 'OVERFUNDED', applied: '50.00' })
    await addsUp(fund)
  })

  it('of which something was refunded stays matched', async () => {
    const fund = await aFund()
    const { receiptId } = await pay(fund, { investorId: investorOf(fund) }, '30.00')
    await recordRefund(ctx(), fund.id, {
      ...{ investorId: investorOf(fund), amount: '1.00', on: '2026-03-12', reason: 'Asked for it' },
    })
    await expect(unmatchReceipt(ctx(), receiptId ?? '', { version: 2, reason: 'Wrong' })).rejects.toThrow(
      'was refunded',
    )
    await addsUp(fund)
  })

  it('is given to somebody, ignored with a note, and taken into the inbox again', async () => {
    const fund = await aFund()
    await take(fund, [bankLine(100n, 'tax refund')])
    const { id, version } = await inbox(fund)
    const owner = acme.members.member
    const given = await assignReceipt(ctx(), id, { version, ownerId: owner.id })
    expect(given.receipt.owner).toEqual({ id: owner.id, name: owner.name })
    await expect(
      assignReceipt(ctx(), id, { version: given.receipt.version, ownerId: globex.members.owner.id }),
    ).rejects.toMatchObject({ code: 'not_found' })
    const ignored = await ignoreReceipt(ctx(), id, { version: given.receipt.version, note: 'Tax' })
    expect(ignored.receipt).toMatchObject({ state: 'IGNORED', note: 'Tax' })
    const back = await ignoreReceipt(ctx(), id, { version: ignored.receipt.version, note: null })
    expect(back.receipt).toMatchObject({ state: 'UNMATCHED', note: null })
  })

  it('is matched by whoever records the same booking by hand', async () => {
    const fund = await aFund()
    const line = bankLine(3_000n, 'who knows')
    const { receiptIds } = await take(fund, [line])
    const input = booking({ investorId: investorOf(fund) }, '30.00', { bankReference: line.bankReference })
    const { payment, isNew } = await recordPayment(ctx(), fund.id, input)
    expect([isNew, payment.receiptId]).toEqual([true, receiptIds[0]])
    await addsUp(fund)
  })
})

describe('a payment of a gateway', () => {
  const settled = (reference: string | null, objectId: string) => {
    const inside = acme.systemCtx()
    return inside.db.transaction(() =>
      takeGatewayPayment(inside, { provider: 'acmepay', objectId, amount: '40.00', currency: 'EUR', reference }),
    )
  }
  const disputed = (objectId: string) => {
    const inside = acme.systemCtx()
    return inside.db.transaction(() => takeBackGatewayPayment(inside, { provider: 'acmepay', objectId }, 'Disputed'))
  }

  it('is a receipt once, told twenty times at once, and bounces when it is disputed', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    const reference = call.lines[0]?.reference ?? ''
    await Promise.all(Array.from({ length: 20 }, () => settled(reference, 'pay-1')))
    expect((await listReceipts(ctx(), fund.id, { limit: 10 })).data).toEqual([
      expect.objectContaining({ source: 'gateway', state: 'MATCHED', basis: 'reference' }),
    ])
    await Promise.all(Array.from({ length: 5 }, () => disputed('pay-1')))
    expect((await listReceipts(ctx(), fund.id, { limit: 10 })).data[0]?.state).toBe('BOUNCED')
    expect(await statusOf(lineOf(call))).toMatchObject({ applied: '0.00' })
    await addsUp(fund)
  })

  it('with a reference that nobody was given waits in an inbox, and is gone when it is taken back', async () => {
    await settled('NOT-A-REFERENCE', 'pay-2')
    await settled(null, 'pay-3')
    const found = () =>
      ctx().db.query(sql`select source_id as id, state::text as state from bank_receipts
        where source_id in ('acmepay:pay-2', 'acmepay:pay-3') order by 1`)
    expect(await found()).toEqual([
      { id: 'acmepay:pay-2', state: 'UNMATCHED' },
      { id: 'acmepay:pay-3', state: 'UNMATCHED' },
    ])
    await disputed('pay-2')
    await disputed('never-heard-of')
    expect(await found()).toContainEqual({ id: 'acmepay:pay-2', state: 'BOUNCED' })
  })
})

describe('what is listed', () => {
  it('comes in pages: payments of a fund, an investor and a call, open lines and payers', async () => {
    const fund = await aFund()
    const call = await makeIssuedCall(ctx(), fund, ['100.00', '50.00'])
    for (const amount of ['1.00', '2.00', '3.00']) await pay(fund, { lineId: lineOf(call) }, amount)
    await pay(fund, { investorId: investorOf(fund, 1) }, '9.00')
    const first = await listPayments(ctx(), fund.id, { limit: 3 })
    const rest = await listPayments(ctx(), fund.id, { limit: 3, cursor: first.page.nextCursor ?? '' })
    expect([...first.data, ...rest.data].map(({ amount }) => amount)).toEqual(['9.00', '3.00', '2.00', '1.00'])
    expect((await listPayments(ctx(), fund.id, { limit: 9, callId: call.id })).data).toHaveLength(3)
    expect((await listPayments(ctx(), fund.id, { limit: 9, investorId: investorOf(fund, 1) })).data).toHaveLength(1)
    expect((await listPayments(ctx(), fund.id, { limit: 9, kind: 'REFUND' })).data).toEqual([])
    const receivables = await listReceivables(ctx(), fund.id, { limit: 1 })
    const next = await listReceivables(ctx(), fund.id, { limit: 1, cursor: receivables.page.nextCursor ?? '' })
    expect([...receivables.data, ...next.data].map(({ outstanding }) => outstanding).toSorted()).toEqual([
      '50.00',
      '94.00',
    ])
    const found = await listReceivables(ctx(), fund.id, { limit: 9, search: call.lines[1]?.reference ?? '' })
    expect(found.data).toHaveLength(1)
    expect((await listPayers(ctx(), fund.id, { limit: 9, having: 'prepaid' })).data).toHaveLength(1)
    for (const list of [listPayments, listReceipts, listReceivables, listPayers])
      await expect(list(globex.ctx('owner'), fund.id, { limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
  })
})
