// The one place where an error becomes an answer: every path, also 404, 413 and 429, has the same shape.
import { AppError, type ErrorCode, type ErrorIssue, errorCatalogue } from '@throughline/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'

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
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
}

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'statusCode' in error

function issuesOf(error: FastifyError): ErrorIssue[] {
  if (!hasZodFastifySchemaValidationErrors(error)) return []
  const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  return error.validation.map(({ instancePath, message }) => ({
    path: [where, ...instancePath.split('/').filter(Boolean)].join('.'),
    message: message ?? 'is not valid',
  }))
}

/** Any error as one of ours; what nobody foresaw is `internal` and says nothing of itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isFastifyError(error)) {
    if (hasZodFastifySchemaValidationErrors(error))
      return new AppError('validation_failed', { details: { issues: issuesOf(error) }, cause: error })
    const code = codesOfOthers[error.code] ?? codesOfStatus[error.statusCode ?? 500]
    if (code) return new AppError(code, { cause: error })
  }
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
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(errorBodyOf(known, request.id))
}

export const errors = fp(
  async (app) => {
    app.setErrorHandler((error, request, reply) => refuse(error, request, reply))
    app.setNotFoundHandler((request, reply) =>
      refuse(new AppError('not_found', { message: 'There is nothing at this address.' }), request, reply),
    )
  },
  { name: 'errors', dependencies: ['limits'] },
)
