// What of a request says that it is the same wish as another one.
import { AppError } from '@throughline/contracts'
import type { FastifyRequest } from 'fastify'

const maxKeyLength = 255

/** Object keys in order, so that the same content has the same fingerprint. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

/** Everything that makes two calls the same call. A password may be in it. */
export function contentOf(request: FastifyRequest, parts: readonly string[]): string {
  const { method, routeOptions, params, query, body } = request
  const content = [
    method,
    routeOptions.url,
    params,
    query,
    parts.length > 0 ? parts : body,
    request.headers['if-match'] ?? null,
  ]
  return JSON.stringify(canonical(content))
}

/** The key as it was sent, bare or as a quoted string. @throws AppError bad_request */
export function keyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  const value = String(header)
  const key = value.match(/^"(.*)"$/)?.[1] ?? value
  if (key.length === 0 || key.length > maxKeyLength || !/^[\x21-\x7e]+$/.test(key))
    throw new AppError('bad_request', { message: `An Idempotency-Key has 1 to ${maxKeyLength} visible characters.` })
  return key
}
