// What people do with files of a fund: bring one, have it read otherwise, commit it, look at it.
import { audit, insertFile, type NewFile } from '@throughline/accounts'
import {
  AppError,
  type FundImportAccepted,
  type FundImportKind,
  type FundImportOptions,
  type FundImportState,
  type FundImportView,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage, violates } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { fileName } from '@throughline/storage'
import { fundToRead } from '../books/index.ts'
import { refused } from '../refused.ts'
import { commitFundImportJob, inspectFundImportJob } from './fund-imports.jobs.ts'
import {
  changeImport,
  findImport,
  findImports,
  findSameFile,
  type ImportChanges,
  insertImport,
  noteJob,
} from './imports.repo.ts'

/** @throws AppError not_found, also for another tenant's import */
export async function getFundImport(ctx: Ctx, importId: string): Promise<FundImportView> {
  const found = await findImport(ctx.db, importId)
  if (!found) throw new AppError('not_found', { message: 'There is no such import.' })
  return found
}

/** Newest first, without previews. @throws AppError not_found for the fund */
export async function listFundImports(ctx: Ctx, fundId: string, query: PageQuery): Promise<Page<FundImportView>> {
  await fundToRead(ctx, fundId)
  return toPage(await findImports(ctx.db, fundId, query), query.limit, ({ id }) => [id], asIs)
}

/** Puts an import into its next state and says so. @returns whether it was in one of `from` */
export async function advanceImport(
  ctx: Ctx,
  { id, fundId }: { id: string; fundId: string },
  step: { from: readonly FundImportState[]; to: FundImportState; changes?: ImportChanges },
): Promise<boolean> {
  const done = await changeImport(ctx.db, id, step)
  if (done) emit(ctx, 'fund_import.changed', { fundId, importId: id, state: step.to })
  return done
}

type NewImport = Omit<NewFile, 'createdById'> & { kind: FundImportKind; options: FundImportOptions }

/**
 * Takes a file that is in storage already: rows, job, audit and event, or none of them. The very same bytes as those of an
 * import that was committed change nothing; its own storage is then for the caller to clear.
 * @throws AppError not_found for the fund; conflict when it is closed
 */
export function acceptFundImport(ctx: Ctx, fundId: string, file: NewImport): Promise<FundImportAccepted> {
  return ctx.db.transaction(async () => {
    const fund = await fundToRead(ctx, fundId)
    if (fund.state !== 'OPEN') throw new AppError('conflict', { message: 'This fund is closed.' })
    const same = await findSameFile(ctx.db, { fundId, ...file })
    if (same) return { import: await getFundImport(ctx, same), alreadyImported: true }
    const { kind, options, ...stored } = file
    const owned = { ...stored, name: fileName(file.name, 'import.csv'), createdById: ctx.actor.id }
    const fileId = await insertFile(ctx.db, owned)
    const id = await insertImport(ctx, { ...owned, fileId, fundId, kind, options })
    await noteJob(ctx.db, id, await enqueue(ctx, inspectFundImportJob, { importId: id }))
    const { name, sizeBytes, sha256 } = owned
    audit(ctx, {
      action: 'fund_import.created',
      subject: 'fund_import',
      subjectId: id,
      after: { fundId, kind, name, sizeBytes, sha256 },
    })
    emit(ctx, 'fund_import.changed', { fundId, importId: id, state: 'INSPECTING' })
    return { import: await getFundImport(ctx, id), alreadyImported: false }
  })
}

const wrongState = ({ state }: FundImportView) =>
  new AppError('illegal_transition', { message: `This import is ${state.toLowerCase()}.`, details: { state } })

/** Has the file read once more, otherwise. @throws AppError not_found, illegal_transition */
export function inspectAgain(ctx: Ctx, importId: string, options: FundImportOptions): Promise<FundImportView> {
  return ctx.db.transaction(async () => {
    const found = await getFundImport(ctx, importId)
    const step = { from: ['READY', 'REFUSED'], to: 'INSPECTING', changes: { options } } as const
    if (!(await advanceImport(ctx, found, step))) throw wrongState(found)
    await noteJob(ctx.db, importId, await enqueue(ctx, inspectFundImportJob, { importId }))
    return getFundImport(ctx, importId)
  })
}

/**
 * Hands a file that was found good to the workers.
 * @throws AppError not_found; illegal_transition; conflict when the same bytes are committed; unprocessable for another text
 * than the fund's name
 */
export function commitFundImport(
  ctx: Ctx,
  importId: string,
  { confirmation }: { confirmation: string },
): Promise<FundImportView> {
  return ctx.db.transaction(async () => {
    const found = await getFundImport(ctx, importId)
    const fund = await fundToRead(ctx, found.fundId)
    if (confirmation !== fund.name) throw refused(`Type the name of the fund, ${fund.name}, to confirm.`)
    try {
      if (!(await advanceImport(ctx, found, { from: ['READY'], to: 'COMMITTING' }))) throw wrongState(found)
    } catch (error) {
      if (!violates(error, 'fund_imports_once')) throw error
      throw new AppError('conflict', { message: 'The very same file was imported already.' })
    }
    await noteJob(ctx.db, importId, await enqueue(ctx, commitFundImportJob, { importId }))
    audit(ctx, { action: 'fund_import.committed', subject: 'fund_import', subjectId: importId })
    return getFundImport(ctx, importId)
  })
}

/** Ends an import that cannot go on, with words for the person who brought the file. Inside a transaction. */
export async function failFundImport(
  ctx: Ctx,
  importId: string,
  { message, line }: { message: string; line?: number | undefined },
): Promise<void> {
  const found = await findImport(ctx.db, importId)
  if (!found) return
  const error = line === undefined ? { message } : { message, line }
  const step = { from: ['INSPECTING', 'COMMITTING'], to: 'FAILED', changes: { error, finishedAt: ctx.now() } } as const
  if (await advanceImport(ctx, found, step))
    audit(ctx, { action: 'fund_import.failed', subject: 'fund_import', subjectId: importId, after: error })
}
