import {
  createWebhook as createWebhookBody,
  idParam,
  listWebhookMessages as listWebhookMessagesQuery,
  replayWebhook as replayWebhookBody,
  rotateWebhookSecret as rotateWebhookSecretBody,
  updateWebhook as updateWebhookBody,
  webhookList,
  webhookMessageDetail,
  webhookMessagePage,
  webhookReplayed,
  webhookTested,
  webhookView,
  webhookWithSecret,
} from '@throughline/contracts'
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  getWebhookMessage,
  listWebhookMessages,
  listWebhooks,
  pauseWebhook,
  replayWebhook,
  replayWebhookMessage,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  type WebhookTools,
} from '@throughline/webhooks'
import type { Resources } from '../../resources.ts'
import { noBody, noContent, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['webhooks']
const params = idParam('webhookId')
const messageParams = params.extend(idParam('messageId').shape)
const config = { permission: 'webhook:manage' } as const

/** Where the firm wants to hear of its events. A secret is in one answer and nowhere else. */
export function registerWebhookRoutes(app: TypedApp, { encryption, config: { outbound } }: Resources): void {
  const tools: WebhookTools = { encryption, outbound }
  registerEndpoints(app, tools)
  registerMessages(app)
}

function registerEndpoints(app: TypedApp, tools: WebhookTools): void {
  app.get(
    '/webhooks',
    { config, schema: { tags, summary: 'Webhooks, oldest first', response: { 200: webhookList, ...refusals } } },
    async (request) => ({ data: await listWebhooks(request.ctx) }),
  )
  app.post(
    '/webhooks',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Make a webhook; its secret is shown once',
        body: createWebhookBody,
        response: { 201: webhookWithSecret, ...refusals },
      },
    },
    async (request, reply) => {
      const created = await createWebhook(request.ctx, tools, request.body)
      reply.code(201)
      return created
    },
  )
  app.get(
    '/webhooks/:webhookId',
    { config, schema: { tags, summary: 'One webhook', params, response: { 200: webhookView, ...refusals } } },
    (request) => getWebhook(request.ctx, request.params.webhookId),
  )
  app.patch(
    '/webhooks/:webhookId',
    {
      config,
      schema: {
        tags,
        summary: 'Change address, description or events',
        params,
        body: updateWebhookBody,
        response: { 200: webhookView, ...refusals },
      },
    },
    (request) =>
      updateWebhook(request.ctx, tools, {
        ...request.body,
        endpointId: request.params.webhookId,
        version: versionOf(request, request.body.version),
      }),
  )
  app.delete(
    '/webhooks/:webhookId',
    {
      config,
      schema: { tags, summary: 'Remove a webhook and its log', params, response: { 204: noContent, ...refusals } },
    },
    async (request, reply) => {
      await deleteWebhook(request.ctx, request.params.webhookId)
      reply.code(204)
    },
  )
  const acts = [
    { act: 'pause', summary: 'Send nothing until it is resumed; what happens meanwhile waits', run: pauseWebhook },
    { act: 'resume', summary: 'Send again, first what waits', run: resumeWebhook },
  ]
  for (const { act, summary, run } of acts)
    app.post(
      `/webhooks/:webhookId/${act}`,
      { config, schema: { tags, summary, params, body: noBody, response: { 200: webhookView, ...refusals } } },
      (request) => run(request.ctx, request.params.webhookId),
    )
  app.post(
    '/webhooks/:webhookId/rotate-secret',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Make a new secret; the old one signs as well for the overlap',
        params,
        body: rotateWebhookSecretBody,
        response: { 200: webhookWithSecret, ...refusals },
      },
    },
    (request) => rotateWebhookSecret(request.ctx, tools, { ...request.body, endpointId: request.params.webhookId }),
  )
  app.post(
    '/webhooks/:webhookId/test',
    {
      config,
      schema: {
        tags,
        summary: 'Send a message that tells of nothing',
        params,
        body: noBody,
        response: { 202: webhookTested, ...refusals },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return { messageId: await testWebhook(request.ctx, request.params.webhookId) }
    },
  )
}

function registerMessages(app: TypedApp): void {
  app.get(
    '/webhooks/:webhookId/messages',
    {
      config,
      schema: {
        tags,
        summary: 'Messages of the last 30 days, newest first',
        params,
        querystring: listWebhookMessagesQuery,
        response: { 200: webhookMessagePage, ...refusals },
      },
    },
    (request) => listWebhookMessages(request.ctx, { ...request.query, endpointId: request.params.webhookId }),
  )
  app.get(
    '/webhooks/:webhookId/messages/:messageId',
    {
      config,
      schema: {
        tags,
        summary: 'One message with every try',
        params: messageParams,
        response: { 200: webhookMessageDetail, ...refusals },
      },
    },
    ({ ctx, params: { webhookId, messageId } }) => getWebhookMessage(ctx, { endpointId: webhookId, messageId }),
  )
  app.post(
    '/webhooks/:webhookId/messages/:messageId/replay',
    {
      config,
      schema: {
        tags,
        summary: 'Send one message again',
        params: messageParams,
        body: noBody,
        response: { 200: webhookMessageDetail, ...refusals },
      },
    },
    ({ ctx, params: { webhookId, messageId } }) => replayWebhookMessage(ctx, { endpointId: webhookId, messageId }),
  )
  app.post(
    '/webhooks/:webhookId/replay',
    {
      config,
      schema: {
        tags,
        summary: 'Send all again since an instant, or what failed of it',
        params,
        body: replayWebhookBody,
        response: { 200: webhookReplayed, ...refusals },
      },
    },
    async (request) => ({
      messages: await replayWebhook(request.ctx, { ...request.body, endpointId: request.params.webhookId }),
    }),
  )
}
