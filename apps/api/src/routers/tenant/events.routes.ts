import { listRunningJobs } from '@throughline/accounts'
import { eventBatch, eventsOfFundDesk, listEvents, liveState } from '@throughline/contracts'
import { readAgentsLive, readEvents, readLastSeq } from '@throughline/realtime'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['events']

/** What a page reads when it has just been loaded, or was away for a while. */
export function registerEventRoutes(app: TypedApp, { config, redis }: Resources): void {
  app.get(
    '/events',
    {
      config: { permission: 'event:read' },
      schema: {
        tags,
        summary: 'Events after a number, oldest first: closes the gap after a reconnect',
        querystring: listEvents,
        response: { 200: eventBatch, ...refusals },
      },
    },
    async ({ ctx, query: { after, limit } }) => {
      // The newest number first: events that are written in between are then fetched by the next call, not lost.
      const lastSeq = await readLastSeq(ctx.db, ctx.tenantId)
      const without = ctx.permissions.has('fund:read') ? [] : eventsOfFundDesk
      return { data: await readEvents(ctx.db, ctx.tenantId, after, limit, without), lastSeq }
    },
  )
  app.get(
    '/live',
    {
      config: { permission: 'event:read' },
      schema: { tags, summary: 'What is running at this moment', response: { 200: liveState, ...refusals } },
    },
    async ({ ctx }) => {
      const lastSeq = await readLastSeq(ctx.db, ctx.tenantId)
      const [jobs, agents] = await Promise.all([
        listRunningJobs(ctx),
        readAgentsLive(redis, config.redis.prefix, ctx.tenantId),
      ])
      return { lastSeq, agents, jobs }
    },
  )
}
