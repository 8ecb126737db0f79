// The import itself: one stream from storage to a staging table, a plan, and, unless it is a dry run, what the plan says:
// one transaction.
import { audit, insertFile } from '@throughline/accounts'
import { type CsvRecord, FileRefused, recordsBehindHeader } from '@throughline/cells'
import type { ImportPreview, ImportReport, StartImport } from '@throughline/contracts'
import type { Ctx, TenantDb } from '@throughline/db'
import { sql } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { fileName, restored, type Storage } from '@throughline/storage'
import { readCustomFields } from '../custom-fields/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { applyPlan } from './apply-plan.repo.ts'
import { lossUnexplained, updateKeysOf } from './import-mapping.rules.ts'
import { checkRow } from './import-rows.rules.ts'
import { findImportFile, type ImportFile, readOwnerIds } from './imports.repo.ts'
import { advanceImport, failDealImport } from './imports.service.ts'
import { findLookAlikes } from './look-alikes.repo.ts'
import { planRows } from './plan-records.repo.ts'
import { countPlan, countRelated, refusedLines } from './plan-report.repo.ts'
import { createRejectedRows, type RejectedRows } from './rejected-rows.ts'
import type { RowRules } from './row-reader.rules.ts'
import { type NumberedRow, stageRows } from './staging.repo.ts'

export interface ImportResources {
  storage: Storage
  maxRows: number
}

type RunJob = RunningJob<{ importId: string }>

/** Somebody cancelled the import while it ran: everything is rolled back. */
class ImportCancelled extends Error {}

interface Reading {
  job: RunJob
  file: ImportFile & { preview: ImportPreview; start: StartImport }
  rejected: RejectedRows
  counts: { read: number; rejected: number }
  storage: Storage
}

const progressEveryRows = 500

/** The records of the file behind its header, as they are written. @param onBytes how many of the file's bytes are read */
async function* recordsOf({ file, storage }: Reading, onBytes?: (count: number) => void): AsyncGenerator<CsvRecord> {
  yield* recordsBehindHeader(await storage.get(file.storageKey), file.preview, onBytes)
}

/** The good rows of the file; the others go to `rejected` as they come. @throws FileRefused */
async function* goodRows(reading: Reading, rules: RowRules, maxRows: number): AsyncGenerator<NumberedRow> {
  const { job, rejected, counts } = reading
  const { sizeBytes } = reading.file
  let bytesRead = 0
  for await (const { line, cells: written } of recordsOf(reading, (count) => {
    bytesRead = count
  })) {
    counts.read += 1
    if (counts.read > maxRows) throw new FileRefused(`Line ${line}: more than ${maxRows} rows. Split the file.`, line)
    if (counts.read % progressEveryRows === 0) {
      job.signal.throwIfAborted()
      // Short of the total, which is reached when the rows are merged.
      const done = Math.min(bytesRead, sizeBytes - 1)
      await job.progress({ done, total: sizeBytes, step: `${counts.read} rows read` })
    }
    const cells = written.map(restored)
    const checked = checkRow(cells, rules)
    if ('row' in checked) yield { line, row: checked.row }
    else {
      counts.rejected += 1
      await rejected.add({ line, cells, reasons: checked.reasons })
    }
  }
}

/** Rows that the plan has refused are looked up in the file once more: they were not kept. */
async function rejectRefused(reading: Reading): Promise<void> {
  const { job, rejected } = reading
  const refused = refusedLines(job.ctx.db)
  let next = (await refused.next()).value
  if (!next) return
  for await (const { line, cells } of recordsOf(reading)) {
    if (line !== next.line) continue
    await rejected.add({ line, cells: cells.map(restored), reasons: [next.reason] })
    next = (await refused.next()).value
    if (!next) return
  }
}

async function storeRejected(ctx: Ctx, file: ImportFile, rejected: RejectedRows): Promise<string | undefined> {
  const stored = await rejected.finish()
  if (!stored) return undefined
  const name = fileName(`${file.fileName.replace(/\.[^.]*$/, '').slice(0, 200)}-rejected.csv`, 'rejected.csv')
  return insertFile(ctx.db, { ...stored, name, contentType: 'text/csv; charset=utf-8', createdById: ctx.actor.id })
}

