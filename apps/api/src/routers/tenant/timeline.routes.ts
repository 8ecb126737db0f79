import {
  createDealEntry,
  createEntry,
  idParam,
  listTimeline as listTimelineQuery,
  timelineEntry,
  timelinePage,
  updateEntry as updateEntryBody,
} from '@throughline/contracts'
import { addEntry, listTimeline, removeEntry, restoreEntry, updateEntry } from '@throughline/crm'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['timeline']
const params = idParam('entryId')
const dealParams = idParam('dealId')
const companyParams = idParam('companyId')
const contactParams = idParam('contactId')
const pages = { 200: timelinePage, ...refusals }
const added = { 201: timelineEntry, ...refusals }

/** What was said and done about deals, companies and contacts. */
export function registerTimelineRoutes(app: TypedApp): void {
  const querystring = listTimelineQuery
  app.get(
    '/deals/:dealId/timeline',
    {
      config: { permission: 'deal:read' },
      schema: { tags, summary: 'Timeline of a deal', params: dealParams, querystring, response: pages },
    },
    (request) => listTimeline(request.ctx, { kind: 'deal', id: request.params.dealId }, request.query),
  )
  app.get(
    '/companies/:companyId/timeline',
    {
      config: { permission: 'company:read' },
      schema: {
        tags,
        summary: 'Timeline of a company and its deals',
        params: companyParams,
        querystring,
        response: pages,
      },
    },
    (request) => listTimeline(request.ctx, { kind: 'company', id: request.params.companyId }, request.query),
  )
  app.get(
    '/contacts/:contactId/timeline',
    {
      config: { permission: 'contact:read' },
      schema: {
        tags,
        summary: 'Timeline of a contact and their deals',
        params: contactParams,
        querystring,
        response: pages,
      },
    },
    (request) => listTimeline(request.ctx, { kind: 'contact', id: request.params.contactId }, request.query),
  )
  app.post(
    '/deals/:dealId/timeline',
    {
      config: { permission: 'deal:update' },
      schema: {
        tags,
        summary: 'Write on the timeline of a deal',
        params: dealParams,
        body: createDealEntry,
        response: added,
      },
    },
    async (request, reply) => {
      reply.code(201)
      return addEntry(request.ctx, { kind: 'deal', id: request.params.dealId }, request.body)
    },
  )
  app.post(
    '/companies/:companyId/timeline',
    {
      config: { permission: 'company:update' },
      schema: {
        tags,
        summary: 'Write on the timeline of a company',
        params: companyParams,
        body: createEntry,
        response: added,
      },
    },
    async (request, reply) => {
      reply.code(201)
      return addEntry(request.ctx, { kind: 'company', id: request.params.companyId }, request.body)
    },
  )
  app.post(
    '/contacts/:contactId/timeline',
    {
      config: { permission: 'contact:update' },
      schema: {
        tags,
        summary: 'Write on the timeline of a contact',
        params: contactParams,
        body: createEntry,
        response: added,
      },
    },
    async (request, reply) => {
      reply.code(201)
      return addEntry(request.ctx, { kind: 'contact', id: request.params.contactId }, request.body)
    },
  )
  registerEntryRoutes(app)
}

/** One entry, whatever it stands on: the service asks for the permission to change that. */
function registerEntryRoutes(app: TypedApp): void {
  const config = { permission: 'deal:update' } as const
  app.patch(
    '/timeline/:entryId',
    {
      config,
      schema: {
        tags,
        summary: 'Change an entry of a timeline',
        params,
        body: updateEntryBody,
        response: { 200: timelineEntry, ...refusals },
      },
    },
    (request) => {
      const version = versionOf(request, request.body.version)
      return updateEntry(request.ctx, request.params.entryId, { ...request.body, version })
    },
  )
  app.delete(
    '/timeline/:entryId',
    {
      config,
      schema: { tags, summary: 'Remove an entry of a timeline', params, response: { 204: noContent, ...refusals } },
    },
    async (request, reply) => {
      reply.code(204)
      await removeEntry(request.ctx, request.params.entryId)
    },
  )
  app.post(
    '/timeline/:entryId/restore',
    {
      config,
      schema: {
        tags,
        summary: 'Bring a removed entry back',
        params,
        body: noBody,
        response: { 200: timelineEntry, ...refusals },
      },
    },
    (request) => restoreEntry(request.ctx, request.params.entryId),
  )
}
