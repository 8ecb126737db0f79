// A deal and its money as they were, told to the cent, to whom they may be told.
import { updateSettings } from '@throughline/accounts'
import {
  createAllocation as createAllocationBody,
  draftDistribution as draftSchema,
  type ThreadEntriesQuery,
  type ThreadEvent,
  threadFigures,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelAllocation, createAllocation } from '../allocations/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { cancelCall, dealFunding, draftCall, listCallLines } from '../capital-calls/index.ts'
import { aDraft, anIssuedCall, makeWonDeal } from '../capital-calls/testing.ts'
import {
  approveDistribution,
  declareDistribution,
  draftDistribution,
  payDistribution,
  submitDistribution,
} from '../distributions/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import { getReceipt, recordBounce, recordPayment } from '../receipts/index.ts'
import { getEntry, reverseEntry } from '../trial-balance/index.ts'
import { book, listHoldings, markHolding } from '../valuation/index.ts'
import { dealThread, explainThread } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const manager = () => acme.ctx('manager')
const viewer = () => acme.ctx('viewer')
let funds = 0
async function aFund(commitments = ['600000.00', '300000.00', '100000.00'], tenant = acme): Promise<TestFund> {
  funds += 1
  return makeTestFund(tenant.ctx('manager'), commitments, { name: `Fund ${funds}` })
}
const allocate = (fund: TestFund, dealId: string, given: object = {}, tenant = acme) =>
  createAllocation(
    tenant.ctx('manager'),
    fund.id,
    createAllocationBody.parse({ dealId, amount: '100000.00', allocatedOn: '2026-02-20', ...given }),
  )
const callFor = (fund: TestFund, dealId: string, tenant = acme) =>
  anIssuedCall(tenant, fund.id, aDraft({ components: [{ dealId }, { kind: 'FEE', label: 'Fee', amount: '20000.01' }] }))
let references = 0
const pay = (fund: TestFund, lineId: string, amount: string, valueDate: string) => {
  references += 1
  return recordPayment(manager(), fund.id, {
    ...{ bankReference: `B-${references}`, account: 'DE02 1203', valueDate, amount, currency: 'EUR' },
    ...{ to: { lineId }, payer: '', text: '' },
  })
}
const wholePage = { limit: 100 }
const thread = (dealId: string, ctx = viewer()) => dealThread(ctx, dealId, wholePage)
const told = ({ on, kind, amount }: ThreadEvent) => [on, kind, amount].join(' ')
const entriesOf = async (dealId: string, { explanation }: Pick<ThreadEvent, 'explanation'>) => {
  if (!explanation) throw new Error('nothing explains this')
  return (await explainThread(viewer(), dealId, { ...explanation, ...wholePage })).data
}
const sum = (entries: readonly { amount: string }[]) => sumOf(entries.map(({ amount }) => toMinor(amount, 'EUR')))

/** A deal that a fund has called for, was paid for by most, bought, marked, half sold, and sent the money of. */
async function aLife() {
  const fund = await aFund()
  const dealId = await makeWonDeal(manager(), { title: 'Northwind' })
  await allocate(fund, dealId)
  const call = await callFor(fund, dealId)
  const [first, second] = (await listCallLines(viewer(), call.id, wholePage)).data
  if (!first || !second) throw new Error('the call has no lines')
  await pay(fund, first.id, first.due, '2026-03-10')
  await pay(fund, second.id, '10000.00', '2026-03-12')
  await book(manager(), fund.id, { kind: 'investment', dealId, on: '2026-04-01', amount: '70000.00', note: '' })
  await markHolding(manager(), fund.id, { dealId, on: '2026-06-30', value: '98000.00', reason: 'Last round' })
  await book(manager(), fund.id, { kind: 'income', dealId, on: '2026-07-15', amount: '500.50', note: 'Dividend' })
  await book(manager(), fund.id, {
    ...{ kind: 'sale', dealId, on: '2026-08-01', amount: '60000.00', cost: '35000.00', note: 'A half' },
  })
  const draft = draftSchema.parse({
    ...{
      title: 'Sale of Northwind',
      distributedOn: '2026-08-10',
      dealId,
      returnOfCapital: '35000.00',
      gain: '25000.00',
    },
  })
  const { id, matrixSha256, totals } = await draftDistribution(manager(), fund.id, draft)
  await submitDistribution(manager(), id)
  await approveDistribution(acme.ctx('admin'), id, matrixSha256)
  await declareDistribution(manager(), id, totals.gross)
  await payDistribution(manager(), id, { amount: totals.gross, paidOn: '2026-08-12' })
  return { fund, dealId, call, lines: [first, second] as const }
}

