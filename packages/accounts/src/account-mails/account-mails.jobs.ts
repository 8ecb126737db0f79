import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/**
 * A mail about somebody's account. The link in it is made when it is sent, so that no job, row or log holds one; a
 * retry makes a new link, and the earlier one is void.
 */
export const accountMailJob = defineJob({
  name: 'util__account-mail',
  queue: 'util__mail',
  profile: 'util',
  attempts: 6,
  concurrency: 4,
  payload: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['verify_email', 'already_registered', 'password_changed']), userId: id }),
    // Nobody has this address: the job does nothing, and asking took as long as it takes for somebody.
    z.object({ kind: z.literal('password_reset'), userId: id.nullable() }),
    z.object({ kind: z.literal('second_factor_changed'), userId: id, enabled: z.boolean() }),
    z.object({ kind: z.literal('invitation'), invitationId: id }),
    z.object({ kind: z.literal('export_ready'), userId: id, exportId: id }),
    z.object({ kind: z.literal('job_dead'), name: z.string(), jobId: id }),
    z.object({ kind: z.literal('night_missed'), fundName: z.string(), fundId: id, day: z.string() }),
    z.object({ kind: z.literal('webhook_disabled'), host: z.string(), why: z.string() }),
  ]),
})
export type AccountMail = z.infer<(typeof accountMailJob)['payload']>