/** Imports of one firm, and their reverts, work one after the other. */
export const lockImports = (db: TenantDb) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`deal-import/${db.tenantId}`}, 0))`)

/**
 * Foreign keys are checked row by row with plans that Postgres keeps for the life of a connection. One that was made
 * while a table was nearly empty reads the whole table for each row: 20,000 rows took 34 s instead of one. So they are
 * made anew, with an index; the settings end with the transaction.
 */
export async function planForManyRows(db: TenantDb): Promise<void> {
  await db.execute(sql`discard plans`)
  await db.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('work_mem', '64MB', true)`)
}

async function report({ job, file }: Reading): Promise<ImportReport> {
  const { db } = job.ctx
  const related = await countRelated(db, file.kind)
  const keys = updateKeysOf(file.kind, file.start.mapping)
  return { updateKeys: keys, ...related, duplicates: await findLookAlikes(db, file.kind), revert: null }
}

/** Reads, stages, plans and applies; inside the transaction that also says that the job is done. */
async function bringIn(reading: Reading, maxRows: number) {
  const { job, file, counts, rejected } = reading
  const { ctx, data } = job
  const { kind, start } = file
  const { db } = ctx
  const rules = { kind, ...start, ownerIds: await readOwnerIds(db), customFields: await usedFields(db, file) }
  await stageRows(db, kind, goodRows(reading, rules, maxRows))
  await lockImports(db)
  await planForManyRows(db)
  await planRows(db, kind, {
    lossUnexplained: start.lostReason ? null : lossUnexplained(file.preview.headers, start.mapping),
  })
  await rejectRefused(reading)
  const rejectedFileId = await storeRejected(ctx, file, rejected)
  const { refused, ...planned } = await countPlan(db)
  await job.progress({
    done: file.sizeBytes - 1,
    total: file.sizeBytes,
    step: `Merging ${counts.read - counts.rejected - refused} rows`,
  })
  job.signal.throwIfAborted()
  const told = await report(reading)
  const { importId } = data
  if (!start.dryRun) {
    await applyPlan(db, kind, {
      importId,
      currency: file.currency,
      lostReason: start.lostReason ?? null,
      actorId: ctx.actor.id,
      now: ctx.now(),
    })
    dealsChanged(ctx)
  }
  const result = {
    rowsRead: counts.read,
    rowsRejected: counts.rejected + refused,
    rowsCreated: planned.created,
    rowsUpdated: planned.updated,
    rowsUnchanged: planned.unchanged,
  }
  const changes = { ...result, report: told, ...(rejectedFileId ? { rejectedFileId } : {}), finishedAt: ctx.now() }
  if (!(await advanceImport(ctx, importId, { from: ['RUNNING'], to: 'SUCCEEDED', changes })))
    throw new ImportCancelled()
  const after = { ...result, kind, dryRun: start.dryRun }
  audit(ctx, { action: 'deal_import.succeeded', subject: 'deal_import', subjectId: importId, after })
  return result
}

/** The firm's own fields that a column is mapped to. */
async function usedFields(db: TenantDb, { kind, start }: Reading['file']) {
  const fields = await readCustomFields(db, kind)
  return fields.filter(({ key }) => start.mapping.includes(`custom.${key}`))
}

/** Job: brings a file in, whole or not at all. A crash in the middle leaves nothing; the next run does it once. */
export async function runDealImport(job: RunJob, { storage, maxRows }: ImportResources): Promise<Committed> {
  const { ctx, data } = job
  const begun = await job.step(() => advanceImport(ctx, data.importId, { from: ['QUEUED', 'RUNNING'], to: 'RUNNING' }))
  const file = await findImportFile(ctx.db, data.importId)
  if (!begun || !file?.preview || !file.start) return job.commit(async () => ({ state: file?.state ?? 'GONE' }))
  const { preview, start } = file
  const place = { tenantId: ctx.tenantId, now: ctx.now(), headers: preview.headers, delimiter: preview.delimiter }
  const rejected = createRejectedRows(storage, place)
  const counts = { read: 0, rejected: 0 }
  const reading: Reading = { job, file: { ...file, preview, start }, rejected, counts, storage }
  try {
    return await job.commit(() => bringIn(reading, maxRows))
  } catch (error) {
    await rejected.discard()
    if (error instanceof ImportCancelled) return job.commit(async () => ({ state: 'CANCELLED' }))
    if (!(error instanceof FileRefused)) throw error
    return job.commit(() => failDealImport(ctx, data.importId, { message: error.message, line: error.line }))
  }
}
