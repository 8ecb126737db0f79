import { dealDocuments, dealSummaryRequested, dealSummaryView, idParam } from '@throughline/contracts'
import { getDealSummary, listDealDocuments, requestDealSummary } from '@throughline/funds'
import type { Resources } from '../../resources.ts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['deal documents']
const params = idParam('dealId')

/** Documents of a deal, and the summary of them. */
export function registerDealSummaryRoutes(app: TypedApp, { config }: Pick<Resources, 'config'>): void {
  const { provider, model = null } = config.ai
  const writer = { provider, model: provider === 'offline' ? null : model }
  app.get(
    '/deals/:dealId/documents',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'What was uploaded to a deal, in all funds, newest first',
        params,
        response: { 200: dealDocuments, ...refusals },
      },
    },
    (request) => listDealDocuments(request.ctx, request.params.dealId),
  )
  app.get(
    '/deals/:dealId/summary',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'The last summary of a deal’s documents, with the passages that it cites',
        params,
        response: { 200: dealSummaryView, ...refusals },
      },
    },
    (request) => getDealSummary(request.ctx, request.params.dealId, writer),
  )
  app.post(
    '/deals/:dealId/summary',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'Ask for a summary of a deal’s documents; of the same documents there is one',
        params,
        body: noBody,
        response: { 202: dealSummaryRequested, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return requestDealSummary(request.ctx, request.params.dealId, writer)
    },
  )
}
