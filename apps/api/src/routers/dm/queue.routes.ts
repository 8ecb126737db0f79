import { claimNext, listHistory, listQueue, queueStatistics } from '@throughline/content'
import { claimed, decidedPage, pageQuery, queuePage, queueStatistics as statisticsView } from '@throughline/contracts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['review']

/** The queue that all reviewers share. */
export function registerQueueRoutes(app: TypedApp): void {
  app.get(
    '/queue',
    {
      config: { permission: 'review:read' },
      schema: {
        tags,
        summary: 'What waits for a review, oldest first',
        querystring: pageQuery,
        response: { 200: queuePage, ...refusals },
      },
    },
    (request) => listQueue(request.platform, request.query),
  )
  app.get(
    '/queue/statistics',
    {
      config: { permission: 'review:read' },
      schema: {
        tags,
        summary: 'How much waits, and how much this reviewer decided today',
        response: { 200: statisticsView, ...refusals },
      },
    },
    (request) => queueStatistics(request.platform),
  )
  app.post(
    '/queue/next',
    {
      config: {
        permission: 'review:decide',
        idempotency: 'none',
        because: 'a claim that holds is given again, and after a decision the same call must give the next draft',
      },
      schema: {
        tags,
        summary: 'Claim the next draft for five minutes',
        body: noBody,
        response: { 200: claimed, ...refusals },
      },
    },
    async (request) => ({ review: await claimNext(request.platform) }),
  )
  app.get(
    '/history',
    {
      config: { permission: 'review:read' },
      schema: {
        tags,
        summary: 'What this reviewer has decided, newest first',
        querystring: pageQuery,
        response: { 200: decidedPage, ...refusals },
      },
    },
    (request) => listHistory(request.platform, request.query),
  )
}
