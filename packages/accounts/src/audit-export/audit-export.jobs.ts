import { auditFilter, id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/**
 * Writes an audit log, as it is filtered, to a file: in a firm its own; in the platform's scope that of one firm, of the
 * platform, or of all.
 */
export const exportAuditJob = defineJob({
  name: 'documents__audit-export',
  queue: 'documents__exports',
  profile: 'documents',
  payload: z.object({ filter: auditFilter, of: z.union([id, z.literal('all')]).default('all') }),
})
export type AuditExport = z.infer<(typeof exportAuditJob)['payload']>
