import {
  boardQuery,
  createDeal as createDealBody,
  dealBoard as dealBoardView,
  dealCalendar as dealCalendarView,
  dealDetail,
  dealFilter,
  dealPage,
  dealView,
  idParam,
  listDeals as listDealsQuery,
  moveDeal as moveDealBody,
  updateDeal as updateDealBody,
} from '@throughline/contracts'
import {
  createDeal,
  dealBoard,
  dealCalendar,
  deleteDeal,
  getDeal,
  listDeals,
  moveDeal,
  restoreDeal,
  updateDeal,
} from '@throughline/crm'
import type { FastifyReply } from 'fastify'
import { jsonText, sendJson } from '../raw-json.ts'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['deals']
const params = idParam('dealId')

/** The deal that a change leaves, with its version. */
function changed(reply: FastifyReply, { json, version }: { json: string; version: number }): never {
  reply.header('etag', `"${version}"`)
  return jsonText(json)
}

/** What is read of the pipeline: list, board, calendar, and one deal. */
function registerDealReads(app: TypedApp): void {
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
    '/deals/calendar',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Deals by the day on which they are expected to close',
        querystring: dealFilter,
        response: { 200: dealCalendarView, ...refusals },
      },
    },
    async (request, reply) => sendJson(reply, await dealCalendar(request.ctx, request.query)),
  )
  app.get(
    '/deals/:dealId',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'One deal, with its people, history and what its score is made of',
        params,
        response: { 200: dealDetail, ...refusals },
      },
    },
    async (request, reply) => {
      const { json, version } = await getDeal(request.ctx, request.params.dealId)
      return sendJson(reply.header('etag', `"${version}"`), json)
    },
  )
}

/** What is done to one deal. */
function registerDealWrites(app: TypedApp): void {
  app.post(
    '/deals',
    {
      config: { permission: 'deal:create' },
      schema: { tags, summary: 'Create a deal', body: createDealBody, response: { 201: dealView, ...refusals } },
    },
    async (request, reply) => {
      const deal = await createDeal(request.ctx, request.body)
      reply.code(201).header('location', `/tenant/v1/deals/${deal.id}`)
      return changed(reply, deal)
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
      return changed(reply, await updateDeal(request.ctx, request.params.dealId, { ...request.body, version }))
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
      return changed(reply, await moveDeal(request.ctx, request.params.dealId, { ...request.body, version }))
    },
  )
  app.delete(
    '/deals/:dealId',
    {
      config: { permission: 'deal:delete' },
      schema: {
        tags,
        summary: 'Put a deal into the trash, from where it can be restored',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteDeal(request.ctx, request.params.dealId, versionOf(request, undefined))
      reply.code(204)
    },
  )
  app.post(
    '/deals/:dealId/restore',
    {
      config: { permission: 'deal:delete' },
      schema: {
        tags,
        summary: 'Take a deal out of the trash',
        params,
        body: noBody,
        response: { 200: dealView, ...refusals },
      },
    },
    async (request, reply) => changed(reply, await restoreDeal(request.ctx, request.params.dealId)),
  )
}

/** The pipeline. */
export function registerDealRoutes(app: TypedApp): void {
  registerDealReads(app)
  registerDealWrites(app)
}
