// Mondays: who looks after funds hears of lines that are not paid, and so do the investors.
import { notify } from '@throughline/accounts'
import { type Ctx, systemActor, tenantCtx } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { compose, type Letter, type Mailer } from '@throughline/mail'
import * as z from 'zod'
import { type Clock, timesByZone } from './begin-nights.ts'
import { remindersOf } from './local-time.rules.ts'
import { callReminderJob } from './nights.jobs.ts'
import { type ReminderFacts, readFirmsIn, readManagers, readReminder, takeReminders } from './nights.repo.ts'

/** Run every few minutes: each line is reminded of once a week. @returns of how many lines */
export async function remindOfOpenLines(clock: Clock): Promise<number> {
  const mondays = new Map<string, string>()
  for (const [zone, local] of await timesByZone(clock)) {
    const monday = remindersOf(local)
    if (monday) mondays.set(zone, monday)
  }
  let reminded = 0
  for (const { id: tenantId, zone } of await readFirmsIn(clock.database.platform, [...mondays.keys()])) {
    const ctx = { ...tenantCtx(clock.database, { tenantId, actor: systemActor, log: clock.log }), now: () => clock.now }
    const monday = mondays.get(zone)
    if (monday) reminded += await ctx.db.transaction(() => remindFirm(ctx, monday))
  }
  return reminded
}

async function remindFirm(ctx: Ctx, monday: string): Promise<number> {
  const lines = await takeReminders(ctx.db, monday)
  if (lines.length === 0) return 0
  const managers = await readManagers(ctx.db)
  for (const own of Map.groupBy(lines, ({ callId }) => callId).values()) {
    const [line] = own
    if (!line) continue
    for (const memberId of managers)
      await notify(ctx, {
        memberId,
        kind: 'capital_call.open_lines',
        title: `${line.callTitle} of ${line.fundName} is not paid by ${own.length === 1 ? 'one investor' : `${own.length} investors`}`,
        body: 'They are reminded by mail.',
        link: `/funds/${line.fundId}/calls/${line.callId}`,
      })
  }
  for (const { lineId } of lines) await enqueue(ctx, callReminderJob, { lineId })
  return lines.length
}

const contacts = z.array(z.object({ name: z.string(), email: z.string(), notices: z.boolean() }).loose())

const letterOf = (facts: ReminderFacts, name: string): Letter => ({
  heading: `${facts.fundName}: a payment is ${facts.overdue ? 'overdue' : 'outstanding'}`,
  paragraphs: [
    `Dear ${name},`,
    `of "${facts.callTitle}" of ${facts.legalName}, ${facts.outstanding} ${facts.currency} of ${facts.investorName} is outstanding. It ${facts.overdue ? 'was' : 'is'} due on ${facts.dueDate}.`,
    `Please pay with the reference ${facts.reference}, to the account in the notice that you have. The account never changes by mail.`,
  ],
  footnote: 'You get this mail because you receive the notices of this investor. If you have paid, please ignore it.',
})

/** Job: the mails of one line, to whoever receives the investor's notices. A second sending carries the same ids. */
export async function sendCallReminder(job: RunningJob<{ lineId: string }>, mailer: Mailer): Promise<Committed> {
  const facts = await readReminder(job.ctx.db, job.data.lineId, job.ctx.now())
  const to = facts ? contacts.parse(facts.contacts).filter(({ notices }) => notices) : []
  for (const [index, { name, email }] of to.entries()) {
    if (!facts) break
    const letter = letterOf(facts, name)
    await mailer.send({ id: `${job.jobId}-${index}`, to: email, subject: letter.heading, ...compose(letter) })
  }
  return job.commit(async () => ({ sent: to.length }))
}
