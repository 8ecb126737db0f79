import { applyPaymentEvent, type applyPaymentEventJob } from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'

/** What the `util` profile does for the fund desk. */
export const paymentEventHandlers: Handlers<{ applyPaymentEvent: typeof applyPaymentEventJob }> = {
  applyPaymentEvent: { run: applyPaymentEvent },
}
