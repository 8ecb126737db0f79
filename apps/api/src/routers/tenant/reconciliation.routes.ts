import {
  idParam,
  listReconciliationBreaks,
  pageQuery,
  reconciliationBreakPage,
  reconciliationBreakView,
  reconciliationRunPage,
  reconciliationRunView,
  repairReconciliationBreak,
  startReconciliation,
  updateReconciliationBreak,
} from '@throughline/contracts'
import {
  getReconciliation,
  listBreaks,
  listReconciliations,
  repairBreak,
  requestReconciliation,
  updateBreak,
} from '@throughline/funds'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['reconciliation']
const ofFund = idParam('fundId')
const ofBreak = idParam('breakId')
const ofRun = idParam('reconciliationId')

/** What does not agree in the books of a fund, and who looks after it. */
export function registerReconciliationRoutes(app: TypedApp): void {
  app.get(
    '/funds/:fundId/reconciliations',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Reports, newest first; also those that found nothing',
        params: ofFund,
        querystring: pageQuery,
        response: { 200: reconciliationRunPage, ...refusals },
      },
    },
    (request) => listReconciliations(request.ctx, request.params.fundId, request.query),
  )
  app.post(
    '/funds/:fundId/reconciliations',
    {
      config: { permission: 'fund:update' },
      schema: {
        tags,
        summary: 'Compare the books of a fund now',
        params: ofFund,
        body: startReconciliation,
        response: { 202: reconciliationRunView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return requestReconciliation(request.ctx, request.params.fundId, request.body)
    },
  )
  app.get(
    '/reconciliations/:reconciliationId',
    {
      config: { permission: 'fund:read' },
      schema: { tags, summary: 'One report', params: ofRun, response: { 200: reconciliationRunView, ...refusals } },
    },
    (request) => getReconciliation(request.ctx, request.params.reconciliationId),
  )
  app.get(
    '/funds/:fundId/reconciliation-breaks',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'What does not agree, newest first',
        params: ofFund,
        querystring: listReconciliationBreaks,
        response: { 200: reconciliationBreakPage, ...refusals },
      },
    },
    (request) => listBreaks(request.ctx, request.params.fundId, request.query),
  )
  app.patch(
    '/reconciliation-breaks/:breakId',
    {
      config: { permission: 'fund:update' },
      schema: {
        tags,
        summary: 'Say who looks after a break, and what is known of it',
        params: ofBreak,
        body: updateReconciliationBreak,
        response: { 200: reconciliationBreakView, ...refusals },
      },
    },
    (request) => {
      const { version, ...input } = request.body
      return updateBreak(request.ctx, request.params.breakId, input, versionOf(request, version))
    },
  )
  app.post(
    '/reconciliation-breaks/:breakId/repair',
    {
      config: { permission: 'reconciliation:repair' },
      schema: {
        tags,
        summary: 'Apply the repair that is proposed, as an entry or from the events',
        params: ofBreak,
        body: repairReconciliationBreak,
        response: { 200: reconciliationBreakView, ...refusals },
      },
    },
    (request) => repairBreak(request.ctx, request.params.breakId, request.body),
  )
}
