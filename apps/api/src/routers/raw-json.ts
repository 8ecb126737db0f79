import type { FastifyReply } from 'fastify'

/** Sends what Postgres has built already: parsing and writing it again would cost more than reading it did. */
export const sendJson = (reply: FastifyReply, json: string): FastifyReply =>
  reply
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(json)

/**
 * The answer of a change as the text that Postgres has written. The idempotency plugin stores and sends it as it is; a
 * contract test parses it with the schema of the route, which the compiler cannot do.
 */
export const jsonText = (json: string): never => json as never
