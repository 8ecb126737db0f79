// The reader of the `money` check has to see what is broken: each spoiled row is one that no role of the product can write.
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../../../packages/funds/src/books/testing.ts'
import { makeIssuedCall } from '../../../packages/funds/src/receivables/testing.ts'
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
