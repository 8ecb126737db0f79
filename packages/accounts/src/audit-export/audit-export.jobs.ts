import { auditFilter } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Writes the audit log of a firm, as it is filtered, to a file. */
export const exportAuditJob = defineJob({
  name: 'documents__audit-export',
  queue: 'documents__exports',
  profile: 'documents',
  payload: z.object({ filter: auditFilter }),
})
