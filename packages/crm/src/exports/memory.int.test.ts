// What is alive while an export is written must not depend on how much has been written.
import { requestExport as requestExportBody } from '@throughline/contracts'
import { sql } from '@throughline/db'
import type { RunningJob } from '@throughline/jobs'
import { createStorage, type Storage } from '@throughline/storage'
import { aliveBytes, createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getExport, requestExport, writeExport } from './index.ts'

const rows = 40_000
const lookEveryBytes = 8_000_000
let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

type Body = Parameters<Storage['put']>[1]

/** Storage that looks at the memory as a file goes by. */
function watching(storage: Storage, alive: number[]): Storage {
  async function* watched(body: Body): AsyncGenerator<string | Uint8Array> {
    let passed = 0
    for await (const chunk of body) {
      if (Math.floor((passed + Buffer.byteLength(chunk)) / lookEveryBytes) > Math.floor(passed / lookEveryBytes))
        alive.push(aliveBytes())
      passed += Buffer.byteLength(chunk)
      yield chunk
    }
  }
  return { ...storage, put: (key, body, options) => storage.put(key, watched(body), options) }
}

class Done extends Error {}

/** The job in this process and without a queue. */
const runningJob = (tenant: TestTenant, exportId: string): RunningJob<{ exportId: string }> => {
  const ctx = tenant.systemCtx()
  return {
    ctx,
    data: { exportId },
    jobId: exportId,
    attempt: 1,
    signal: new AbortController().signal,
    progress: async () => undefined,
    step: (work) => ctx.db.transaction(work),
    async commit(work) {
      await ctx.db.transaction(work)
      throw new Done()
    },
  }
}

it('does not grow with the rows of an export', async () => {
  const tenant = await world.tenant('Memory')
  await tenant.systemCtx().db.execute(sql`insert into companies (tenant_id, id, name, industry)
    select ${tenant.id}::uuid, uuidv7(), 'Company ' || n, repeat('industry', 128) from generate_series(1, ${rows}::int) n`)
  const wish = { kind: 'COMPANY', columns: ['name', 'industry'], options: { decimal: 'point', dateOrder: 'ymd' } }
  const asked = await requestExport(tenant.ctx('manager'), requestExportBody.parse(wish), { everySeconds: 0 })
  const alive: number[] = []
  const storage = watching(createStorage(world.config.storage), alive)
  await expect(writeExport(runningJob(tenant, asked.export.id), storage)).rejects.toThrow(Done)
  const done = await getExport(tenant.ctx('manager'), asked.export.id)
  expect(done).toMatchObject({ state: 'SUCCEEDED', rows })
  expect(done.sizeBytes).toBeGreaterThan(40_000_000)
  expect(alive).toHaveLength(Math.floor((done.sizeBytes ?? 0) / lookEveryBytes))
  // The file is over 40 MB; between the looks at 8 and at 40 MB a few chunks may come and go.
  expect((alive.at(-1) ?? Number.NaN) - (alive[0] ?? Number.NaN)).toBeLessThan(4_000_000)
}, 120_000)
