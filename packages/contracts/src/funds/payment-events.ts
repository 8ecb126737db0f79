import * as z from 'zod'
import { currency, id } from '../common.ts'

export const gatewayPaymentStates = ['PENDING', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'REFUNDED', 'DISPUTED'] as const
export type GatewayPaymentState = (typeof gatewayPaymentStates)[number]

/** What became of an event: see the README of packages/funds/src/payment-events. */
export const paymentEventOutcomes = ['applied', 'stale', 'ignored', 'refused'] as const
export type PaymentEventOutcome = (typeof paymentEventOutcomes)[number]

/** Only the names that the configuration knows exist; every other one is 404. */
export const paymentProviderParam = z.object({ provider: z.string().min(1).max(100) })

/** A gateway's own name for something: visible ASCII, so that it can be kept, logged and compared as it is. */
const gatewayId = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible characters')

/** What any event of a gateway has; enough to store it under its firm. */
export const gatewayEvent = z.object({
  /** The event's own id. A gateway that signs it in a header may leave it out. */
  id: gatewayId.optional(),
  type: gatewayId,
  data: z.object({
    /** The payment that it is about. */
    id: gatewayId.optional().catch(undefined),
    metadata: z
      .object({
        /** The firm that we named when the payment was asked for. */
        tenantId: id.optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  }),
})
export type GatewayEvent = z.infer<typeof gatewayEvent>

/** What an event that moves a payment has besides. */
export const gatewayPaymentEvent = z.object({
  data: z.object({
    id: gatewayId,
    /** In the smallest unit of the currency; an integer that JavaScript keeps exactly. */
    amount: z.int().nonnegative(),
    currency: z.string().toUpperCase().pipe(currency),
    /** What we gave the gateway when the payment was asked for. */
    reference: z
      .string()
      .regex(/^\P{C}{1,200}$/u, 'must be 1 to 200 characters, and none that controls')
      .nullish(),
  }),
})

export const paymentEventReceived = z.object({ received: z.literal(true) }).meta({ id: 'PaymentEventReceived' })
