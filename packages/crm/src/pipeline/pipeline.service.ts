import { audit } from '@throughline/accounts'
import { AppError, type PipelineStage, type PipelineView, type UpdatePipeline } from '@throughline/contracts'
import type { Ctx, TenantDb } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { invalid } from '../invalid.ts'
import { dealsChanged } from '../statistics/index.ts'
import { findStages, holdPipeline, type KeptPipeline, writeStages } from './pipeline.repo.ts'
import { pipelineIssues, pipelineOf, rowsOf } from './pipeline.rules.ts'

const toView = ({ rows, changedAt }: KeptPipeline): PipelineView => ({
  stages: pipelineOf(rows),
  changedAt: changedAt?.toISOString() ?? null,
})

/** The five stages as this firm calls, orders and weighs them, for whoever computes with them. One statement. */
export const readPipeline = async (db: TenantDb): Promise<PipelineStage[]> => pipelineOf((await findStages(db)).rows)

/** The five stages as this firm calls, orders and weighs them. */
export const getPipeline = async (ctx: Ctx): Promise<PipelineView> => toView(await findStages(ctx.db))

const isSame = (a: readonly PipelineStage[], b: readonly PipelineStage[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/**
 * Renames, orders and weighs the stages, all at once. Deals stay in the stage where they are.
 * @throws AppError validation_failed; stale_version when somebody else was faster
 */
export const updatePipeline = (ctx: Ctx, { changedAt, ...input }: UpdatePipeline): Promise<PipelineView> =>
  ctx.db.transaction(async () => {
    const issues = pipelineIssues(input)
    if (issues.length > 0) throw invalid(...issues)
    await holdPipeline(ctx.db)
    const before = toView(await findStages(ctx.db))
    if (changedAt !== undefined && changedAt !== before.changedAt) throw new AppError('stale_version')
    const rows = rowsOf(input)
    if (isSame(before.stages, pipelineOf(rows))) return before
    const now = ctx.now()
    await writeStages(ctx.db, rows, now)
    const after = toView({ rows, changedAt: now })
    const [was, is] = [{ stages: before.stages }, { stages: after.stages }]
    audit(ctx, { action: 'pipeline.updated', subject: 'pipeline', subjectId: null, before: was, after: is })
    emit(ctx, 'pipeline.changed', {})
    dealsChanged(ctx)
    return after
  })