describe('the thread of a deal', () => {
  let life: Awaited<ReturnType<typeof aLife>>
  beforeAll(async () => {
    life = await aLife()
  })

  it('tells what happened in the order of its days', async () => {
    const { data } = await thread(life.dealId)
    const won = data.filter(({ fundId }) => fundId === null)
    expect(won.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['created', null],
      ['won', '500000.00'],
    ])
    expect(data.filter(({ fundId }) => fundId !== null).map(told)).toEqual([
      '2026-02-20 allocated 100000.00',
      '2026-03-02 called 100000.00',
      '2026-03-10 received 60000.00',
      '2026-03-12 received 8333.33',
      '2026-04-01 invested 70000.00',
      '2026-06-30 marked 98000.00',
      '2026-07-15 income 500.50',
      '2026-08-01 sold 60000.00',
      '2026-08-10 declared 60000.00',
      '2026-08-12 paid 60000.00',
    ])
    expect(data.find(({ kind }) => kind === 'called')).toMatchObject({
      ...{ number: life.call.number, whole: '120000.01', received: '68333.33', currency: 'EUR' },
      source: { kind: 'capital_call', id: life.call.id },
    })
  })

  it('says where the fund stands with it, as its list of holdings does', async () => {
    const { deal, funds: standing } = await thread(life.dealId)
    expect(deal).toMatchObject({ id: life.dealId, title: 'Northwind', isWon: true })
    const [holding] = (await listHoldings(viewer(), life.fund.id)).data
    expect(standing).toEqual([
      expect.objectContaining({
        ...{ fundId: life.fund.id, allocated: '100000.00', coInvested: '0.00', markedOn: '2026-06-30' },
        figures: {
          ...{ called: '100000.00', received: '68333.33', invested: '70000.00', cost: '35000.00', value: '49000.00' },
          ...{ returned: '60500.50', gain: '39500.50', distributed: '60000.00', paid: '60000.00' },
        },
        moic: { value: '1.5643', reason: null },
      }),
    ])
    expect(holding).toMatchObject({
      ...{ invested: '70000.00', cost: '35000.00', value: '49000.00', realised: '60500.50', moic: '1.5643' },
    })
    expect(Number(standing[0]?.shareOfNav)).toBeGreaterThan(0)
  })

  it('opens the entries of each of its numbers, which add up to it and are in the books', async () => {
    const { data, funds: standing } = await thread(life.dealId)
    const explained = data.filter(({ explanation }) => explanation !== null)
    expect(explained).toHaveLength(9)
    for (const event of explained) {
      const entries = await entriesOf(life.dealId, event)
      expect([event.kind, sum(entries)]).toEqual([event.kind, toMinor(event.amount ?? '', 'EUR')])
      for (const { id, number } of entries) expect(await getEntry(viewer(), life.fund.id, id)).toMatchObject({ number })
    }
    for (const figure of threadFigures) {
      const entries = await entriesOf(life.dealId, { explanation: { fundId: life.fund.id, figure } })
      expect([figure, sum(entries)]).toEqual([figure, toMinor(standing[0]?.figures[figure] ?? '', 'EUR')])
    }
  })

  it('goes on by pages without a gap, whatever their size', async () => {
    const whole = (await thread(life.dealId)).data
    const seen: ThreadEvent[] = []
    let cursor: string | undefined
    do {
      const { data, page } = await dealThread(viewer(), life.dealId, { limit: 5, cursor })
      seen.push(...data)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(whole)
    await expect(dealThread(viewer(), life.dealId, { limit: 5, cursor: 'bad' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('pages the entries of a number as well', async () => {
    const of = { fundId: life.fund.id, figure: 'value', limit: 1 } as const
    const first = await explainThread(viewer(), life.dealId, of)
    expect(first.data).toHaveLength(1)
    const next = await explainThread(viewer(), life.dealId, { ...of, cursor: first.page.nextCursor ?? '' })
    expect(next.data[0]?.number).toBeLessThan(first.data[0]?.number ?? 0)
  })
})

describe('what was taken back', () => {
  it('is told with its own day, and is in no figure', async () => {
    const { fund, dealId, lines } = await aLife()
    const [line] = lines
    const { payment } = await pay(fund, lines[1].id, '20000.00', '2026-03-20')
    const { receipt } = await getReceipt(viewer(), payment.receiptId ?? '')
    await recordBounce(manager(), receipt.id, { version: receipt.version, on: '2026-03-25', reason: 'No cover' })
    const mark = (await entriesOf(dealId, { explanation: { fundId: fund.id, figure: 'value', on: '2026-06-30' } }))[0]
    await reverseEntry(acme.ctx('owner'), fund.id, mark?.id ?? '', {
      effectiveOn: '2026-09-01',
      reason: 'A wrong round',
    })
    const { data, funds: standing } = await thread(dealId)
    expect(line.due).toBe('72000.01')
    expect(data.map(told)).toEqual(
      expect.arrayContaining([
        '2026-03-20 received 16666.67',
        '2026-03-25 received -16666.67',
        '2026-09-01 taken_back -28000.00',
      ]),
    )
    expect(standing[0]?.figures.received).toBe('68333.33')
  })

  it('is a cancelled call with its reason, and a cancelled allocation', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    const allocation = await allocate(fund, dealId)
    const call = await callFor(fund, dealId)
    await cancelCall(manager(), call.id, { reason: 'The seller has withdrawn' })
    await cancelAllocation(manager(), allocation.id, { reason: 'No deal' })
    const { data, funds: standing } = await thread(dealId)
    const ended = data.filter(({ kind }) => kind.endsWith('_cancelled'))
    expect(ended.map(({ kind, note, amount }) => [kind, note, amount])).toEqual([
      ['call_cancelled', 'The seller has withdrawn', '-100000.00'],
      ['allocation_cancelled', 'No deal', '100000.00'],
    ])
    expect(standing[0]).toMatchObject({ allocated: '0.00', figures: { called: '0.00' } })
  })
})

describe('what is in no thread', () => {
  it('is a draft, and money that was called for something else', async () => {
    const [fund, dealId] = [await aFund(), await makeWonDeal(manager())]
    await allocate(fund, dealId)
    await draftCall(manager(), fund.id, aDraft({ components: [{ dealId }] }))
    const other = await anIssuedCall(acme, fund.id, aDraft({ components: [{ kind: 'FEE', label: 'Fee' }] }))
    const [line] = (await listCallLines(viewer(), other.id, wholePage)).data
    await pay(fund, line?.id ?? '', line?.due ?? '', '2026-03-10')
    const { data, funds: standing } = await thread(dealId)
    expect(data.map(({ kind }) => kind).toSorted()).toEqual(['allocated', 'created', 'won'])
    expect(standing[0]?.figures).toMatchObject({ called: '0.00', received: '0.00' })
    expect(standing[0]?.moic).toEqual({ value: null, reason: 'nothing_paid_in' })
  })

  it('is a fund beside the one that has the deal; a deal without a fund has a thread that says so', async () => {
    const [fund, dealId] = [await aFund(), await makeWonDeal(manager(), { stage: 'NEGOTIATION' })]
    expect(await thread(dealId)).toMatchObject({ funds: [], deal: { isWon: false }, data: [{ kind: 'created' }] })
    await expect(
      explainThread(viewer(), dealId, { fundId: fund.id, figure: 'called', ...wholePage }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is who invests beside the fund, but by name', async () => {
    const [fund, dealId] = [await aFund(), await makeWonDeal(manager())]
    await allocate(fund, dealId)
    await allocate(fund, dealId, { investorId: fund.investors[0]?.id, amount: '5000.00', tranche: 2 })
    const { data, funds: standing } = await thread(dealId)
    expect(data.find(({ kind }) => kind === 'co_invested')?.note).toMatch(/^Investor 1 of Fund \d+, tranche 2$/)
    expect(standing[0]).toMatchObject({ allocated: '100000.00', coInvested: '5000.00' })
  })
})

describe('two funds with one deal', () => {
  it('stand beside each other, each with its own figures', async () => {
    const [one, other] = [await aFund(), await aFund()]
    const dealId = await makeWonDeal(manager())
    for (const fund of [one, other]) {
      await allocate(fund, dealId)
      await callFor(fund, dealId)
    }
    const { data, funds: standing } = await thread(dealId)
    expect(standing.map(({ fundId, figures }) => [fundId, figures.called])).toEqual(
      [one, other].map(({ id }) => [id, '100000.00']),
    )
    expect(
      data
        .filter(({ kind }) => kind === 'called')
        .map(({ fundId }) => fundId)
        .toSorted(),
    ).toEqual([one.id, other.id].toSorted())
  })
})

describe('who may follow a deal', () => {
  it('is nobody of another firm, and a member who sees their own deals only follows those', async () => {
    const firm = await world.tenant('Initech')
    const fund = await aFund(['600000.00'], firm)
    const dealId = await makeWonDeal(firm.ctx('manager'))
    await allocate(fund, dealId, {}, firm)
    const of = { fundId: fund.id, figure: 'called', ...wholePage } satisfies ThreadEntriesQuery
    const refused = async (ctx: ReturnType<TestTenant['ctx']>) => {
      await expect(thread(dealId, ctx)).rejects.toMatchObject({ code: 'not_found' })
      await expect(explainThread(ctx, dealId, of)).rejects.toMatchObject({ code: 'not_found' })
      await expect(dealFunding(ctx, dealId)).rejects.toMatchObject({ code: 'not_found' })
    }
    await refused(globex.ctx('owner'))
    const member = firm.ctx('member')
    expect((await thread(dealId, member)).funds).toHaveLength(1)
    await updateSettings(firm.ctx('owner'), { membersSeeAll: false })
    await refused(member)
    expect((await thread(dealId, firm.ctx('viewer'))).funds).toHaveLength(1)
    await firm
      .ctx('owner')
      .db.execute(sql`update deals set owner_id = ${member.actor.id}::uuid where id = ${dealId}::uuid`)
    expect((await thread(dealId, member)).funds).toHaveLength(1)
  })
})

it('takes as many questions for 200 investors and two calls as for three and one', async () => {
  const asked = async (commitments: string[], calls: number) => {
    const [fund, dealId] = [await aFund(commitments), await makeWonDeal(manager())]
    await allocate(fund, dealId)
    for (let n = 0; n < calls; n++) await callFor(fund, dealId)
    const recorded = recordStatements()
    await thread(dealId)
    const statements = recorded.take().length
    await explainThread(viewer(), dealId, { fundId: fund.id, figure: 'received', ...wholePage })
    const entries = recorded.take().length
    recorded.stop()
    return { statements, entries }
  }
  const few = await asked(['600000.00', '300000.00', '100000.00'], 1)
  expect(few).toEqual({ statements: 4, entries: 3 })
  expect(
    await asked(
      Array.from({ length: 200 }, (_, n) => `${10_000 + n * 7}.13`),
      2,
    ),
  ).toEqual(few)
})
