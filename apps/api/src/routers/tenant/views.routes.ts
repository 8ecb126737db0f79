import {
  createView as createViewBody,
  idParam,
  orderViews as orderViewsBody,
  savedView,
  savedViewList,
  updateView as updateViewBody,
} from '@throughline/contracts'
import { createView, duplicateView, getView, listViews, orderViews, removeView, updateView } from '@throughline/crm'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['views']
const params = idParam('viewId')
/** Whoever reads deals keeps ways of looking at them; sharing is asked for in the service. */
const config = { permission: 'deal:read' } as const

/** Saved views: one's own, and those that others share. */
export function registerViewRoutes(app: TypedApp): void {
  app.get(
    '/views',
    { config, schema: { tags, summary: 'Own and shared views', response: { 200: savedViewList, ...refusals } } },
    async (request) => ({ data: await listViews(request.ctx) }),
  )
  app.post(
    '/views',
    {
      config,
      schema: { tags, summary: 'Save a view', body: createViewBody, response: { 201: savedView, ...refusals } },
    },
    async (request, reply) => {
      reply.code(201)
      return createView(request.ctx, request.body)
    },
  )
  app.put(
    '/views/order',
    {
      config,
      schema: {
        tags,
        summary: 'Put one’s own views into an order',
        body: orderViewsBody,
        response: { 200: savedViewList, ...refusals },
      },
    },
    async (request) => ({ data: await orderViews(request.ctx, request.body.ids) }),
  )
  app.get(
    '/views/:viewId',
    {
      config,
      schema: {
        tags,
        summary: 'A view, with what of it can still be opened',
        params,
        response: { 200: savedView, ...refusals },
      },
    },
    (request) => getView(request.ctx, request.params.viewId),
  )
  app.patch(
    '/views/:viewId',
    {
      config,
      schema: {
        tags,
        summary: 'Rename, redefine, share or unshare a view',
        params,
        body: updateViewBody,
        response: { 200: savedView, ...refusals },
      },
    },
    (request) => {
      const version = versionOf(request, request.body.version)
      return updateView(request.ctx, request.params.viewId, { ...request.body, version })
    },
  )
  app.delete(
    '/views/:viewId',
    { config, schema: { tags, summary: 'Delete a view', params, response: { 204: noContent, ...refusals } } },
    async (request, reply) => {
      reply.code(204)
      await removeView(request.ctx, request.params.viewId)
    },
  )
  app.post(
    '/views/:viewId/duplicate',
    {
      config,
      schema: {
        tags,
        summary: 'A copy of one’s own of a view',
        params,
        body: noBody,
        response: { 201: savedView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return duplicateView(request.ctx, request.params.viewId)
    },
  )
}
