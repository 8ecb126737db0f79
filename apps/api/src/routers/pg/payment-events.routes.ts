import { paymentEventReceived, paymentProviderParam } from '@throughline/contracts'
import { platformCtx, systemActor } from '@throughline/db'
import { receivePaymentEvent } from '@throughline/funds'
import { newTraceparent } from '@throughline/telemetry'
import * as z from 'zod'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

const bodyLimitBytes = 256 * 1024
const nothing = Buffer.alloc(0)

const rawEvent = z.instanceof(Buffer).nullish().meta({
  description:
    'A JSON event, `{id, type, data: {id, amount, currency, reference, metadata: {tenantId}}}`, signed as its bytes are: Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or `t=…,v1=…` in the header of the gateway.',
})

/** What payment gateways tell us. Registered in a scope of its own, whose bodies are left as they came. */
export function registerPaymentEventRoutes(app: TypedApp, { config, database }: Resources): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/:provider',
    {
      bodyLimit: bodyLimitBytes,
      config: {
        because: 'a gateway proves itself by its signature; the unique event id is what makes it happen once',
        idempotency: 'none',
        // All of a gateway's deliveries come from few addresses, and after an outage all at once.
        limit: { name: 'payments', perMinute: config.rateLimits.perMinute * 10 },
      },
      schema: {
        tags: ['pg'],
        summary: 'Receive an event of a payment gateway',
        security: [],
        consumes: ['application/json'],
        params: paymentProviderParam,
        body: rawEvent,
        response: { 202: paymentEventReceived, ...refusals },
      },
    },
    async (request, reply) => {
      const { id: requestId, ip: address, log, headers } = request
      const platform = platformCtx(database, {
        actor: systemActor,
        requestId,
        address,
        traceparent: newTraceparent(),
        log,
      })
      const delivery = { provider: request.params.provider, headers, body: request.body ?? nothing }
      await receivePaymentEvent(platform, config.payments.providers, delivery)
      reply.code(202)
      return { received: true as const }
    },
  )
}
