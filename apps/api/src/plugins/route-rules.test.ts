import type { RouteOptions } from 'fastify'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { routeRules, shortcomings } from './route-rules.ts'

const answers = { 200: {}, '4xx': {}, '5xx': {} }
const good: RouteOptions = {
  method: 'POST',
  url: '/deals/:dealId/move',
  handler: () => undefined,
  config: { guard: 'tenant', permission: 'deal:update' },
  schema: { tags: ['deals'], summary: 'Move a deal', params: {}, body: z.strictObject({}), response: answers },
}
const without = (change: Partial<RouteOptions>): RouteOptions => ({ ...good, ...change })

/** One route for each rule that breaks it and no other. */
const bad: Record<string, RouteOptions> = {
  guard: without({ config: { permission: 'deal:update' } }),
  'a reason to be public': without({ config: { guard: 'public' } }),
  permission: without({ config: { guard: 'tenant' } }),
  'summary and tag': without({ schema: { ...good.schema, summary: undefined } }),
  'schema of params': without({ schema: { ...good.schema, params: undefined } }),
  'schema of the body': without({ schema: { ...good.schema, body: undefined } }),
  'closed schemas': without({ schema: { ...good.schema, body: z.strictObject({ inner: z.object({}) }) } }),
  'schema of the answers': without({ schema: { ...good.schema, response: { 200: {} } } }),
  idempotency: without({ config: { ...good.config, idempotency: 'none' } }),
}

describe('a route', () => {
  it('is served when nothing is missing', () => {
    expect(shortcomings(good)).toEqual([])
  })

  it.for(routeRules.map(({ name }) => name))('is not served without %s, and the refusal says so', (name) => {
    const route = bad[name]
    if (!route) throw new Error(`the rule "${name}" has no example that breaks it`)
    expect(shortcomings(route)).toEqual([expect.stringContaining('POST /deals/:dealId/move lacks')])
  })

  it('is not served with an open query either', () => {
    const open = without({ schema: { ...good.schema, querystring: z.object({}) } })
    expect(shortcomings(open)).toEqual([expect.stringContaining('query drops the fields it does not know')])
  })

  it('that streams says that it takes care of repetition itself', () => {
    const upload = without({ schema: { ...good.schema, body: undefined, consumes: ['multipart/form-data'] } })
    expect(shortcomings(upload)).toHaveLength(1)
    expect(shortcomings({ ...upload, config: { ...good.config, idempotency: 'after-upload' } })).toEqual([])
  })
})
