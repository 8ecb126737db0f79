import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Takes a stored event of a gateway to the payment that it is about. */
export const applyPaymentEventJob = defineJob({
  name: 'util__payment-event',
  queue: 'util__payment-events',
  profile: 'util',
  payload: z.object({ provider: z.string().max(40), eventId: z.string().max(255) }),
})
export type ApplyPaymentEventPayload = z.infer<(typeof applyPaymentEventJob)['payload']>
