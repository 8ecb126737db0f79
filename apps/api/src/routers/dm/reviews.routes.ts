import {
  approveDraft,
  findReviewTenant,
  getReview,
  heartbeat,
  rejectDraft,
  releaseClaim,
  requestRevision,
} from '@throughline/content'
import {
  approve,
  heldClaim,
  idParam,
  leaseView,
  reject,
  reviewView,
  requestRevision as revisionBody,
} from '@throughline/contracts'
import type { FastifyRequest } from 'fastify'
import { noContent, refusals, type TypedApp } from '../typed.ts'

const tags = ['review']
const params = idParam('activityId')

/** A decision is made in the transaction of the firm that the draft is of. */
const tenantOf = (request: FastifyRequest): Promise<string> =>
  findReviewTenant(request.platform, params.parse(request.params).activityId)
const config = { permission: 'review:decide', tenantOf } as const

/** Reading a draft and deciding about it. Every decision carries the claim and the version that was read. */
export function registerReviewRoutes(app: TypedApp): void {
  app.get(
    '/reviews/:activityId',
    {
      config: { permission: 'review:read' },
      schema: { tags, summary: 'A draft beside its brief', params, response: { 200: reviewView, ...refusals } },
    },
    (request) => getReview(request.platform, request.params.activityId),
  )
  app.post(
    '/reviews/:activityId/approve',
    {
      config,
      schema: { tags, summary: 'Approve the draft', params, body: approve, response: { 204: noContent, ...refusals } },
    },
    async (request, reply) => {
      await approveDraft(request.ctx, request.params.activityId, request.body)
      reply.code(204)
    },
  )
  app.post(
    '/reviews/:activityId/reject',
    {
      config,
      schema: {
        tags,
        summary: 'Reject the draft, with the reason',
        params,
        body: reject,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await rejectDraft(request.ctx, request.params.activityId, request.body)
      reply.code(204)
    },
  )
  app.post(
    '/reviews/:activityId/request-revision',
    {
      config,
      schema: {
        tags,
        summary: 'Send the draft back with notes',
        params,
        body: revisionBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await requestRevision(request.ctx, request.params.activityId, request.body)
      reply.code(204)
    },
  )
  app.post(
    '/reviews/:activityId/heartbeat',
    {
      config: {
        permission: 'review:decide',
        tenantOf,
        idempotency: 'none',
        because: 'it moves the end of a claim, and must do so each time',
      },
      schema: {
        tags,
        summary: 'Keep the claim for five more minutes',
        params,
        body: heldClaim,
        response: { 200: leaseView, ...refusals },
      },
    },
    async (request) => heartbeat(await app.tenantCtxOf(request), request.params.activityId, request.body.claimToken),
  )
  app.post(
    '/reviews/:activityId/release',
    {
      config,
      schema: {
        tags,
        summary: 'Give the draft back to the queue',
        params,
        body: heldClaim,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await releaseClaim(request.ctx, request.params.activityId, request.body.claimToken)
      reply.code(204)
    },
  )
}
