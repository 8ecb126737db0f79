// The import itself: one stream from storage to a staging table, one merge, one transaction.
import { audit, insertFile } from '@throughline/accounts'
import type { ImportPreview, StartImport } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { fileName, restored, type Storage } from '@throughline/storage'
import { dealsChanged } from '../statistics/index.ts'
import { decoded } from './csv-encoding.ts'
import { FileRefused, readRecords } from './csv-records.ts'
import { findImportSource, type ImportSource, readOwnerIds } from './deal-imports.repo.ts'
import { advanceImport, failDealImport } from './deal-imports.service.ts'
import { checkRow, type ImportedDeal, type RowRules } from './import-rows.rules.ts'
import { mergeStagedDeals, type StagedDeal, stageDeals } from './merge.repo.ts'
import { createRejectedRows, type RejectedRows } from './rejected-rows.ts'

export interface ImportResources {
  storage: Storage
  maxRows: number
}

type RunJob = RunningJob<{ importId: string }>

/** Somebody cancelled the import while it ran: everything is rolled back. */
class ImportCancelled extends Error {}

interface Reading {
  job: RunJob
  source: ImportSource & { preview: ImportPreview; start: StartImport }
  rejected: RejectedRows
  counts: { read: number; rejected: number }
}

const progressEveryRows = 500

/** Two rows that are the same deal would overwrite each other: the second is refused and told of the first. */
function duplicateOf(deal: ImportedDeal, line: number, lines: Map<string, number>): string | undefined {
  const first = lines.get(deal.importKey)
  if (first === undefined) {
    lines.set(deal.importKey, line)
    return undefined
  }
  return deal.importKey.startsWith('id:')
    ? `Line ${first} has the same id.`
    : `Line ${first} is the same deal: same title, company and contact. Give the rows an id to keep both.`
}

/** The good rows of the file; the others go to `rejected` as they come. @throws FileRefused */
async function* goodRows(
  { job, source, rejected, counts }: Reading,
  rules: RowRules,
  { storage, maxRows }: ImportResources,
): AsyncGenerator<StagedDeal> {
  const { preview, sizeBytes } = source
  const bytes = await storage.get(source.storageKey)
  const lines = new Map<string, number>()
  let bytesRead = 0
  bytes.on('data', (chunk: Buffer) => {
    bytesRead += chunk.byteLength
  })
  let isHeader = true
  try {
    for await (const { line, cells: written } of readRecords(decoded(bytes, preview.encoding), preview.delimiter)) {
      if (isHeader) {
        isHeader = false
        continue
      }
      counts.read += 1
      if (counts.read > maxRows) throw new FileRefused(`Line ${line}: more than ${maxRows} rows. Split the file.`, line)
      if (counts.read % progressEveryRows === 0) {
        job.signal.throwIfAborted()
        // Short of the total, which is reached when the rows are merged.
        await job.progress({
          done: Math.min(bytesRead, sizeBytes - 1),
          total: sizeBytes,
          step: `${counts.read} rows read`,
        })
      }
      const cells = written.map(restored)
      const checked = checkRow(cells, rules)
      const reasons =
        'reasons' in checked
          ? checked.reasons
          : [duplicateOf(checked.deal, line, lines)].filter((reason) => reason !== undefined)
      if ('deal' in checked && reasons.length === 0) yield { ...checked.deal, line }
      else {
        counts.rejected += 1
        await rejected.add({ line, cells, reasons })
      }
    }
  } finally {
    bytes.destroy()
  }
}

async function storeRejected(ctx: Ctx, source: ImportSource, rejected: RejectedRows): Promise<string | undefined> {
  const stored = await rejected.finish()
  if (!stored) return undefined
  const name = fileName(`${source.fileName.replace(/\.[^.]*$/, '').slice(0, 200)}-rejected.csv`, 'rejected.csv')
  return insertFile(ctx.db, { ...stored, name, contentType: 'text/csv; charset=utf-8', createdById: ctx.actor.id })
}

/** Reads, stages and merges; inside the transaction that also says that the job is done. */
async function bringIn(reading: Reading, resources: ImportResources) {
  const { job, source, counts, rejected } = reading
  const { ctx, data } = job
  const rules = { ...source.start, ownerIds: await readOwnerIds(ctx.db) }
  await stageDeals(ctx.db, goodRows(reading, rules, resources))
  const rejectedFileId = await storeRejected(ctx, source, rejected)
  await job.progress({
    done: source.sizeBytes - 1,
    total: source.sizeBytes,
    step: `Merging ${counts.read - counts.rejected} rows`,
  })
  job.signal.throwIfAborted()
  const merged = await mergeStagedDeals(ctx.db, { currency: source.currency, actorId: ctx.actor.id, now: ctx.now() })
  dealsChanged(ctx)
  const result = {
    rowsRead: counts.read,
    rowsRejected: counts.rejected,
    rowsCreated: merged.created,
    rowsUpdated: merged.updated,
    rowsUnchanged: counts.read - counts.rejected - merged.created - merged.updated,
  }
  const changes = { ...result, rejectedFileId, finishedAt: ctx.now() }
  if (rejectedFileId === undefined) delete changes.rejectedFileId
  if (!(await advanceImport(ctx, data.importId, { from: ['RUNNING'], to: 'SUCCEEDED', changes })))
    throw new ImportCancelled()
  audit(ctx, { action: 'deal_import.succeeded', subject: 'deal_import', subjectId: data.importId, after: result })
  return result
}

/** Job: brings a file in, whole or not at all. A crash in the middle leaves nothing; the next run does it once. */
export async function runDealImport(job: RunJob, resources: ImportResources): Promise<Committed> {
  const { ctx, data } = job
  const begun = await job.step(() => advanceImport(ctx, data.importId, { from: ['QUEUED', 'RUNNING'], to: 'RUNNING' }))
  const source = await findImportSource(ctx.db, data.importId)
  if (!begun || !source?.preview || !source.start) return job.commit(async () => ({ state: source?.state ?? 'GONE' }))
  const { preview, start } = source
  const file = { tenantId: ctx.tenantId, now: ctx.now(), headers: preview.headers, delimiter: preview.delimiter }
  const rejected = createRejectedRows(resources.storage, file)
  const reading: Reading = { job, source: { ...source, preview, start }, rejected, counts: { read: 0, rejected: 0 } }
  try {
    return await job.commit(() => bringIn(reading, resources))
  } catch (error) {
    await rejected.discard()
    if (error instanceof ImportCancelled) return job.commit(async () => ({ state: 'CANCELLED' }))
    if (!(error instanceof FileRefused)) throw error
    return job.commit(() => failDealImport(ctx, data.importId, { message: error.message, line: error.line }))
  }
}
