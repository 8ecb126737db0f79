// What people do with imports: bring a file, correct its mapping, start it, cancel it, look at it.
import { audit, insertFile, type NewFile } from '@throughline/accounts'
import {
  AppError,
  type DealImportView,
  type ImportState,
  instant,
  type Page,
  type PageQuery,
  type RecordKind,
  type StartImport,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { fileName } from '@throughline/storage'
import * as z from 'zod'
import { readCustomFields } from '../custom-fields/index.ts'
import { invalid } from '../invalid.ts'
import { mappingIssues } from './import-mapping.rules.ts'
import { inspectDealImportJob, revertDealImportJob, runDealImportJob } from './imports.jobs.ts'
import {
  changeImport,
  findImport,
  findImports,
  type ImportChanges,
  insertImport,
  lockImport,
  noteJob,
} from './imports.repo.ts'
import { revertDays } from './revert-period.repo.ts'
import { saveSource } from './sources.repo.ts'

export interface AcceptedImport {
  import: DealImportView
  jobId: string
}

/** @throws AppError not_found, also for another tenant's import */
export async function getDealImport(ctx: Ctx, importId: string): Promise<DealImportView> {
  const found = await findImport(ctx.db, importId)
  if (!found) throw new AppError('not_found', { message: 'There is no such import.' })
  return found
}

/** Newest first, without previews. */
export async function listDealImports(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<DealImportView>> {
  const after = cursor ? decodeCursor(cursor, z.tuple([instant, z.uuid()])) : null
  const rows = await findImports(ctx.db, { limit, after })
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id], asIs)
}

const announce = (ctx: Ctx, importId: string, state: ImportState) =>
  emit(ctx, 'deal_import.changed', { importId, state })

/** Takes a file that is in storage already: rows, job, audit and event, or none of them. */
export function acceptDealImport(
  ctx: Ctx,
  { start, kind = 'DEAL', ...file }: Omit<NewFile, 'createdById'> & { start: 'auto' | 'confirmed'; kind?: RecordKind },
): Promise<AcceptedImport> {
  return ctx.db.transaction(async () => {
    const name = fileName(file.name, 'import.csv')
    const owned = { ...file, name, createdById: ctx.actor.id }
    const fileId = await insertFile(ctx.db, owned)
    const importId = await insertImport(ctx.db, { ...owned, fileId, kind })
    const jobId = await enqueue(ctx, inspectDealImportJob, { importId, start })
    await noteJob(ctx.db, importId, jobId)
    const { sizeBytes, sha256 } = file
    const after = { kind, name, sizeBytes, sha256 }
    audit(ctx, { action: 'deal_import.created', subject: 'deal_import', subjectId: importId, after })
    announce(ctx, importId, 'INSPECTING')
    return { import: await getDealImport(ctx, importId), jobId }
  })
}

/** Puts an import into its next state and says so. @returns whether it was in one of `from` */
export async function advanceImport(
  ctx: Ctx,
  importId: string,
  step: { from: readonly ImportState[]; to: ImportState; changes?: ImportChanges },
): Promise<boolean> {
  const done = await changeImport(ctx.db, importId, step)
  if (done) announce(ctx, importId, step.to)
  return done
}

/** Hands an import with a good mapping to the workers. Inside a transaction. @returns the job's id, unless it is not waiting for that */
export async function queueImport(
  ctx: Ctx,
  importId: string,
  start: StartImport,
  sourceId?: string,
): Promise<string | undefined> {
  const changes: ImportChanges = { mapping: start, dryRun: start.dryRun, ...(sourceId ? { sourceId } : {}) }
  if (!(await advanceImport(ctx, importId, { from: ['MAPPING'], to: 'QUEUED', changes }))) return undefined
  const jobId = await enqueue(ctx, runDealImportJob, { importId })
  await noteJob(ctx.db, importId, jobId)
  return jobId
}

