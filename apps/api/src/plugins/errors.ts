// The one place where an error becomes an answer: every path, also 404, 413 and 429, has the same shape.
import { AppError, type ErrorCode, type ErrorIssue, errorCatalogue } from '@throughline/contracts'
import { NoConnectionError } from '@throughline/db'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { methodsFinder } from './methods.ts'

/** What Fastify and its plugins throw, in our own words. */
const codesOfOthers: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_REQ_FILE_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
}
const codesOfStatus: Record<number, ErrorCode> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'unsupported_media_type',
  408: 'request_timeout',
  413: 'payload_too_large',
  414: 'bad_request',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  431: 'headers_too_large',
  503: 'unavailable',
}

/** The parser of uploads throws errors without a code where the parts are broken, or their boundary is. */
const brokenParts = /unexpected end of multipart data|^Multipart: Boundary|^The needle cannot/i

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'statusCode' in error

/** A caller can read so many; ten thousand bad items need not all be told. */
const maxIssues = 100
const maxPathLength = 200

const isUnknownField = ({ keyword }: FastifySchemaValidationError): boolean => keyword === 'unrecognized_keys'

function issuesOf({ validation, validationContext }: FastifyError): ErrorIssue[] {
  const where = validationContext === 'querystring' ? 'query' : (validationContext ?? 'body')
  const issues = (validation ?? []).flatMap((complaint): ErrorIssue[] => {
    const path = [where, ...complaint.instancePath.split('/').filter(Boolean)]
    if (!isUnknownField(complaint)) return [{ path: path.join('.'), message: complaint.message ?? 'is not valid' }]
    return [complaint.params.keys].flat().map((key) => ({
      path: [...path, String(key)].join('.'),
      message: 'is not known here',
    }))
  })
  return issues.slice(0, maxIssues).map(({ path, message }) => ({ path: path.slice(0, maxPathLength), message }))
}

function refusalOf(error: FastifyError): AppError {
  const code = (error.validation ?? []).every(isUnknownField) ? 'unknown_field' : 'validation_failed'
  return new AppError(code, { details: { issues: issuesOf(error) }, cause: error })
}

/** Any error as one of ours; what nobody foresaw is `internal` and says nothing of itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof NoConnectionError) return new AppError('unavailable', { cause: error })
  if (isFastifyError(error)) {
    if (hasZodFastifySchemaValidationErrors(error)) return refusalOf(error)
    const code = codesOfOthers[error.code] ?? codesOfStatus[error.statusCode ?? 500]
    if (code) return new AppError(code, { cause: error })
  }
  if (error instanceof Error && brokenParts.test(error.message)) return new AppError('bad_request', { cause: error })
  return new AppError('internal', { cause: error })
}

/** The body of a refusal. */
export const errorBodyOf = (error: AppError, requestId: string) => ({
  error: {
    code: error.code,
    message: error.code === 'internal' ? errorCatalogue.internal.message : error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    requestId,
  },
})

/** How long a caller waits before trying again, where that helps. */
const retryAfterSeconds: Partial<Record<ErrorCode, number>> = { request_in_progress: 1, unavailable: 5 }

/** Answers with a refusal, also where a library has an error handler of its own. */
export function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toAppError(error)
  if (known.status >= 500) {
    const what = isResponseSerializationError(error) ? 'the answer does not fit its schema' : 'request failed'
    request.log.error({ err: error }, what)
  }
  const wait = known.retryAfterSeconds ?? retryAfterSeconds[known.code]
  if (wait !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', wait)
  return reply
    .code(known.status)
    .header('x-request-id', request.id)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(errorBodyOf(known, request.id))
}

export const errors = fp(
  async (app) => {
    app.setErrorHandler((error, request, reply) => refuse(error, request, reply))
    const methodsAt = methodsFinder(app.knownRoutes)
    app.setNotFoundHandler((request, reply) => {
      const methods = methodsAt(request.url)
      // A route may say of itself that there is nothing; then its method is not what is wrong.
      if (methods.length === 0 || methods.includes(request.method))
        return refuse(new AppError('not_found', { message: 'There is nothing at this address.' }), request, reply)
      reply.header('allow', methods.join(', '))
      return refuse(new AppError('method_not_allowed'), request, reply)
    })
  },
  { name: 'errors', dependencies: ['limits', 'route-check'] },
)
