// Job: one mail for each contact who is to be told. Nothing of a marketing kind is in it, and no unsubscribe stops it.
import { hashOf, newSecret } from '@throughline/accounts'
import type { Config } from '@throughline/config'
import type { Committed, RunningJob } from '@throughline/jobs'
import { compose, type Letter, type Mailer } from '@throughline/mail'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { insertLink, type MailRow, noteLine, readMail } from './portal.repo.ts'

export interface DocumentMailTools {
  mailer: Mailer
  portalUrls: Config['portalUrls']
}

/** Long enough for a notice period and the weeks after it. */
const linkDays = 60
const contacts = z.array(z.object({ name: z.string(), email: z.email(), notices: z.boolean() }).partial({ name: true }))

const subjects: Partial<Record<MailRow['kind'], string>> = {
  CALL_NOTICE: 'Capital call notice',
  DISTRIBUTION_NOTICE: 'Distribution notice',
  STATEMENT: 'Capital account statement',
}

function letterOf(
  { kind, fund, firm, investor, dueDate, subject }: MailRow,
  to: string | undefined,
  url: string,
): Letter {
  const what = subjects[kind] ?? 'A document'
  const due = dueDate ? ` It is due on ${dueDate}.` : ''
  return {
    heading: `${what}: ${fund}`,
    paragraphs: [
      `Hello ${to ?? investor},`,
      `${firm} has sent ${investor} a document of ${fund}: ${what.toLowerCase()}${kind === 'STATEMENT' ? ` for ${subject}` : ''}.${due}`,
      'The link shows the document, where to pay to, and what has arrived. You need no account.',
    ],
    action: { label: 'Open the document', url },
    footnote: `The link is for you alone and works for ${linkDays} days. Bank details are never changed by mail: call ${firm} before you pay to another account.`,
  }
}

/** Sends the mails of a document, each with a link of its own. */
export async function sendDocumentMail(
  job: RunningJob<{ documentId: string }>,
  { mailer, portalUrls }: DocumentMailTools,
): Promise<Committed> {
  const { ctx, data, jobId } = job
  const mail = await readMail(ctx.db, data.documentId)
  const told = mail ? contacts.parse(mail.contacts).filter(({ notices }) => notices) : []
  if (!mail) return job.commit(async () => ({ sent: 0 }))
  for (const [index, { name, email }] of told.entries()) {
    const token = newSecret()
    const { documentId, fundId, investorId, lineId } = mail
    const expiresAt = new Date(ctx.now().getTime() + linkDays * 86_400_000)
    const link = { documentId, fundId, investorId, lineId, tokenHash: hashOf(token), sentTo: email, expiresAt }
    await job.step(() => insertLink(ctx.db, link, ctx.now()))
    // Behind the `#`: browsers do not send that part, so no server or proxy logs it.
    const letter = letterOf(mail, name, `${new URL('/i', portalUrls.dashboard).href}#token=${token}`)
    await mailer.send({ id: `${jobId}-${index}`, to: email, subject: letter.heading, ...compose(letter) })
  }
  return job.commit(async () => {
    if (mail.lineId && told.length > 0) await noteLine(ctx.db, mail.lineId, 'notified', ctx.now())
    emit(ctx, 'fund_document.changed', { fundId: mail.fundId, documentId: mail.documentId, state: 'READY' })
    return { sent: told.length }
  })
}
