import {
  AppError,
  dealImportPage,
  dealImportView,
  idParam,
  importAccepted,
  pageQuery,
  recordKinds,
  startImport,
} from '@throughline/contracts'
import {
  acceptDealImport,
  cancelDealImport,
  getDealImport,
  listDealImports,
  revertDealImport,
  startDealImport,
} from '@throughline/crm'
import { recogniseUpload, storageKey } from '@throughline/storage'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['deal imports']
const params = idParam('importId')
const uploadQuery = z.strictObject({
  /** `auto` goes straight on with the proposed mapping. */
  start: z.enum(['auto', 'confirmed']).default('confirmed'),
  /** What the rows of the file are. */
  kind: z.enum(recordKinds).default('DEAL'),
})
/** What the parts around a file may take. */
const multipartBytes = 64 * 1024

type UploadResources = Pick<Resources, 'storage' | 'config' | 'log'>

/**
 * Streams the one file of the request to storage.
 * @throws AppError payload_too_large before the body is read, where it says how long it is; unsupported_media_type for
 * what is not text. Nothing is left then
 */
async function storeUpload(request: FastifyRequest, { storage, config }: UploadResources) {
  const { maxBytes } = config.uploads
  const tooLarge = () => new AppError('payload_too_large', { details: { maxBytes } })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + multipartBytes) throw tooLarge()
  // One byte more than is allowed reaches storage, which then refuses: a cut file must not look like a whole one.
  const part = await request.file({ limits: { fileSize: maxBytes + 1 } })
  if (!part) throw new AppError('bad_request', { message: 'The request has no file.' })
  const key = storageKey(request.ctx.tenantId, request.ctx.now())
  try {
    const { body, contentType } = await recogniseUpload(part.file, ['text'])
    const stored = await storage.put(key, body, { contentType, maxBytes })
    return { storageKey: key, name: part.filename, contentType, ...stored }
  } catch (error) {
    // What is still under way is read and dropped. Left unread, it would hold up the next request of this connection.
    request.raw.unpipe().resume()
    throw error
  }
}

/** Deals, companies and contacts from files. */
export function registerDealImportRoutes(app: TypedApp, resources: Resources): void {
  app.post(
    '/deal-imports',
    {
      config: { permission: 'deal:import', idempotency: 'after-upload' },
      schema: {
        tags,
        summary: 'Upload a CSV file of deals, companies or contacts',
        consumes: ['multipart/form-data'],
        querystring: uploadQuery,
        response: { 202: importAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      const file = await storeUpload(request, resources)
      let isKept = false
      try {
        return await request.idempotently(reply, [file.sha256, file.name, request.query.kind], async () => {
          const accepted = await acceptDealImport(request.ctx, { ...file, ...request.query })
          request.ctx.db.afterCommit(() => {
            isKept = true
          })
          reply.code(202).header('location', `/tenant/v1/deal-imports/${accepted.import.id}`)
          return accepted
        })
      } finally {
        // A replay has stored the same bytes again, a failure for nothing.
        if (!isKept) await resources.storage.delete(file.storageKey)
      }
    },
  )
  app.get(
    '/deal-imports',
    {
      config: { permission: 'deal:read' },
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: pageQuery,
        response: { 200: dealImportPage, ...refusals },
      },
    },
    (request) => listDealImports(request.ctx, request.query),
  )
  app.get(
    '/deal-imports/:importId',
    {
      config: { permission: 'deal:read' },
      schema: { tags, summary: 'One import, with its preview', params, response: { 200: dealImportView, ...refusals } },
    },
    (request) => getDealImport(request.ctx, request.params.importId),
  )
  app.post(
    '/deal-imports/:importId/start',
    {
      config: { permission: 'deal:import' },
      schema: {
        tags,
        summary: 'Start an import with this mapping',
        params,
        body: startImport,
        response: { 202: importAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202).header('location', `/tenant/v1/deal-imports/${request.params.importId}`)
      return startDealImport(request.ctx, request.params.importId, request.body)
    },
  )
  app.post(
    '/deal-imports/:importId/cancel',
    {
      config: { permission: 'deal:import' },
      schema: {
        tags,
        summary: 'Cancel an import',
        params,
        body: noBody,
        response: { 200: dealImportView, ...refusals },
      },
    },
    (request) => cancelDealImport(request.ctx, request.params.importId),
  )
  app.post(
    '/deal-imports/:importId/revert',
    {
      config: { permission: 'deal:import' },
      schema: {
        tags,
        summary: 'Take an import back: what it made goes, what it changed becomes what it was',
        params,
        body: noBody,
        response: { 202: importAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202).header('location', `/tenant/v1/deal-imports/${request.params.importId}`)
      return revertDealImport(request.ctx, request.params.importId)
    },
  )
}
