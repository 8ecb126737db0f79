import type { Config } from '@throughline/config'
import type { PlatformDb } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { compose, type Letter, type Mailer } from '@throughline/mail'
import { issueLink } from '../links/index.ts'
import type { AccountMail } from './account-mails.jobs.ts'
import { type Recipient, readAdministrators, readOpenInvitation, readRecipient } from './account-mails.repo.ts'
import { letters, type Named } from './letters.ts'

export interface AccountMailTools {
  platform: PlatformDb
  mailer: Mailer
  portalUrls: Config['portalUrls']
}

interface Outgoing {
  to: string
  letter: Letter
}

/** The portal that this person signs in to. */
function homeOf({ platformRole }: Recipient, { portalUrls }: AccountMailTools): string {
  if (platformRole === null) return portalUrls.dashboard
  return platformRole === 'super_admin' ? portalUrls.manage : portalUrls.dm
}

/** The token stands behind the `#`: browsers do not send that part, so no server or proxy logs it. */
const linkTo = (base: string, page: string, token: string): string => `${new URL(page, base).href}#token=${token}`

async function toUser(mail: AccountMail & { userId: string | null }, tools: AccountMailTools): Promise<Outgoing[]> {
  const to = mail.userId ? await readRecipient(tools.platform, mail.userId) : undefined
  if (!to || to.disabled) return []
  const home = homeOf(to, tools)
  const signIn = new URL('/login', home).href
  const issue = (purpose: 'EMAIL_VERIFICATION' | 'PASSWORD_RESET') =>
    issueLink(tools.platform, purpose, { userId: to.id })
  const write = async (): Promise<Letter> => {
    switch (mail.kind) {
      case 'verify_email':
        return letters.verifyEmail(to, linkTo(home, '/verify-email', await issue('EMAIL_VERIFICATION')))
      case 'password_reset':
        return letters.passwordReset(to, linkTo(home, '/reset-password', await issue('PASSWORD_RESET')))
      case 'already_registered':
        return letters.alreadyRegistered(to, signIn)
      case 'password_changed':
        return letters.passwordChanged(to, new URL('/forgot-password', home).href)
      case 'second_factor_changed':
        return letters.secondFactorChanged(to, mail.enabled, new URL('/account', home).href)
      case 'export_ready':
        return letters.exportReady(to, new URL(`/exports/${mail.exportId}`, home).href)
      default:
        throw new Error(`${mail.kind} is not a mail to one person`)
    }
  }
  return [{ to: to.email, letter: await write() }]
}

const forAdministrators = ['job_dead', 'night_missed', 'webhook_disabled'] as const
type ForAdministrators = Extract<AccountMail, { kind: (typeof forAdministrators)[number] }>
const isForAdministrators = (mail: AccountMail): mail is ForAdministrators =>
  forAdministrators.some((kind) => kind === mail.kind)

function toAdministrator(to: Named, mail: ForAdministrators, { portalUrls: { dashboard } }: AccountMailTools): Letter {
  if (mail.kind === 'job_dead') return letters.jobDead(to, mail.name, dashboard)
  if (mail.kind === 'night_missed')
    return letters.nightMissed(to, mail, new URL(`/funds/${mail.fundId}/reconciliation`, dashboard).href)
  return letters.webhookDisabled(to, mail, new URL('/settings/webhooks', dashboard).href)
}

async function outgoing(job: RunningJob<AccountMail>, tools: AccountMailTools): Promise<Outgoing[]> {
  const { data: mail, ctx } = job
  const { tenantId } = ctx
  if (mail.kind === 'invitation') {
    const invitation = await readOpenInvitation(tools.platform, tenantId, mail.invitationId)
    if (!invitation) return []
    const token = await issueLink(tools.platform, 'INVITATION', { tenantId, invitationId: mail.invitationId })
    const url = linkTo(tools.portalUrls.dashboard, '/accept-invitation', token)
    return [{ to: invitation.email, letter: letters.invitation(invitation, url) }]
  }
  if (isForAdministrators(mail)) {
    const administrators = await readAdministrators(tools.platform, tenantId)
    return administrators.map((to) => ({ to: to.email, letter: toAdministrator(to, mail, tools) }))
  }
  return toUser(mail, tools)
}

/** Sends one mail, or as many as there are administrators. A second sending carries the same ids. */
export async function sendAccountMail(job: RunningJob<AccountMail>, tools: AccountMailTools): Promise<Committed> {
  const mails = await outgoing(job, tools)
  for (const [index, { to, letter }] of mails.entries())
    await tools.mailer.send({ id: `${job.jobId}-${index}`, to, subject: letter.heading, ...compose(letter) })
  return job.commit(async () => ({ sent: mails.length }))
}
