import { fundPage, fundView, idParam, listFunds as listFundsQuery } from '@throughline/contracts'
import { getFund, listFunds } from '@throughline/funds'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['funds']
const params = idParam('fundId')

/** What won deals are paid from. */
export function registerFundRoutes(app: TypedApp): void {
  app.get(
    '/funds',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Funds by name, with the totals of their investors',
        querystring: listFundsQuery,
        response: { 200: fundPage, ...refusals },
      },
    },
    (request) => listFunds(request.ctx, request.query),
  )
  app.get(
    '/funds/:fundId',
    {
      config: { permission: 'fund:read' },
      schema: { tags, summary: 'One fund with its terms and totals', params, response: { 200: fundView, ...refusals } },
    },
    async (request, reply) => {
      const fund = await getFund(request.ctx, request.params.fundId)
      reply.header('etag', `"${fund.version}"`)
      return fund
    },
  )
}
