import { listAdminJobs, listTenants, listUsers, readPlatformHealth, replayJob } from '@throughline/accounts'
import {
  adminJobPage,
  adminTenantView,
  adminUserView,
  id,
  listAdminJobs as listAdminJobsQuery,
  listAdminUsers,
  pageOf,
  pageQuery,
  platformHealth,
  queueCounts as queueCountsView,
} from '@throughline/contracts'
import { queueCounts } from '@throughline/jobs'
import * as z from 'zod'
import { checkParts } from '../../plugins/health.ts'
import type { Resources } from '../../resources.ts'
import { noBody, noContent, refusals, type TypedApp } from '../typed.ts'

const tags = ['admin']
const tenantPage = pageOf(adminTenantView).meta({ id: 'AdminTenantPage' })
const userPage = pageOf(adminUserView).meta({ id: 'AdminUserPage' })
const replayParams = z.object({ tenantId: id, jobId: id })

/** The relay and the schedules are late when they have been silent for this long. */
const lateAfterSeconds = 90

async function healthOfParts(resources: Resources, platform: Parameters<typeof readPlatformHealth>[0]) {
  const checkedAt = new Date().toISOString()
  const [checks, queues] = await Promise.all([
    checkParts(resources),
    // Without Redis nothing is known of the queues; the check above says so.
    queueCounts(resources.queues, resources.catalog).catch(() => []),
  ])
  const parts = checks.map(({ name, ok, detail }) => ({
    name,
    status: ok ? ('up' as const) : ('down' as const),
    detail,
    checkedAt,
  }))
  if (!checks.find(({ name }) => name === 'Postgres')?.ok) return { parts }

  const background = await readPlatformHealth(platform)
  const outboxAge = background.outboxAgeSeconds ?? 0
  const reconcileAge = background.lastReconcile ? (Date.now() - background.lastReconcile.getTime()) / 1000 : Infinity
  const workers = queues.map((queue) => ({
    name: `Queue ${queue.name}`,
    status: queue.workers > 0 ? ('up' as const) : ('down' as const),
    detail: `${queue.workers} workers, ${queue.waiting} waiting, ${queue.active} running`,
    checkedAt,
  }))
  return {
    parts: [
      ...parts,
      {
        name: 'Relay',
        status: outboxAge > lateAfterSeconds ? ('late' as const) : ('up' as const),
        detail: `${background.outboxRows} rows wait${background.outboxRows > 0 ? `, the oldest for ${outboxAge} s` : ''}`,
        checkedAt,
      },
      {
        name: 'Schedules',
        status: reconcileAge > lateAfterSeconds ? ('late' as const) : ('up' as const),
        detail: background.lastReconcile ? `last run ${background.lastReconcile.toISOString()}` : 'never ran',
        checkedAt,
      },
      ...workers,
    ],
  }
}

/** What a superadmin sees and may do. */
export function registerConsoleRoutes(app: TypedApp, resources: Resources): void {
  app.get(
    '/tenants',
    {
      config: { permission: 'platform:read' },
      schema: { tags, summary: 'Every firm', querystring: pageQuery, response: { 200: tenantPage, ...refusals } },
    },
    (request) => listTenants(request.platform, request.query),
  )
  app.get(
    '/users',
    {
      config: { permission: 'platform:read' },
      schema: {
        tags,
        summary: 'Everybody who can sign in',
        querystring: listAdminUsers,
        response: { 200: userPage, ...refusals },
      },
    },
    (request) => listUsers(request.platform, request.query),
  )
  app.get(
    '/jobs',
    {
      config: { permission: 'platform:read' },
      schema: {
        tags,
        summary: 'Jobs of all firms, newest first',
        querystring: listAdminJobsQuery,
        response: { 200: adminJobPage, ...refusals },
      },
    },
    (request) => listAdminJobs(request.platform, request.query),
  )
  app.get(
    '/dead-letters',
    {
      config: { permission: 'platform:read' },
      schema: {
        tags,
        summary: 'Jobs that are out of attempts',
        querystring: pageQuery,
        response: { 200: adminJobPage, ...refusals },
      },
    },
    (request) => listAdminJobs(request.platform, { ...request.query, state: 'DEAD' }),
  )
  app.post(
    '/dead-letters/:tenantId/:jobId/replay',
    {
      config: {
        permission: 'platform:replay',
        tenantOf: async (request) => replayParams.parse(request.params).tenantId,
      },
      schema: {
        tags,
        summary: 'Give a dead letter all its attempts back',
        params: replayParams,
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await replayJob(request.platform, request.params)
      reply.code(204)
    },
  )
  app.get(
    '/queues',
    {
      config: { permission: 'platform:read' },
      schema: {
        tags,
        summary: 'How much waits and runs in each queue',
        response: { 200: queueCountsView, ...refusals },
      },
    },
    async () => ({ queues: await queueCounts(resources.queues, resources.catalog) }),
  )
  app.get(
    '/health',
    {
      config: { permission: 'platform:read' },
      schema: { tags, summary: 'How each part is doing', response: { 200: platformHealth, ...refusals } },
    },
    (request) => healthOfParts(resources, request.platform),
  )
}
