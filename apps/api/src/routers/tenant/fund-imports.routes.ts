import {
  commitFundImport as commitFundImportBody,
  fundImportAccepted,
  fundImportOptions,
  fundImportPage,
  fundImportView,
  idParam,
  listFundImports as listFundImportsQuery,
  uploadFundImportQuery,
} from '@throughline/contracts'
import { acceptFundImport, commitFundImport, getFundImport, inspectAgain, listFundImports } from '@throughline/funds'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'
import { keepUpload } from '../uploads.ts'

const tags = ['fund imports']
const ofFund = idParam('fundId')
const params = idParam('fundImportId')

/** Commitments, allocations, bank receipts and marks of a fund, from files. */
export function registerFundImportRoutes(app: TypedApp, resources: Resources): void {
  app.post(
    '/funds/:fundId/imports',
    {
      config: { permission: 'fund:update', idempotency: 'after-upload' },
      schema: {
        tags,
        summary: 'Upload a CSV file; a file that was committed before changes nothing',
        consumes: ['multipart/form-data'],
        params: ofFund,
        querystring: uploadFundImportQuery,
        response: { 202: fundImportAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      const { fundId } = request.params
      const { kind, ...wished } = request.query
      const options = fundImportOptions.parse(wished)
      const fingerprint = [fundId, kind, JSON.stringify(options)]
      return keepUpload(request, reply, { ...resources, fingerprint }, async (file) => {
        const answer = await acceptFundImport(request.ctx, fundId, { ...file, kind, options })
        reply.code(202).header('location', `/tenant/v1/fund-imports/${answer.import.id}`)
        return { answer, isKept: !answer.alreadyImported }
      })
    },
  )
  app.get(
    '/funds/:fundId/imports',
    {
      config: { permission: 'fund:read' },
      schema: {
        tags,
        summary: 'Files of a fund, newest first',
        params: ofFund,
        querystring: listFundImportsQuery,
        response: { 200: fundImportPage, ...refusals },
      },
    },
    (request) => listFundImports(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/fund-imports/:fundImportId',
    {
      config: { permission: 'fund:read' },
      schema: { tags, summary: 'One file, with its preview', params, response: { 200: fundImportView, ...refusals } },
    },
    (request) => getFundImport(request.ctx, request.params.fundImportId),
  )
  app.post(
    '/fund-imports/:fundImportId/inspect',
    {
      config: { permission: 'fund:update' },
      schema: {
        tags,
        summary: 'Read the file once more, with other options',
        params,
        body: fundImportOptions,
        response: { 202: fundImportView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return inspectAgain(request.ctx, request.params.fundImportId, request.body)
    },
  )
  app.post(
    '/fund-imports/:fundImportId/commit',
    {
      config: { permission: 'fund_import:commit' },
      schema: {
        tags,
        summary: 'Do what the file says: all of it, or nothing',
        params,
        body: commitFundImportBody,
        response: { 202: fundImportView, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return commitFundImport(request.ctx, request.params.fundImportId, request.body)
    },
  )
}
