import { failReconciliation, reconcileFund, type reconcileFundJob } from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'

/** What the `util` profile does for the books of funds. */
export const reconciliationHandlers: Handlers<{ reconcileFund: typeof reconcileFundJob }> = {
  reconcileFund: { run: reconcileFund, onDead: (ctx, { runId }) => failReconciliation(ctx, runId) },
}
