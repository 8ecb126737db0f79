// What no route has to think of: whatever its schemas are, nothing comes in that they do not name, and no text that
// a database could not keep.
import { AppError, type ErrorIssue, isStorableText } from '@throughline/contracts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

const fieldsOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? Object.entries(value) : []

/** Where such text is; the first place is enough. It keeps its own stack: a body may be nested deeper than ours is. */
function unstorableText(where: string, input: unknown): ErrorIssue[] {
  if (input === undefined || input === null) return []
  const rest: [path: string[], value: unknown][] = [[[where], input]]
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [path, value] = next
    if (typeof value === 'string' && !isStorableText(value))
      return [{ path: path.join('.'), message: 'must not contain NUL or half of a surrogate pair' }]
    for (const [name, inner] of fieldsOf(value)) {
      if (!isStorableText(name)) return [{ path: path.join('.'), message: 'has a field whose name is not text' }]
      // A path that is deeper than any schema says enough.
      rest.push([path.length < 8 ? [...path, name] : path, inner])
    }
  }
  return []
}

/** The fields of a part of the request that has no schema at all. */
const unnamed = (where: string, value: unknown): ErrorIssue[] =>
  fieldsOf(value).map(([name]) => ({ path: `${where}.${name}`, message: 'is not known here' }))

function refuseUnnamed({ routeOptions: { schema }, query, body }: FastifyRequest): void {
  const issues = [
    ...(schema?.querystring ? [] : unnamed('query', query)),
    ...(schema?.body || schema?.consumes ? [] : unnamed('body', body)),
  ]
  if (issues.length > 0) throw new AppError('unknown_field', { details: { issues } })
}

export const input = fp(
  async (app) => {
    app.addHook('preValidation', (request, _reply, done) => {
      if (request.is404) return done()
      const { params, query, body, routeOptions } = request
      const issues = [
        ...unstorableText('params', params),
        ...unstorableText('query', query),
        ...unstorableText('body', body),
      ]
      if (issues.length > 0) throw new AppError('validation_failed', { details: { issues } })
      if (!routeOptions.config.servedByLibrary) refuseUnnamed(request)
      done()
    })
  },
  { name: 'input' },
)
