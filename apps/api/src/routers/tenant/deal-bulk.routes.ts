import {
  bulkDeleteDeals as bulkDeleteBody,
  bulkResult,
  bulkUpdateDeals as bulkUpdateBody,
  idParam,
} from '@throughline/contracts'
import { bulkDeleteDeals, bulkUpdateDeals, undoBatch } from '@throughline/crm'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['deals']

/** One wish about many deals, and taking it back. */
export function registerDealBulkRoutes(app: TypedApp): void {
  app.post(
    '/deals/bulk',
    {
      config: { permission: 'deal:update' },
      schema: {
        tags,
        summary: 'Change up to 1,000 deals; each is changed or skipped with its reason',
        body: bulkUpdateBody,
        response: { 200: bulkResult, ...refusals },
      },
    },
    (request) => bulkUpdateDeals(request.ctx, request.body),
  )
  app.post(
    '/deals/bulk-delete',
    {
      config: { permission: 'deal:bulk_delete' },
      schema: {
        tags,
        summary: 'Put up to 1,000 deals into the trash',
        body: bulkDeleteBody,
        response: { 200: bulkResult, ...refusals },
      },
    },
    (request) => bulkDeleteDeals(request.ctx, request.body),
  )
  app.post(
    '/deals/batches/:batchId/undo',
    {
      config: { permission: 'deal:update' },
      schema: {
        tags,
        summary: 'Take a wish about many deals back, where nobody has changed them since',
        params: idParam('batchId'),
        body: noBody,
        response: { 200: bulkResult, ...refusals },
      },
    },
    (request) => undoBatch(request.ctx, request.params.batchId),
  )
}
