import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { acceptDealImport, getDealImport, revertDealImport } from '@throughline/crm'
import { sql } from '@throughline/db'
import { createStorage, storageKey } from '@throughline/storage'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorkerProcess } from './testing.ts'

const rowCount = 30_000

let world: TestWorld
let worker: ChildProcess | undefined
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await world.close()
})

describe('a worker that is killed in the middle of an import, twice, and of its revert', () => {
  it('leaves nothing half done, and the import happens once', async () => {
    const tenant = await world.tenant('Killed')
    const ctx = tenant.ctx('manager')
    const storage = createStorage(world.config.storage)
    const rows = Array.from({ length: rowCount }, (_, i) => `Deal ${i},${i % 300 === 0 ? 'bad' : i},Company ${i % 500}`)
    const key = storageKey(tenant.id, new Date())
    const file = Readable.from([`Title,Value,Company\n${rows.join('\n')}\n`])
    const stored = await storage.put(key, file, { contentType: 'text/csv', maxBytes: 1e8 })
    const upload = { ...stored, storageKey: key, name: 'deals.csv', contentType: 'text/csv', start: 'auto' } as const
    const { import: accepted } = await acceptDealImport(ctx, upload)
    const importJob = () =>
      ctx.db.queryOne<{ attempt: number; progress: { done: number } | null }>(
        sql`select attempt, progress from jobs where name = 'documents__deal-import'`,
      )

    for (const attempt of [1, 2]) {
      const process = startWorkerProcess(world, 'documents,util')
      worker = process
      await expectEventually(async () => {
        const job = await importJob()
        expect(job?.attempt).toBe(attempt)
        expect(job?.progress?.done).toBeGreaterThan(0)
      }, 30_000)
      const ended = once(process, 'exit')
      process.kill('SIGKILL')
      await ended
      expect(await ctx.db.query(sql`select 1 as one from deals limit 1`)).toEqual([])
      expect(await getDealImport(ctx, accepted.id)).toMatchObject({ state: 'RUNNING', rowsCreated: 0 })
    }

    worker = startWorkerProcess(world, 'documents,util')
    const result = await expectEventually(async () => {
      const found = await getDealImport(ctx, accepted.id)
      expect(found.state).toBe('SUCCEEDED')
      return found
    }, 40_000)
    expect(result).toMatchObject({ rowsRead: rowCount, rowsCreated: rowCount - 100, rowsRejected: 100 })
    const [facts] = await ctx.db.query(sql`select (select count(*)::int from deals) as deals,
      (select count(*)::int from stage_changes) as history, (select count(*)::int from files) as files,
      (select count(*)::int from audit_entries where action = 'deal_import.succeeded') as audit,
      (select count(*)::int from events where type = 'deal_import.changed' and data->>'state' = 'SUCCEEDED') as events`)
    expect(facts).toEqual({ deals: rowCount - 100, history: rowCount - 100, files: 2, audit: 1, events: 1 })
    worker.kill('SIGKILL')

    // And back: killed while it removes deals, it has removed none; taken up again, all of them once.
    await revertDealImport(ctx, accepted.id)
    const revert = () =>
      ctx.db.queryOne<{ attempt: number }>(sql`select attempt from jobs where name = 'documents__deal-import-revert'`)
    const killed = startWorkerProcess(world, 'documents,util')
    worker = killed
    await expectEventually(async () => {
      expect((await revert())?.attempt).toBe(1)
      // The lock of a statement that removes rows, kept until its transaction ends.
      const busy = await world.database.platform.queryOne(sql`select 1 as busy from pg_locks l
        join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.relation = 'deals'::regclass and l.mode = 'RowExclusiveLock' and l.pid <> pg_backend_pid()`)
      expect(busy).toBeDefined()
    }, 30_000)
    const ended = once(killed, 'exit')
    killed.kill('SIGKILL')
    await ended
    expect(await getDealImport(ctx, accepted.id)).toMatchObject({ state: 'SUCCEEDED', reverting: true })
    const countDeals = () => ctx.db.queryOne<{ n: number }>(sql`select count(*)::int as n from deals`)
    expect(await countDeals()).toEqual({ n: rowCount - 100 })

    worker = startWorkerProcess(world, 'documents,util')
    const reverted = await expectEventually(async () => {
      const found = await getDealImport(ctx, accepted.id)
      expect(found.state).toBe('REVERTED')
      return found
    }, 40_000)
    expect(reverted.report?.revert).toMatchObject({ removed: rowCount - 100 + 500, restored: 0, kept: [] })
    const [left] = await ctx.db.query(sql`select (select count(*)::int from deals) as deals,
      (select count(*)::int from companies) as companies, (select count(*)::int from stage_changes) as history,
      (select count(*)::int from import_changes) as changes,
      (select count(*)::int from audit_entries where action = 'deal_import.reverted') as audit`)
    expect(left).toEqual({ deals: 0, companies: 0, history: 0, changes: 0, audit: 1 })
  }, 240_000)
})
