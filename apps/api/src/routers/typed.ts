import { AppError, errorBody } from '@throughline/contracts'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import * as z from 'zod'

/** What a `register…Routes(app)` takes: handlers are typed by the schemas of their route. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** For changes that take nothing but their address. */
export const noBody = z.union([z.null(), z.undefined(), z.strictObject({})])
/** 204. */
export const noContent = z.undefined().describe('Done; there is nothing to tell.')

/** The answers of a route beside its own: every refusal has the same shape. */
export const refusals = { '4xx': errorBody, '5xx': errorBody } as const

const etag = /^(?:W\/)?"(\d{1,9})"$/

/** The version that an edit was made on: from `If-Match: "3"` or the body. @throws AppError bad_request */
export function versionOf(request: FastifyRequest, inBody: number | undefined): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return inBody
  const version = header.match(etag)?.[1]
  if (version === undefined)
    throw new AppError('bad_request', { message: 'If-Match is a version in quotes, like "3".' })
  return Number(version)
}
