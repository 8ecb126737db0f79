import { dealStatistics as dealStatisticsView, statisticsQuery } from '@throughline/contracts'
import { dealStatistics } from '@throughline/crm'
import { sendJson } from '../raw-json.ts'
import { refusals, type TypedApp } from '../typed.ts'

/** What a firm knows of its deals in numbers. */
export function registerStatisticsRoutes(app: TypedApp): void {
  app.get(
    '/deals/statistics',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags: ['deals'],
        summary: 'Pipeline, forecast, win rate, conversions and who did it, each with the filter that opens its deals',
        querystring: statisticsQuery,
        response: { 200: dealStatisticsView, ...refusals },
      },
    },
    async (request, reply) => sendJson(reply, await dealStatistics(request.ctx, request.query)),
  )
}
