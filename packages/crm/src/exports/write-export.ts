// The file itself: one COPY, streamed into storage, in the transaction that also says that it is there.
import { accountMailJob, audit, insertFile, notify, ownExportsOf } from '@throughline/accounts'
import type { RecordKind } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { type Storage, storageKey } from '@throughline/storage'
import { csvFile, RecordEnds } from './csv-stream.ts'
import { exportStatement } from './export-statement.repo.ts'
import { type ExportWork, readExportWork } from './exports.repo.ts'
import { advanceExport } from './exports.service.ts'

type ExportJob = RunningJob<{ exportId: string }>

const maxExportBytes = 8 * 1024 ** 3
const keptMs = 7 * 24 * 60 * 60_000
const contentType = 'text/csv; charset=utf-8'
const fileNames: Readonly<Record<RecordKind, string>> = { DEAL: 'deals', COMPANY: 'companies', CONTACT: 'contacts' }

/** An attempt that was broken off may have left its file. */
async function clear(storage: Storage, place: string): Promise<void> {
  for (const key of await storage.list(place)) await storage.delete(key)
}

async function tell(
  ctx: Ctx,
  exportId: string,
  { memberId, isPerson, definition }: ExportWork,
  rows: number,
): Promise<void> {
  if (memberId === null || !isPerson) return
  await notify(ctx, {
    memberId,
    kind: 'data_export.ready',
    title: 'Your export is ready',
    body: `${rows} ${fileNames[definition.kind]}`,
    link: `/exports/${exportId}`,
  })
  await enqueue(ctx, accountMailJob, { kind: 'export_ready', userId: memberId, exportId })
}

async function write({ ctx, data, signal }: ExportJob, work: ExportWork, storage: Storage) {
  const { exportId } = data
  const now = ctx.now()
  const { headings, copy } = await exportStatement(ctx.db, work.definition, work)
  const key = storageKey(`${ownExportsOf(ctx.tenantId)}/${exportId}`, now)
  const ends = new RecordEnds()
  await ctx.db.execute(sql`select set_config('work_mem', '64MB', true)`)
  const file = csvFile(headings, ctx.db.copyOut(copy), ends)
  const stored = await storage.put(key, file, { contentType, maxBytes: maxExportBytes, signal })
  const name = `${fileNames[work.definition.kind]}-${now.toISOString().slice(0, 10)}.csv`
  const fileId = await insertFile(ctx.db, { storageKey: key, ...stored, name, contentType, createdById: work.memberId })
  const changes = { fileId, rows: ends.count, finishedAt: now, expiresAt: new Date(now.getTime() + keptMs) }
  await advanceExport(ctx, exportId, { from: ['RUNNING'], to: 'SUCCEEDED', changes })
  await tell(ctx, exportId, work, ends.count)
  const after = { rows: ends.count, sizeBytes: stored.sizeBytes }
  audit(ctx, { action: 'data_export.succeeded', subject: 'data_export', subjectId: exportId, after })
  return after
}

/** Job: whole or not at all, as of one moment. */
export async function writeExport(job: ExportJob, storage: Storage): Promise<Committed> {
  const { ctx, data } = job
  const begun = await job.step(() => advanceExport(ctx, data.exportId, { from: ['QUEUED', 'RUNNING'], to: 'RUNNING' }))
  const work = await readExportWork(ctx.db, data.exportId)
  if (!begun || !work) return job.commit(async () => ({ state: work?.state ?? 'GONE' }))
  await clear(storage, `${ownExportsOf(ctx.tenantId)}/${data.exportId}`)
  return job.commit(() => write(job, work, storage))
}
