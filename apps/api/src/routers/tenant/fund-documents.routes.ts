import {
  documentsRequested,
  fundDocumentPage,
  fundDocumentQuery,
  fundDocumentView,
  id,
  idParam,
  makeStatements,
  noticeProgress,
} from '@throughline/contracts'
import {
  addFundDocument,
  fundUploadsOf,
  getFundDocument,
  listFundDocuments,
  noticeProgressOf,
  removeFundDocument,
  requestNotices,
  requestStatements,
  resendDocument,
  revokePortalLink,
} from '@throughline/funds'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { noBody, noContent, refusals, type TypedApp } from '../typed.ts'
import { keepUpload } from '../uploads.ts'

const tags = ['fund documents']
const ofFund = idParam('fundId')
const ofCall = idParam('callId')
const ofDocument = idParam('documentId')
const uploadQuery = z.strictObject({ dealId: id.optional() })

/** Notices, statements and uploads of a fund, and the links that investors get to them. */
export function registerFundDocumentRoutes(app: TypedApp, resources: Resources): void {
  app.get(
    '/funds/:fundId/documents',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Documents of a fund, newest first',
        params: ofFund,
        querystring: fundDocumentQuery,
        response: { 200: fundDocumentPage, ...refusals },
      },
    },
    (request) => listFundDocuments(request.ctx, request.params.fundId, request.query),
  )
  app.post(
    '/funds/:fundId/documents',
    {
      config: { permission: 'fund_document:create', idempotency: 'after-upload' },
      schema: {
        tags,
        summary: 'Upload a document to a fund, or to a deal of it',
        consumes: ['multipart/form-data'],
        params: ofFund,
        querystring: uploadQuery,
        response: { 201: fundDocumentView, ...refusals },
      },
    },
    async (request, reply) => {
      const { ctx, params, query } = request
      const upload = {
        ...resources,
        fingerprint: [params.fundId, query.dealId ?? ''],
        accepts: ['pdf', 'png', 'jpeg', 'webp', 'text'] as const,
        place: fundUploadsOf(ctx.tenantId, params.fundId),
      }
      return keepUpload(request, reply, upload, async (file) => {
        const answer = await addFundDocument(ctx, params.fundId, { ...file, dealId: query.dealId ?? null })
        reply.code(201).header('location', `/tenant/v1/fund-documents/${answer.id}`)
        return { answer, isKept: true }
      })
    },
  )
  app.post(
    '/funds/:fundId/statements',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'Make the capital account statements of a quarter; those that would say the same again are not made',
        params: ofFund,
        body: makeStatements,
        response: { 202: documentsRequested, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return requestStatements(request.ctx, request.params.fundId, request.body)
    },
  )
  app.get(
    '/capital-calls/:callId/notices',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'How far the notices of a call are',
        params: ofCall,
        response: { 200: noticeProgress, ...refusals },
      },
    },
    (request) => noticeProgressOf(request.ctx, request.params.callId),
  )
  app.post(
    '/capital-calls/:callId/notices',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'Make the notices of a call that are missing or have failed',
        params: ofCall,
        body: noBody,
        response: { 202: documentsRequested, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return requestNotices(request.ctx, request.params.callId)
    },
  )
  app.get(
    '/fund-documents/:documentId',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'One document, with its links',
        params: ofDocument,
        response: { 200: fundDocumentView, ...refusals },
      },
    },
    (request) => getFundDocument(request.ctx, request.params.documentId),
  )
  app.delete(
    '/fund-documents/:documentId',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'Take away what was uploaded; notices and statements are kept',
        params: ofDocument,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await removeFundDocument(request.ctx, request.params.documentId)
      reply.code(204)
    },
  )
  app.post(
    '/fund-documents/:documentId/send',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'Send a document to the contacts of its investor, with new links',
        params: ofDocument,
        body: noBody,
        response: { 202: documentsRequested, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return resendDocument(request.ctx, request.params.documentId)
    },
  )
  app.post(
    '/portal-links/:linkId/revoke',
    {
      config: { permission: 'fund_document:create' },
      schema: {
        tags,
        summary: 'End a link of an investor',
        params: idParam('linkId'),
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await revokePortalLink(request.ctx, request.params.linkId)
      reply.code(204)
    },
  )
}
