// The reader of the `money` check has to see what is broken: each spoiled row is one that no role of the product can write.
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../../../packages/funds/src/books/testing.ts'
import { makeWonDeal } from '../../../packages/funds/src/capital-calls/testing.ts'
import { makeIssuedCall } from '../../../packages/funds/src/receivables/testing.ts'
import { book } from '../../../packages/funds/src/valuation/index.ts'
import { Failures } from './check.ts'
import { moneyEffects } from './money-effects.ts'
import { readSnapshot } from './money-reader.ts'
import { readTruths } from './money-truths.ts'

let world: TestWorld
let acme: TestTenant
let fund: TestFund
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  fund = await makeTestFund(acme.ctx('manager'), ['1000.00', '2000.00'])
  await makeIssuedCall(acme.ctx('manager'), fund, ['100.00', '200.00'])
})
afterAll(() => world?.close())

const read = () => readTruths(world.config.database.platformUrl)

/** As the administrator of the server, past triggers and constraints. @returns what the reader says, after which all is as before */
async function spoiled(statement: string, mended: string): Promise<string[]> {
  const url = new URL(world.ownerUrl)
  const admin = new URL(process.env.TEST_DATABASE_ADMIN_URL ?? '')
  admin.pathname = url.pathname
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(statement)
    const said = await read()
    await client.query(mended)
    return said
  } finally {
    await client.end()
  }
}

it('says nothing of books that hold', async () => {
  expect(await read()).toEqual([])
})

const receivable = "account = 'call_receivable'"
it.each([
  ['ledger_lines', ['amount'], receivable, 'trial balance is zero'],
  ['ledger_lines', ['amount'], receivable, 'each entry balances'],
  ['ledger_balances', ['amount'], receivable, 'control accounts are the sums of the lines'],
  ['investor_balances', ['amount'], receivable, 'sub-ledgers are the sums of the lines'],
  ['capital_call_lines', ['due', 'inside'], "reference like '%-1'", 'lines of an issued call sum to the call'],
  ['fund_positions', ['prepaid'], 'commitment = 1000', 'positions, prepaid accounts and lines say the same'],
])('sees a cent too much in %s (%s) where %s: not true that %s', async (table, columns, where, truth) => {
  const add = (cents: string) => columns.map((column) => `${column} = ${column} + ${cents}`).join()
  const update = (cents: string) => `update ${table} set ${add(cents)} where ${where}`
  const said = await spoiled(update('0.01'), update('-0.01'))
  expect(said.join('\n')).toContain(truth)
  expect(await read()).toEqual([])
})

const failuresOf = async (url: string, isAway: boolean) => {
  const failures = new Failures()
  const isRead = await readSnapshot(url, { wasAway: () => isAway }, failures)
  return [isRead, failures.count]
}

it('a read that fails is a failure, unless Postgres was away', async () => {
  const url = world.config.database.platformUrl
  expect(await failuresOf(url, false)).toEqual([true, 0])
  const nobody = new URL(url)
  nobody.port = '1'
  expect(await failuresOf(nobody.href, false)).toEqual([false, 1])
  expect(await failuresOf(nobody.href, true)).toEqual([false, 0])
  // The server is there and says no: that is no outage.
  const denied = new URL(url)
  denied.pathname = '/there-is-no-such-database'
  expect(await failuresOf(denied.href, true)).toEqual([false, 1])
})

it('sees a subscription line that is repaid beyond what is drawn, on whatever day', async () => {
  const line = (kind: 'line_draw' | 'line_repayment', on: string, amount: string) =>
    book(acme.ctx('manager'), fund.id, { kind, on, amount, note: 'Bank' })
  await line('line_draw', '2026-03-03', '50.00')
  await line('line_repayment', '2026-03-12', '50.00')
  expect(await read()).toEqual([])
  const moved = (on: string) =>
    `update ledger_lines set effective_on = '${on}' where account = 'credit_line' and amount < 0`
  // Dated after its repayment, it is below zero in between.
  const said = await spoiled(moved('2026-03-20'), moved('2026-03-03'))
  expect(said).toEqual([expect.stringContaining(`subscription line of ${fund.id} on 2026-03-12`)])
  expect(await read()).toEqual([])
})

it('counts bookings that move cash, once each, with what they have moved', async () => {
  const ctx = acme.ctx('manager')
  const dealId = await makeWonDeal(ctx)
  const of = { dealId, on: '2026-03-05' } as const
  const { entryId } = await book(ctx, fund.id, { ...of, kind: 'investment', amount: '80.00', note: 'Bought' })
  await book(ctx, fund.id, { ...of, kind: 'sale', amount: '30.00', cost: '50.00', note: 'Sold' })
  const effects = (await moneyEffects(world.database.platform)).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
  expect(effects.filter(({ kind }) => /^(?:investment|sale|line .*)$/.test(kind))).toMatchObject([
    { kind: 'investment', mark: 'Bought', fundId: fund.id, rows: 1, entries: 1, amount: '80.00', id: entryId },
    { kind: 'line draw', mark: 'Bank', rows: 1, entries: 1, amount: '50.00' },
    { kind: 'line repayment', mark: 'Bank', rows: 1, entries: 1, amount: '50.00' },
    { kind: 'sale', mark: 'Sold', rows: 1, entries: 1, amount: '30.00' },
  ])
})
