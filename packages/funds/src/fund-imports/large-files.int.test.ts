// A file of 100,000 bookings: what is alive while it is read does not depend on how many rows have passed, statements come by
// the batch, and a wrong row near the end lets nothing through.
import { Readable } from 'node:stream'
import { sql } from '@throughline/db'
import type { RunningJob } from '@throughline/jobs'
import { aliveBytes, createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund } from '../books/testing.ts'
import { ranHere } from '../testing.ts'
import { commitFundImport, getFundImport, inspectFundImport, runFundImport } from './index.ts'
import { importsOf } from './testing.ts'

const rows = 100_000
const lookEveryRows = 20_000
let world: TestWorld
let acme: TestTenant
let imports: ReturnType<typeof importsOf>
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  imports = importsOf(world, acme)
})
afterAll(() => world?.close())

/** @param wrong the row with an amount that is none */
function* lines(count: number, wrong?: number): Generator<Buffer> {
  yield Buffer.from('Bank reference,Account,Value date,Amount,Text,Payer\n')
  for (let n = 1; n <= count; n += 1000) {
    const batch = Array.from({ length: Math.min(1000, count - n + 1) }, (_, index) => n + index)
    yield Buffer.from(
      batch.map((row) => `B-${row},DE1,2026-03-20,${row === wrong ? '1e6' : '5.25'},Transfer ${row},Payer\n`).join(''),
    )
  }
}
const kept = (fundId: string) =>
  acme.systemCtx().db.queryOne(sql`select count(*)::int as n from bank_receipts where fund_id = ${fundId}::uuid`)

it('is read in memory that does not grow, and a wrong row near its end is found', async () => {
  const fund = await makeTestFund(acme.ctx('manager'), ['1000.00'], { name: 'Memory' })
  const accepted = await imports.accepted(fund.id, Readable.from(lines(rows, rows - 1)), { kind: 'BANK_RECEIPTS' })
  const importId = accepted.import.id
  const alive: number[] = []
  const look = (job: RunningJob<{ importId: string }>) =>
    inspectFundImport(
      {
        ...job,
        async progress({ step }) {
          if (Number.parseInt(step ?? '', 10) % lookEveryRows === 0) alive.push(aliveBytes())
        },
      },
      imports.resources,
    )
  await ranHere(acme.systemCtx(), { importId }, look)
  const read = await getFundImport(acme.ctx('manager'), importId)
  expect(read).toMatchObject({ state: 'REFUSED', rowsRead: rows, rowsRefused: 1 })
  expect(read.preview?.refused).toMatchObject([{ line: rows, reasons: [expect.stringContaining('scientific')] }])
  await expect(commitFundImport(acme.ctx('manager'), importId, { confirmation: 'Memory' })).rejects.toMatchObject({
    code: 'illegal_transition',
  })
  expect(await kept(fund.id)).toEqual({ n: 0 })
  expect(alive).toHaveLength(rows / lookEveryRows)
  // A set of the keys alone would be 5 MB.
  expect((alive.at(-1) ?? Number.NaN) - (alive[0] ?? Number.NaN)).toBeLessThan(3_000_000)
}, 180_000)

it('is committed in as many statements a batch, whatever the rows of it', async () => {
  const committed = async (count: number) => {
    const name = `Of ${count}`
    const fund = await makeTestFund(acme.ctx('manager'), ['1000.00'], { name })
    const { id: importId } = await imports.read(fund.id, Readable.from(lines(count)), { kind: 'BANK_RECEIPTS' })
    await commitFundImport(acme.ctx('manager'), importId, { confirmation: name })
    const recorded = recordStatements()
    await ranHere(acme.systemCtx(), { importId }, (job) => runFundImport(job, imports.resources))
    recorded.stop()
    expect(await kept(fund.id)).toEqual({ n: count })
    return recorded.take().length
  }
  const [few, oneBatch, four] = [await committed(50), await committed(5000), await committed(20_000)]
  expect(oneBatch).toBe(few)
  const ofABatch = (four - oneBatch) / 3
  expect(Number.isInteger(ofABatch)).toBe(true)
  expect(ofABatch).toBeLessThan(15)
}, 180_000)
