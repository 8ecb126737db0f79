// Imports and exports end to end for tests: real storage, outbox, queues and workers.
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { accountMailJob } from '@throughline/accounts'
import {
  type DataExportView,
  type DealImportView,
  dataExportView,
  dealImportView,
  type ImportState,
  type RecordKind,
  type RequestExport,
  requestExport as requestExportBody,
  startImport,
  type TenantRole,
} from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { closeQueues, createQueues, createRedis, startRelay, startWorkerHost } from '@throughline/jobs'
import { createStorage, type Storage, storageKey } from '@throughline/storage'
import { expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { expect } from 'vitest'
import type * as z from 'zod'
import { exportRecordsJob, failExport, getExport, requestExport, writeExport } from './exports/index.ts'
import {
  acceptDealImport,
  failDealImport,
  getDealImport,
  inspectDealImport,
  inspectDealImportJob,
  revertDealImport,
  revertDealImportJob,
  revertImport,
  runDealImport,
  runDealImportJob,
  startDealImport,
} from './imports/index.ts'

const catalog = {
  inspect: inspectDealImportJob,
  run: runDealImportJob,
  revert: revertDealImportJob,
  write: exportRecordsJob,
}
const waitMs = 40_000

type Content = string | Buffer
interface ImportWish {
  kind?: RecordKind
  name?: string
  /** Goes straight on with the proposed mapping. */
  start?: 'auto' | 'confirmed'
}
/** What a person confirms; without a mapping the proposed one. */
type StartWish = Partial<z.input<typeof startImport>> & Pick<z.input<typeof startImport>, 'options'>

/** Starts workers for a world. Close it before the world. */
export function startFlow(world: TestWorld, { maxRows = 25_000 } = {}) {
  const { config, database, log } = world
  const real = createStorage(config.storage)
  /** Storage keys whose next reading breaks off in the middle, and how often it still will. */
  const breaking = new Map<string, number>()
  const storage: Storage = {
    ...real,
    async get(key) {
      const stream = await real.get(key)
      const left = breaking.get(key) ?? 0
      if (left > 0) {
        breaking.set(key, left - 1)
        stream.once('data', () => stream.destroy(new Error('the disk went away')))
      }
      return stream
    },
  }
  const redis = createRedis(config.redis, 'producer', log)
  // Mails are another worker's; the relay has to know their queue.
  const queues = createQueues(redis, { ...catalog, accountMail: accountMailJob }, config.redis.prefix, log)
  const relay = startRelay({ config, database, redis, queues, log })
  const handlers = {
    inspect: { run: (job: Parameters<typeof inspectDealImport>[0]) => inspectDealImport(job, storage) },
    run: {
      run: (job: Parameters<typeof runDealImport>[0]) => runDealImport(job, { storage, maxRows }),
      onDead: (ctx: Ctx, { importId }: { importId: string }) =>
        failDealImport(ctx, importId, { message: 'The import did not end.' }),
    },
    revert: { run: revertImport },
    write: {
      run: (job: Parameters<typeof writeExport>[0]) => writeExport(job, storage),
      onDead: (ctx: Ctx, { exportId }: { exportId: string }) => failExport(ctx, exportId),
    },
  }
  const host = startWorkerHost({ config, database, redis, catalog, handlers, profiles: ['documents'], log })

  const upload = async (
    tenant: TestTenant,
    content: Content,
    { start = 'auto', name = 'deals.csv', kind }: ImportWish,
  ) => {
    const key = storageKey(tenant.id, new Date())
    const options = { contentType: 'text/csv', maxBytes: 1e8 }
    const stored = await storage.put(key, Readable.from([Buffer.from(content)]), options)
    const file = { ...stored, storageKey: key, name, contentType: 'text/csv', start, ...(kind ? { kind } : {}) }
    return { importId: (await acceptDealImport(tenant.ctx('manager'), file)).import.id, key }
  }
  const settled = (
    tenant: TestTenant,
    importId: string,
    states: ImportState[] = ['SUCCEEDED', 'FAILED'],
  ): Promise<DealImportView> =>
    expectEventually(async () => {
      const found = dealImportView.parse(await getDealImport(tenant.ctx('viewer'), importId))
      expect(states).toContain(found.state)
      return found
    }, waitMs)
  const textOf = async (tenant: TestTenant, fileId: string | null): Promise<string> => {
    const row = await tenant
      .ctx('viewer')
      .db.queryOne<{ key: string }>(sql`select storage_key as key from files where id = ${fileId}::uuid`)
    // With its byte order mark, which a text decoder takes away.
    return (await buffer(await storage.get(row?.key ?? ''))).toString('utf8')
  }

  return {
    storage,
    breaking,
    upload,
    settled,
    textOf,
    /** Uploads and goes on with what is proposed. */
    async imported(tenant: TestTenant, content: Content, wish: ImportWish = {}): Promise<DealImportView> {
      const { importId } = await upload(tenant, content, wish)
      return settled(tenant, importId)
    },
    /** Uploads and starts as a person would. */
    async started(tenant: TestTenant, content: Content, start: StartWish, wish: ImportWish = {}) {
      const { importId } = await upload(tenant, content, { ...wish, start: 'confirmed' })
      const { preview } = await settled(tenant, importId, ['MAPPING'])
      const confirmed = startImport.parse({ mapping: preview?.mapping, ...start })
      await startDealImport(tenant.ctx('manager'), importId, confirmed)
      return settled(tenant, importId)
    },
    async reverted(tenant: TestTenant, importId: string): Promise<DealImportView> {
      await revertDealImport(tenant.ctx('manager'), importId)
      return settled(tenant, importId, ['REVERTED'])
    },
    /** Asks for an export and waits for it. @returns it with the text of its file */
    async exported(
      tenant: TestTenant,
      wish: RequestExport,
      role: TenantRole = 'manager',
    ): Promise<DataExportView & { text: string }> {
      const asked = await requestExport(tenant.ctx(role), requestExportBody.parse(wish), { everySeconds: 0 })
      const done = await expectEventually(async () => {
        const found = dataExportView.parse(await getExport(tenant.ctx(role), asked.export.id))
        expect(found.state).toBe('SUCCEEDED')
        return found
      }, waitMs)
      return { ...done, text: await textOf(tenant, done.fileId) }
    },
    async close() {
      await host.close(5_000)
      await relay.close()
      await closeQueues(queues)
      redis.disconnect()
    },
  }
}
export type Flow = ReturnType<typeof startFlow>
