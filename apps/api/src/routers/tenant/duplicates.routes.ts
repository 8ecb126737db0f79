import {
  duplicatePage,
  idParam,
  listDuplicates as listDuplicatesQuery,
  mergePreview,
  mergeRecords as mergeRecordsBody,
  mergeView,
  previewMerge as previewMergeQuery,
} from '@throughline/contracts'
import { listDuplicates, mergeRecords, previewMerge, purgeRecord, undoMerge } from '@throughline/crm'
import { noBody, noContent, refusals, type TypedApp } from '../typed.ts'

const tags = ['duplicates']

/** Records that are there twice, and deals that are to be gone for good. */
export function registerDuplicateRoutes(app: TypedApp): void {
  app.get(
    '/duplicates',
    {
      config: { permission: 'record:merge' },
      schema: {
        tags,
        summary: 'Pairs that may be one, newest first; an empty page with a next one has looked through a part',
        querystring: listDuplicatesQuery,
        response: { 200: duplicatePage, ...refusals },
      },
    },
    (request) => listDuplicates(request.ctx, request.query),
  )
  app.get(
    '/merges/preview',
    {
      config: { permission: 'record:merge' },
      schema: {
        tags,
        summary: 'What a merge would leave, field by field, and what it would move',
        querystring: previewMergeQuery,
        response: { 200: mergePreview, ...refusals },
      },
    },
    (request) => previewMerge(request.ctx, request.query),
  )
  app.post(
    '/merges',
    {
      config: { permission: 'record:merge' },
      schema: {
        tags,
        summary: 'Merge one record into another',
        body: mergeRecordsBody,
        response: { 201: mergeView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return mergeRecords(request.ctx, request.body)
    },
  )
  app.post(
    '/merges/:mergeId/undo',
    {
      config: { permission: 'record:merge' },
      schema: {
        tags,
        summary: 'Take a merge back exactly; 409 says what has changed since',
        params: idParam('mergeId'),
        body: noBody,
        response: { 200: mergeView, ...refusals },
      },
    },
    (request) => undoMerge(request.ctx, request.params.mergeId),
  )
  app.post(
    '/deals/:dealId/purge',
    {
      config: { permission: 'record:purge' },
      schema: {
        tags: ['deals'],
        summary: 'Remove a deal from the trash for good',
        params: idParam('dealId'),
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await purgeRecord(request.ctx, 'deal', request.params.dealId)
      reply.code(204)
    },
  )
}
