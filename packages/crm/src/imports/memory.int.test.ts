// The heap while a file is read: what is alive after a collection must not depend on how many rows have passed.
import { startImport } from '@throughline/contracts'
import type { RunningJob } from '@throughline/jobs'
import { aliveBytes, createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFlow } from '../flow.testing.ts'
import { getDealImport, type ImportResources, runDealImport, startDealImport } from './index.ts'

const rows = 120_000
const lookEveryRows = 20_000
let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

class Done extends Error {}

/** The job in this process and without a queue, so that each look is at a known row. @returns bytes alive, look by look */
async function watched(tenant: TestTenant, importId: string, resources: ImportResources): Promise<number[]> {
  const ctx = tenant.systemCtx()
  const alive: number[] = []
  const job: RunningJob<{ importId: string }> = {
    ctx,
    data: { importId },
    jobId: importId,
    attempt: 1,
    signal: new AbortController().signal,
    async progress({ step }) {
      if (/^\d+ rows read$/.test(step ?? '') && Number.parseInt(step ?? '', 10) % lookEveryRows === 0)
        alive.push(aliveBytes())
    },
    step: (work) => ctx.db.transaction(work),
    async commit(work) {
      await ctx.db.transaction(work)
      throw new Done()
    },
  }
  await expect(runDealImport(job, resources)).rejects.toThrow(Done)
  return alive
}

it('does not grow with the rows of a file, the rejected, repeated and similar ones included', async () => {
  const tenant = await world.tenant('Memory')
  // Of ten rows one is rejected as it is read, one by the plan, and all others have keys of their own.
  const line = (n: number) =>
    `key-${n % 10 === 2 ? n - 1 : n},Deal ${n},${n % 10 === 0 ? 'bad' : n},Company ${n % 500},p${n % 900}@memory.test\n`
  const file = `External ID,Title,Value,Company,E-mail\n${Array.from({ length: rows }, (_, n) => line(n + 1)).join('')}`
  const flow = startFlow(world)
  const { importId } = await flow.upload(tenant, file, { start: 'confirmed' })
  const { preview } = await flow.settled(tenant, importId, ['MAPPING'])
  const wish = { mapping: preview?.mapping, options: { decimal: 'point', dateOrder: 'ymd' }, dryRun: true }
  // From here on no worker takes the job: it is this test's.
  await flow.close()
  await startDealImport(tenant.ctx('manager'), importId, startImport.parse(wish))
  const alive = await watched(tenant, importId, { storage: flow.storage, maxRows: rows })
  expect(await getDealImport(tenant.ctx('viewer'), importId)).toMatchObject({
    ...{ state: 'SUCCEEDED', rowsRead: rows, rowsRejected: rows / 5 },
  })
  expect(alive).toHaveLength(rows / lookEveryRows)
  const grown = (alive.at(-1) ?? Number.NaN) - (alive[0] ?? Number.NaN)
  // A set of the keys alone would be 5 MB.
  expect(grown).toBeLessThan(3_000_000)
}, 120_000)
