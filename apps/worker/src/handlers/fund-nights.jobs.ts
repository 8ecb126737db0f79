import {
  type callReminderJob,
  failReconciliation,
  reconcileFund,
  type reconcileFundJob,
  rollNav,
  type rollNavJob,
  sendCallReminder,
} from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'
import type { Mailer } from '@throughline/mail'

type FundNightJobs = {
  reconcileFund: typeof reconcileFundJob
  rollNav: typeof rollNavJob
  callReminder: typeof callReminderJob
}

/** What the `util` profile does for funds at night, and on Mondays. */
export const fundNightHandlers = (mailer: Mailer): Handlers<FundNightJobs> => ({
  reconcileFund: { run: reconcileFund, onDead: (ctx, { runId }) => failReconciliation(ctx, runId) },
  rollNav: { run: rollNav },
  callReminder: { run: (job) => sendCallReminder(job, mailer) },
})
