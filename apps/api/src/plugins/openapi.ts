import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** What a route that streams its upload takes: it has no schema to validate, and the document says it all the same. */
const upload = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
} as const

const transform: typeof jsonSchemaTransform = (document) => {
  const { schema, url } = jsonSchemaTransform(document)
  const isUpload = schema.consumes?.includes('multipart/form-data') === true && schema.body === undefined
  return { schema: isUpload ? { ...schema, body: upload } : schema, url }
}

/** The document is made of the route schemas; `docs/openapi.json` is its committed copy. */
export const openapi = fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Throughline',
          version: '0.1.0',
          description:
            'Content, deals and funds in one thread. Every change takes an `Idempotency-Key`; every list a `cursor`; every refusal has one shape. A field or query parameter that is not described here is refused with 422 `unknown_field`.',
        },
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
            session: { type: 'apiKey', in: 'cookie', name: 'tl_dashboard_access' },
          },
        },
        security: [{ bearer: [] }, { session: [] }],
      },
      hideUntagged: true,
      transform,
      transformObject: jsonSchemaTransformObject,
    })
    app.get(
      '/openapi.json',
      {
        config: { guard: 'public', because: 'describes the API and holds nothing of anybody', servedByLibrary: true },
        schema: { hide: true },
      },
      async (_request, reply) => reply.send(app.swagger()),
    )
  },
  { name: 'openapi' },
)

/** Interactive documentation at /docs, served from here: nothing is loaded from elsewhere. */
export const docs = fp(
  async (app) => {
    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, guard: 'public', because: 'documentation', servedByLibrary: true }
      })
      // The page brings its own inline script and styles.
      scope.addHook('onSend', async (_request, reply) => {
        reply.header(
          'content-security-policy',
          "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'",
        )
      })
      await scope.register(reference, {
        routePrefix: '/docs',
        configuration: { url: '/openapi.json', theme: 'default', withDefaultFonts: false, telemetry: false },
      })
    })
  },
  { name: 'docs' },
)
