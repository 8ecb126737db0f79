import {
  dataExportPage,
  dataExportView,
  exportAccepted,
  idParam,
  pageQuery,
  requestExport as requestBody,
} from '@throughline/contracts'
import { getExport, listExports, requestExport } from '@throughline/crm'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['exports']
const params = idParam('exportId')

/** What a view shows, as a file. */
export function registerExportRoutes(app: TypedApp, { config }: Resources): void {
  app.post(
    '/exports',
    {
      config: { permission: 'deal:export' },
      schema: {
        tags,
        summary: 'Ask for what a view shows as a CSV file; one in five minutes',
        body: requestBody,
        response: { 202: exportAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      const accepted = await requestExport(request.ctx, request.body, config.exports)
      reply.code(202).header('location', `/tenant/v1/exports/${accepted.export.id}`)
      return accepted
    },
  )
  app.get(
    '/exports',
    {
      config: { permission: 'deal:export' },
      schema: {
        tags,
        summary: 'One’s own exports, newest first',
        querystring: pageQuery,
        response: { 200: dataExportPage, ...refusals },
      },
    },
    (request) => listExports(request.ctx, request.query),
  )
  app.get(
    '/exports/:exportId',
    {
      config: { permission: 'deal:export' },
      schema: { tags, summary: 'One of one’s own exports', params, response: { 200: dataExportView, ...refusals } },
    },
    (request) => getExport(request.ctx, request.params.exportId),
  )
}
