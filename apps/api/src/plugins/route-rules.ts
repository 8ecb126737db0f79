// The API does not start with a route that somebody forgot to guard. One row a rule, each tried in its test.
import type { RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import * as z from 'zod'
import { openPlaces } from './closed-schemas.ts'

export interface RouteRule {
  name: string
  /** What is missing from this route, or nothing. */
  lacks(route: RouteOptions): string | undefined
}

const methodsOf = (route: RouteOptions): string[] => [route.method].flat()
const isChange = (route: RouteOptions): boolean =>
  methodsOf(route).some((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
/** HEAD comes with the options of its GET, and OPTIONS is the answer to a preflight. */
const isMadeByFastify = (route: RouteOptions): boolean =>
  methodsOf(route).every((method) => method === 'HEAD' || method === 'OPTIONS')
const isMultipart = (route: RouteOptions): boolean => route.schema?.consumes?.includes('multipart/form-data') ?? false

/** A part that has no schema takes nothing at all: plugins/input.ts refuses it. */
const openPart = (schema: unknown, place: string): string[] =>
  schema === undefined || schema === null
    ? []
    : schema instanceof z.core.$ZodType
      ? openPlaces(schema, place)
      : [`${place} is not a zod schema`]

export const routeRules: RouteRule[] = [
  {
    name: 'guard',
    lacks: ({ config }) => (config?.guard ? undefined : 'a guard: register it in a router of routers/index.ts'),
  },
  {
    name: 'a reason to be public',
    lacks: ({ config }) =>
      config?.guard === 'public' && !config.because ? '`config.because`: why anybody may call it' : undefined,
  },
  {
    name: 'permission',
    lacks: ({ config }) => (config?.guard === 'public' || config?.permission ? undefined : '`config.permission`'),
  },
  {
    name: 'summary and tag',
    lacks: ({ schema }) =>
      schema?.hide || (schema?.summary && schema.tags?.length) ? undefined : '`schema.summary` and `schema.tags`',
  },
  {
    name: 'schema of params',
    lacks: ({ url, schema }) => (url.includes(':') && !schema?.params ? '`schema.params`' : undefined),
  },
  {
    name: 'schema of the body',
    lacks: (route) =>
      isChange(route) && !methodsOf(route).includes('DELETE') && !route.schema?.body && !isMultipart(route)
        ? '`schema.body` (noBody when it takes none)'
        : undefined,
  },
  {
    name: 'closed schemas',
    lacks: ({ schema }) => {
      const open = [...openPart(schema?.body, 'body'), ...openPart(schema?.querystring, 'query')]
      return open.length > 0 ? `closed schemas (z.strictObject): ${open.join(', ')}` : undefined
    },
  },
  {
    name: 'schema of the answers',
    lacks: ({ schema }) => {
      const answers = Object.keys(schema?.response ?? {})
      if (schema?.hide || ['4xx', '5xx'].every((range) => answers.includes(range))) return undefined
      return '`schema.response`, with the refusals of typed.ts'
    },
  },
  {
    name: 'idempotency',
    lacks: (route) => {
      if (!isChange(route)) return undefined
      const { idempotency, because } = route.config ?? {}
      if (isMultipart(route) && idempotency !== 'after-upload')
        return "`config.idempotency: 'after-upload'`: it streams"
      return idempotency === 'none' && !because ? '`config.because`: why it needs no idempotency' : undefined
    },
  },
]

/** Everything that is missing, in words; empty when the route may be served. */
export const shortcomings = (route: RouteOptions): string[] =>
  routeRules.flatMap((rule) => {
    const lacking = rule.lacks(route)
    return lacking ? [`${methodsOf(route)} ${route.url} lacks ${lacking}`] : []
  })

export const routeCheck = fp(
  async (app) => {
    const routes: RouteOptions[] = []
    app.addHook('onRoute', (route) => void routes.push(route))
    app.addHook('onReady', async () => {
      const missing = routes
        .filter((route) => !isMadeByFastify(route) && !route.config?.servedByLibrary)
        .flatMap(shortcomings)
      if (missing.length > 0)
        throw new Error(`the API does not start:\n${missing.map((line) => `  - ${line}`).join('\n')}`)
    })
    app.decorate('knownRoutes', routes)
  },
  { name: 'route-check' },
)

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route as it was registered, for the check, the permission matrix and the tests. */
    knownRoutes: RouteOptions[]
  }
  interface FastifyContextConfig {
    /** A page of a library (docs, metrics, queue console); listed in app.ts, guarded there. */
    servedByLibrary?: boolean
  }
  interface FastifySchema {
    hide?: boolean
    summary?: string
    description?: string
    tags?: readonly string[]
    consumes?: readonly string[]
  }
}
