import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '@throughline/accounts'
import {
  apiKeyCreated,
  apiKeyList,
  apiKeyView,
  createApiKey as createApiKeyBody,
  idParam,
  rotateApiKey as rotateApiKeyBody,
} from '@throughline/contracts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['api keys']
const params = idParam('apiKeyId')
const config = { permission: 'api_key:manage' } as const

/** Keys for machines. The key itself is in one answer and nowhere else. */
export function registerApiKeyRoutes(app: TypedApp): void {
  app.get(
    '/api-keys',
    { config, schema: { tags, summary: 'Keys, newest first', response: { 200: apiKeyList, ...refusals } } },
    async (request) => ({ data: await listApiKeys(request.ctx) }),
  )
  app.post(
    '/api-keys',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Make a key; it is shown once',
        body: createApiKeyBody,
        response: { 201: apiKeyCreated, ...refusals },
      },
    },
    async (request, reply) => {
      const created = await createApiKey(request.ctx, request.body)
      reply.code(201)
      return created
    },
  )
  app.post(
    '/api-keys/:apiKeyId/rotate',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Make a key that takes over; the old one goes on for the overlap',
        params,
        body: rotateApiKeyBody,
        response: { 201: apiKeyCreated, ...refusals },
      },
    },
    async (request, reply) => {
      const created = await rotateApiKey(request.ctx, request.params.apiKeyId, request.body.overlapHours)
      reply.code(201)
      return created
    },
  )
  app.post(
    '/api-keys/:apiKeyId/revoke',
    {
      config,
      schema: { tags, summary: 'End a key at once', params, body: noBody, response: { 200: apiKeyView, ...refusals } },
    },
    (request) => revokeApiKey(request.ctx, request.params.apiKeyId),
  )
}
