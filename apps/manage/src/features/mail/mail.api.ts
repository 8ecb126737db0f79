import { mailSummary, mailView, pageOf } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const mailPage = pageOf(mailSummary)

export const readMails = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/admin/v1/mails${queryString({ cursor, limit: 50 })}`, { schema: mailPage, signal })
export const readMail = (mailId: string, signal: AbortSignal) =>
  apiFetch(`/admin/v1/mails/${encodeURIComponent(mailId)}`, { schema: mailView, signal })
