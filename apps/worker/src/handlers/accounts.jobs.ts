import {
  type AccountMailTools,
  type accountMailJob,
  exportAudit,
  type exportAuditJob,
  sendAccountMail,
} from '@throughline/accounts'
import type { Handlers } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'

type AccountJobs = { accountMail: typeof accountMailJob; exportAudit: typeof exportAuditJob }

/** Mails about accounts (`util`), and the audit log as a file (`documents`). */
export const accountHandlers = (tools: AccountMailTools & { storage: Storage }): Handlers<AccountJobs> => ({
  accountMail: { run: (job) => sendAccountMail(job, tools) },
  exportAudit: { run: (job) => exportAudit(job, tools) },
})
