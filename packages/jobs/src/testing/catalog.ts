// Jobs for the tests of the host: each does what its payload says.
import { setTimeout } from 'node:timers/promises'
import { sql } from '@throughline/db'
import * as z from 'zod'
import { defineJob } from '../definition.ts'
import type { Handlers } from '../handlers.ts'

const note = z.object({
  title: z.string(),
  failTimes: z.number().default(0),
  refused: z.boolean().default(false),
  waitMs: z.number().default(0),
})

export const testCatalog = {
  /** Writes one notification, after failing as often as it is told. */
  writeNote: defineJob({
    name: 'util__write-note',
    queue: 'util__notes',
    profile: 'util',
    payload: note,
    attempts: 3,
    concurrency: 5,
  }),
}

/** Fails on purpose: the job has to end although this does. */
const brokenOnDead = () => Promise.reject(new Error('nobody hears of it'))

export const testHandlers: Handlers<typeof testCatalog> = {
  writeNote: {
    onDead: (_ctx, { refused }) => (refused ? brokenOnDead() : Promise.resolve()),
    async run(job) {
      const { ctx, data, attempt } = job
      // A trace of every start, outside of the effect: tests count how often it was tried.
      await job.step(() =>
        ctx.db.execute(sql`insert into notifications (tenant_id, id, kind, title, body)
        values (${ctx.tenantId}::uuid, uuidv7(), 'start', ${data.title}, ${String(attempt)})`),
      )
      await setTimeout(data.waitMs)
      if (data.refused) throw Object.assign(new Error('refused for good'), { retryable: false })
      if (attempt <= data.failTimes) throw new Error(`failure ${attempt}`)
      return job.commit(async () => {
        await ctx.db.execute(sql`insert into notifications (tenant_id, id, kind, title, body)
          values (${ctx.tenantId}::uuid, uuidv7(), 'effect', ${data.title}, '')`)
        return { attempt, actor: ctx.actor }
      })
    },
  },
}
