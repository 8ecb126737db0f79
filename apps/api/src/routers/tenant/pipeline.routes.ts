import { pipelineView, updatePipeline as updatePipelineBody } from '@throughline/contracts'
import { getPipeline, updatePipeline } from '@throughline/crm'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['pipeline']

/** What the firm calls the stages, how it orders them, and what they count. */
export function registerPipelineRoutes(app: TypedApp): void {
  app.get(
    '/pipeline',
    {
      config: { permission: 'deal:read' },
      schema: { tags, summary: 'Stages of the pipeline', response: { 200: pipelineView, ...refusals } },
    },
    (request) => getPipeline(request.ctx),
  )
  app.put(
    '/pipeline',
    {
      config: { permission: 'settings:update' },
      schema: {
        tags,
        summary: 'Rename, order and weigh the stages',
        body: updatePipelineBody,
        response: { 200: pipelineView, ...refusals },
      },
    },
    (request) => updatePipeline(request.ctx, request.body),
  )
}
