import { getJob, listJobs } from '@throughline/accounts'
import { idParam, jobPage, jobView, pageQuery } from '@throughline/contracts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['jobs']

/** The firm's own jobs: what was accepted with 202 is followed here. */
export function registerJobRoutes(app: TypedApp): void {
  app.get(
    '/jobs',
    {
      config: { permission: 'job:read' },
      schema: { tags, summary: 'Jobs, newest first', querystring: pageQuery, response: { 200: jobPage, ...refusals } },
    },
    (request) => listJobs(request.ctx, request.query),
  )
  app.get(
    '/jobs/:jobId',
    {
      config: { permission: 'job:read' },
      schema: {
        tags,
        summary: 'One job: state, progress, result',
        params: idParam('jobId'),
        response: { 200: jobView, ...refusals },
      },
    },
    (request) => getJob(request.ctx, request.params.jobId),
  )
}
