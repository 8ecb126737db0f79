import { listAudit, readSeals, requestAuditExport, verifyChain } from '@throughline/accounts'
import {
  auditExport,
  auditExportAccepted,
  auditPage,
  auditVerification,
  listAudit as listAuditQuery,
} from '@throughline/contracts'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['audit']
const config = { permission: 'audit:read' } as const
/** Each verification reads a whole chain and every seal there is. */
const verificationsPerMinute = 10

/** What was done in the firm, by whom. */
export function registerAuditRoutes(app: TypedApp, { database, storage }: Resources): void {
  app.get(
    '/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Audit log, newest first',
        querystring: listAuditQuery,
        response: { 200: auditPage, ...refusals },
      },
    },
    (request) => listAudit(request.ctx, request.query),
  )
  app.post(
    '/audit/exports',
    {
      config,
      schema: {
        tags,
        summary: 'Write the audit log, as it is filtered, to a file; a notification leads to it',
        body: auditExport,
        response: { 202: auditExportAccepted, ...refusals },
      },
    },
    async (request, reply) => {
      const jobId = await requestAuditExport(request.ctx, request.body)
      reply.code(202).header('location', `/tenant/v1/jobs/${jobId}`)
      return { jobId }
    },
  )
  app.get(
    '/audit/verification',
    {
      config: { ...config, limit: { name: 'audit-verification', perMinute: verificationsPerMinute } },
      schema: {
        tags,
        summary: 'Whether the chain of the log holds, and against its seals',
        response: { 200: auditVerification, ...refusals },
      },
    },
    async ({ ctx }) => verifyChain(ctx.db, ctx.tenantId, await readSeals(database.platform, storage)),
  )
}
