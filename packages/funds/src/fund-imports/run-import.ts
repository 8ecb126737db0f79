// The two jobs of a file: what is wrong with it, and doing what it says, in one transaction.
import { audit } from '@throughline/accounts'
import { FileRefused } from '@throughline/cells'
import { AppError, type FundImportPreview } from '@throughline/contracts'
import type { Committed, RunningJob } from '@throughline/jobs'
import { fundToRead, holdFund } from '../books/index.ts'
import { applyStaged } from './desks.ts'
import { advanceImport, failFundImport } from './fund-imports.service.ts'
import { findImportFile } from './imports.repo.ts'
import { type FundImportResources, isComplete, type Look, lookAt, type StagedFile, stageFile } from './read-file.ts'

type ImportJob = RunningJob<{ importId: string }>

const noRows = {
  ...{ read: 0, refused: 0, known: 0, sum: '0.00', rows: [] },
  ...{ refusedRows: [], skipped: 0, skippedRows: [] },
} satisfies StagedFile

const previewOf = ({ sample, columns, problem }: Look, staged: StagedFile): FundImportPreview => ({
  encoding: sample.encoding,
  delimiter: sample.delimiter,
  headers: sample.headers,
  fields: columns.fields,
  rows: staged.rows,
  refused: staged.refusedRows,
  skipped: { count: staged.skipped, rows: staged.skippedRows },
  known: staged.known,
  sum: staged.sum,
  problem,
})

/** Job: reads and checks the whole file; changes nothing but what is known of it. */
export async function inspectFundImport(job: ImportJob, resources: FundImportResources): Promise<Committed> {
  const { ctx, data } = job
  const file = await findImportFile(ctx.db, data.importId)
  if (file?.state !== 'INSPECTING') return job.commit(async () => ({ state: file?.state ?? 'GONE' }))
  try {
    const look = await lookAt(file, resources.storage)
    return await job.commit(async () => {
      const fund = await fundToRead(ctx, file.fundId)
      const { options, problem } = look
      const canRead = problem === null && isComplete(options)
      const staged = canRead ? await stageFile({ job, file, fund, resources }, look, options) : noRows
      const to = canRead && staged.refused === 0 ? 'READY' : 'REFUSED'
      const { read: rowsRead, refused: rowsRefused } = staged
      const changes = { options, preview: previewOf(look, staged), rowsRead, rowsRefused }
      await advanceImport(ctx, file, { from: ['INSPECTING'], to, changes })
      return { state: to, rowsRead, rowsRefused }
    })
  } catch (error) {
    // The file is at fault, not the job: trying again would change nothing.
    if (!(error instanceof FileRefused)) throw error
    return job.commit(() => failFundImport(ctx, data.importId, { message: error.message, line: error.line }))
  }
}

/** Job: does what the file says, whole or not at all. It is read anew: meanwhile the books have gone on. */
export async function runFundImport(job: ImportJob, resources: FundImportResources): Promise<Committed> {
  const { ctx, data } = job
  const file = await findImportFile(ctx.db, data.importId)
  if (file?.state !== 'COMMITTING') return job.commit(async () => ({ state: file?.state ?? 'GONE' }))
  try {
    const look = await lookAt(file, resources.storage)
    return await job.commit(async () => {
      const fund = await holdFund(ctx, file.fundId)
      if (look.problem !== null || !isComplete(look.options)) throw new FileRefused('The file cannot be read any more.')
      const staged = await stageFile({ job, file, fund, resources }, look, look.options)
      const [first] = staged.refusedRows
      if (first)
        throw new FileRefused(`Line ${first.line}: ${first.reasons.join(' ')} Nothing was changed.`, first.line)
      await applyStaged(ctx, fund, file)
      const { read: rowsRead, sum } = staged
      await advanceImport(ctx, file, {
        ...{ from: ['COMMITTING'], to: 'COMMITTED' },
        changes: { preview: previewOf(look, staged), rowsRead, rowsRefused: 0, finishedAt: ctx.now() },
      })
      const after = { fundId: fund.id, kind: file.kind, rowsRead, rowsSkipped: staged.skipped, sum }
      audit(ctx, { action: 'fund_import.succeeded', subject: 'fund_import', subjectId: file.id, after })
      return { state: 'COMMITTED', rowsRead }
    })
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return job.commit(() => failFundImport(ctx, data.importId, refusal))
  }
}

/** What a person has to mend: the file, or what the desk says to one of its rows. */
function refusalOf(error: unknown): { message: string; line?: number | undefined } | undefined {
  if (error instanceof FileRefused) return { message: error.message, line: error.line }
  if (error instanceof AppError && error.code !== 'internal')
    return { message: `${error.message} Nothing was changed.` }
  return undefined
}
