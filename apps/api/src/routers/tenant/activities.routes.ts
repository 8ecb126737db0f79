import { cancelActivity, getActivity, listActivities, requestBlogPost, retryActivity } from '@throughline/content'
import {
  activityAccepted,
  activityPage,
  activitySummary,
  activityView,
  requestBlogPost as blogPostBody,
  idParam,
  listActivities as listQuery,
} from '@throughline/contracts'
import type { FastifyReply } from 'fastify'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['content']
const params = idParam('activityId')

/** 202: accepted; the job is followed at its own address. */
const accepted = <T extends { jobId: string }>(reply: FastifyReply, answer: T): T => {
  reply.code(202).header('location', `/tenant/v1/jobs/${answer.jobId}`)
  return answer
}

/** What agents write for the firm. */
export function registerActivityRoutes(app: TypedApp): void {
  app.get(
    '/activities',
    {
      config: { permission: 'activity:read' },
      schema: {
        tags,
        summary: 'Activities, newest first',
        querystring: listQuery,
        response: { 200: activityPage, ...refusals },
      },
    },
    (request) => listActivities(request.ctx, request.query),
  )
  app.post(
    '/activities',
    {
      config: { permission: 'activity:create' },
      schema: {
        tags,
        summary: 'Ask for a blog post',
        body: blogPostBody,
        response: { 202: activityAccepted, ...refusals },
      },
    },
    async (request, reply) => accepted(reply, await requestBlogPost(request.ctx, request.body)),
  )
  app.get(
    '/activities/:activityId',
    {
      config: { permission: 'activity:read' },
      schema: {
        tags,
        summary: 'One activity with its drafts and decisions',
        params,
        response: { 200: activityView, ...refusals },
      },
    },
    (request) => getActivity(request.ctx, request.params.activityId),
  )
  app.post(
    '/activities/:activityId/retry',
    {
      config: { permission: 'activity:create' },
      schema: {
        tags,
        summary: 'Let the writer try again',
        params,
        body: noBody,
        response: { 202: activityAccepted, ...refusals },
      },
    },
    async (request, reply) => accepted(reply, await retryActivity(request.ctx, request.params.activityId)),
  )
  app.post(
    '/activities/:activityId/cancel',
    {
      config: { permission: 'activity:create' },
      schema: {
        tags,
        summary: 'Call an activity off',
        params,
        body: noBody,
        response: { 200: activitySummary, ...refusals },
      },
    },
    (request) => cancelActivity(request.ctx, request.params.activityId),
  )
}
