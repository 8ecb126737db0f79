import {
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
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { noBody, refusals, type TypedApp } from '../typed.ts'
import { keepUpload } from '../uploads.ts'

const tags = ['deal imports']
const params = idParam('importId')
const uploadQuery = z.strictObject({
  /** `auto` goes straight on with the proposed mapping. */
  start: z.enum(['auto', 'confirmed']).default('confirmed'),
  /** What the rows of the file are. */
  kind: z.enum(recordKinds).default('DEAL'),
})
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
      const { kind, start } = request.query
      return keepUpload(request, reply, { ...resources, fingerprint: [kind] }, async (file) => {
        const accepted = await acceptDealImport(request.ctx, { ...file, kind, start })
        reply.code(202).header('location', `/tenant/v1/deal-imports/${accepted.import.id}`)
        return { answer: accepted, isKept: true }
      })
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