const wrongState = (state: ImportState) =>
  new AppError('illegal_transition', { message: `This import is ${state.toLowerCase()}.`, details: { state } })

/** @throws AppError not_found, illegal_transition, validation_failed */
export function startDealImport(ctx: Ctx, importId: string, input: StartImport): Promise<AcceptedImport> {
  return ctx.db.transaction(async () => {
    const { preview, state, kind } = await getDealImport(ctx, importId)
    if (state !== 'MAPPING' || !preview) throw wrongState(state)
    const { headers } = preview
    const own = (await readCustomFields(ctx.db, kind)).map(({ key }) => key)
    const issues = mappingIssues({ kind, headers, own }, input.mapping)
    if (issues.length > 0) throw invalid(...issues)
    const { mapping, options, saveAs } = input
    const sourceId = saveAs ? await saveSource(ctx.db, { kind, name: saveAs, headers, mapping, options }) : undefined
    const jobId = await queueImport(ctx, importId, input, sourceId ?? preview.source?.id)
    if (!jobId) throw wrongState(state)
    audit(ctx, { action: 'deal_import.started', subject: 'deal_import', subjectId: importId, after: input })
    return { import: await getDealImport(ctx, importId), jobId }
  })
}

/** Possible until it has ended; what a running job has done so far is rolled back. @throws AppError not_found, illegal_transition */
export function cancelDealImport(ctx: Ctx, importId: string): Promise<DealImportView> {
  return ctx.db.transaction(async () => {
    const { state } = await getDealImport(ctx, importId)
    const from: ImportState[] = ['INSPECTING', 'MAPPING', 'QUEUED', 'RUNNING']
    const changes = { finishedAt: ctx.now() }
    if (!(await advanceImport(ctx, importId, { from, to: 'CANCELLED', changes }))) throw wrongState(state)
    audit(ctx, {
      action: 'deal_import.cancelled',
      subject: 'deal_import',
      subjectId: importId,
      before: { state },
    })
    return getDealImport(ctx, importId)
  })
}

/** Ends an import that cannot go on, with words for the person who brought the file. Inside a transaction. */
export async function failDealImport(
  ctx: Ctx,
  importId: string,
  { message, line }: { message: string; line?: number },
): Promise<void> {
  const from: ImportState[] = ['INSPECTING', 'QUEUED', 'RUNNING']
  const error = line === undefined ? { message } : { message, line }
  const failed = await advanceImport(ctx, importId, { from, to: 'FAILED', changes: { error, finishedAt: ctx.now() } })
  if (failed) audit(ctx, { action: 'deal_import.failed', subject: 'deal_import', subjectId: importId, after: error })
}

/**
 * Asks for an import to be taken back: what it has changed becomes what it was, what it has made goes, and what has been
 * changed or used since stays and is told of. Possible for `revertDays` after its end.
 * @throws AppError not_found, illegal_transition
 */
export function revertDealImport(ctx: Ctx, importId: string): Promise<AcceptedImport> {
  return ctx.db.transaction(async () => {
    await lockImport(ctx.db, importId)
    const { state, dryRun, reverting, revertibleUntil } = await getDealImport(ctx, importId)
    if (state !== 'SUCCEEDED') throw wrongState(state)
    if (dryRun)
      throw new AppError('illegal_transition', { message: 'A dry run has changed nothing.', details: { state } })
    if (reverting)
      throw new AppError('illegal_transition', { message: 'This import is being reverted.', details: { state } })
    if (revertibleUntil === null)
      throw new AppError('illegal_transition', {
        message: `An import can be reverted for ${revertDays} days, and these are over.`,
        details: { state },
      })
    const jobId = await enqueue(ctx, revertDealImportJob, { importId })
    await noteJob(ctx.db, importId, jobId)
    audit(ctx, { action: 'deal_import.revert_requested', subject: 'deal_import', subjectId: importId })
    announce(ctx, importId, state)
    return { import: await getDealImport(ctx, importId), jobId }
  })
}
