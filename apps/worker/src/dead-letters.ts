// Who hears of a dead letter: the firm's administrators, in the portal and by mail.
import { accountMailJob, notify } from '@throughline/accounts'
import { type Ctx, platformScope } from '@throughline/db'
import { enqueue } from '@throughline/jobs'

/** The dead letter itself waits in the console. Runs in the transaction that makes it one. */
export async function alertDead(ctx: Ctx, job: { jobId: string; name: string; message: string }): Promise<void> {
  const { jobId, name, message } = job
  // The platform has no members; and a mail about a mail that could not be sent could not be sent either.
  if (ctx.tenantId !== platformScope && name !== accountMailJob.name)
    await enqueue(ctx, accountMailJob, { kind: 'job_dead', name, jobId })
  if (ctx.tenantId === platformScope) return
  await notify(ctx, {
    memberId: null,
    kind: 'job.dead',
    title: 'A background task has failed',
    body: `${name} failed after several attempts: ${message}`,
  })
}
