import {
  boardQuery,
  createDeal as createDealBody,
  dealBoard as dealBoardView,
  dealPage,
  dealStatistics as dealStatisticsView,
  dealView,
  idParam,
  listDeals as listDealsQuery,
  moveDeal as moveDealBody,
  updateDeal as updateDealBody,
} from '@throughline/contracts'
import { createDeal, dealBoard, dealStatistics, getDealText, listDeals, moveDeal, updateDeal } from '@throughline/crm'
import { sendJson } from '../raw-json.ts'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['deals']
const params = idParam('dealId')

/** The pipeline: list, board, statistics, and one deal at a time. */
export function registerDealRoutes(app: TypedApp): void {
  app.get(
    '/deals',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Deals, searched, filtered and sorted',
        querystring: listDealsQuery,
        response: { 200: dealPage, ...refusals },
      },
    },
    async (request, reply) => sendJson(reply, await listDeals(request.ctx, request.query)),
  )
  app.get(
    '/deals/board',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Deals by stage, with counts and sums',
        querystring: boardQuery,
        response: { 200: dealBoardView, ...refusals },
      },
    },
    async (request, reply) => sendJson(reply, await dealBoard(request.ctx, request.query)),
  )
  app.get(
    '/deals/statistics',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Counts, sums per currency and win rate',
        response: { 200: dealStatisticsView, ...refusals },
      },
    },
    (request) => dealStatistics(request.ctx),
  )
  app.get(
    '/deals/:dealId',
    {
      config: { permission: 'deal:read' },
      schema: { tags, summary: 'One deal', params, response: { 200: dealView, ...refusals } },
    },
    async (request, reply) => {
      const { text, version } = await getDealText(request.ctx, request.params.dealId)
      return sendJson(reply.header('etag', `"${version}"`), text)
    },
  )
  app.post(
    '/deals',
    {
      config: { permission: 'deal:create' },
      schema: { tags, summary: 'Create a deal', body: createDealBody, response: { 201: dealView, ...refusals } },
    },
    async (request, reply) => {
      const deal = await createDeal(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/deals/${deal.id}`).header('etag', `"${deal.version}"`)
      return deal
    },
  )
  app.patch(
    '/deals/:dealId',
    {
      config: { permission: 'deal:update' },
      schema: {
        tags,
        summary: 'Change a deal',
        params,
        body: updateDealBody,
        response: { 200: dealView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const deal = await updateDeal(request.ctx, request.params.dealId, { ...request.body, version })
      reply.header('etag', `"${deal.version}"`)
      return deal
    },
  )
  app.post(
    '/deals/:dealId/move',
    {
      config: { permission: 'deal:update' },
      schema: {
        tags,
        summary: 'Move a deal to another stage',
        params,
        body: moveDealBody,
        response: { 200: dealView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const deal = await moveDeal(request.ctx, request.params.dealId, { ...request.body, version })
      reply.header('etag', `"${deal.version}"`)
      return deal
    },
  )
}
