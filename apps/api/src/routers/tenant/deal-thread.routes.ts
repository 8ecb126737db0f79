import {
  dealThread as dealThreadView,
  idParam,
  pageQuery,
  threadEntriesQuery,
  threadEntryPage,
} from '@throughline/contracts'
import { dealThread, explainThread } from '@throughline/funds'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['figures']
const params = idParam('dealId')
const config = { permission: 'fund:read' } as const

/** The money of a deal, from the day on which it was won. */
export function registerDealThreadRoutes(app: TypedApp): void {
  app.get(
    '/deals/:dealId/thread',
    {
      config,
      schema: {
        tags,
        summary: 'From the won deal to allocation, calls, money received, distributions and value, oldest first',
        params,
        querystring: pageQuery,
        response: { 200: dealThreadView, ...refusals },
      },
    },
    (request) => dealThread(request.ctx, request.params.dealId, request.query),
  )
  app.get(
    '/deals/:dealId/thread/entries',
    {
      config,
      schema: {
        tags,
        summary: 'The entries that a number of the thread consists of, with what each adds to it, newest first',
        params,
        querystring: threadEntriesQuery,
        response: { 200: threadEntryPage, ...refusals },
      },
    },
    (request) => explainThread(request.ctx, request.params.dealId, request.query),
  )
}
