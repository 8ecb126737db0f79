import {
  getPlatformAuditExport,
  getPlatformAuditFile,
  listPlatformAudit,
  requestPlatformAuditExport,
} from '@throughline/accounts'
import {
  auditExportAccepted,
  auditPage,
  idParam,
  listPlatformAudit as listPlatformAuditQuery,
  platformAuditExport,
  platformAuditExportState,
} from '@throughline/contracts'
import type { Resources } from '../../resources.ts'
import { bytes, sendFile } from '../send-file.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['admin']
const params = idParam('jobId')
const config = { permission: 'platform:read' } as const

/** What was done in all firms and on the platform. */
export function registerPlatformAuditRoutes(app: TypedApp, { storage }: Resources): void {
  app.get(
    '/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Audit log of all firms and of the platform, newest first',
        querystring: listPlatformAuditQuery,
        response: { 200: auditPage, ...refusals },
      },
    },
    (request) => listPlatformAudit(request.platform, request.query),
  )
  app.post(
    '/audit/exports',
    {
      config,
      schema: {
        tags,
        summary: 'Write the audit log, as it is filtered, to a file',
        body: platformAuditExport,
        response: { 202: auditExportAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      const jobId = await requestPlatformAuditExport(request.platform, request.body)
      reply.code(202).header('location', `/admin/v1/audit/exports/${jobId}`)
      return { jobId }
    },
  )
  app.get(
    '/audit/exports/:jobId',
    {
      config,
      schema: {
        tags,
        summary: 'How an export is doing',
        params,
        response: { 200: platformAuditExportState, ...refusals },
      },
    },
    (request) => getPlatformAuditExport(request.platform, request.params.jobId),
  )
  app.get(
    '/audit/exports/:jobId/file',
    { config, schema: { tags, summary: 'The file of an export', params, response: { 200: bytes, ...refusals } } },
    async (request, reply) =>
      sendFile(reply, storage, await getPlatformAuditFile(request.platform, request.params.jobId)),
  )
}
