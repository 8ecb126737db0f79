import { pipelineView, type UpdatePipeline } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readPipeline = (signal: AbortSignal) => apiFetch('/tenant/v1/pipeline', { schema: pipelineView, signal })
export const putPipeline = (body: UpdatePipeline) =>
  apiFetch('/tenant/v1/pipeline', { method: 'PUT', body, schema: pipelineView })
