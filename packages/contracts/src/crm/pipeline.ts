import * as z from 'zod'
import { instant, line } from '../common.ts'
import { type DealStage, dealStages, openStages } from './deals.ts'

export const stageKinds = ['open', 'won', 'lost'] as const
export type StageKind = (typeof stageKinds)[number]

const percent = z.number().int().min(0).max(100)
const stageName = line(40)

export const pipelineStage = z.object({
  stage: z.enum(dealStages),
  kind: z.enum(stageKinds),
  name: z.string(),
  /** Per cent of its value that a deal in this stage counts in the weighted pipeline; 0 is 0, not "unknown". */
  probability: percent,
})
export type PipelineStage = z.infer<typeof pipelineStage>

/** A firm that has said nothing has these. Won is certain and lost is nothing, whatever anybody says. */
export const defaultPipeline: readonly PipelineStage[] = [
  { stage: 'LEAD', kind: 'open', name: 'Lead', probability: 10 },
  { stage: 'QUALIFIED', kind: 'open', name: 'Qualified', probability: 30 },
  { stage: 'NEGOTIATION', kind: 'open', name: 'Negotiation', probability: 70 },
  { stage: 'CLOSED_WON', kind: 'won', name: 'Won', probability: 100 },
  { stage: 'CLOSED_LOST', kind: 'lost', name: 'Lost', probability: 0 },
] satisfies { stage: DealStage; kind: StageKind; name: string; probability: number }[]

/** The stages in the firm's order: the open ones, then won, then lost. */
export const pipelineView = z
  .object({ stages: z.array(pipelineStage), changedAt: instant.nullable() })
  .meta({ id: 'Pipeline' })
export type PipelineView = z.infer<typeof pipelineView>

/** All of it at once: the open stages in their order, and what won and lost are called. */
export const updatePipeline = z
  .strictObject({
    open: z
      .array(z.strictObject({ stage: z.enum(openStages), name: stageName, probability: percent }))
      .length(openStages.length),
    won: stageName,
    lost: stageName,
    /** The pipeline that was edited; another one by now is not overwritten. */
    changedAt: instant.nullable().optional(),
  })
  .meta({ id: 'UpdatePipeline' })
export type UpdatePipeline = z.infer<typeof updatePipeline>
