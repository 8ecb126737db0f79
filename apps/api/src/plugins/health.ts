import { AppError } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { readMigrations } from '@throughline/db/admin'
import fp from 'fastify-plugin'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Resources } from '../resources.ts'
import { refusals } from '../routers/typed.ts'

export interface Check {
  name: string
  ok: boolean
  detail: string
}

const checkTimeoutMs = 2_000

async function check(name: string, work: () => Promise<string>): Promise<Check> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs).unref()
  })
  try {
    return { name, ok: true, detail: await Promise.race([work(), late]) }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks every part that a request needs. */
export function checkParts({
  database,
  redis,
  storage,
}: Pick<Resources, 'database' | 'redis' | 'storage'>): Promise<Check[]> {
  const newest = readMigrations().at(-1)?.name
  return Promise.all([
    check('Postgres', async () => {
      const row = await database.platform.queryOne<{ version: string }>(
        sql`select current_setting('server_version') as version`,
      )
      return `version ${row?.version}`
    }),
    check('Redis', async () => ((await redis.ping()) === 'PONG' ? 'answers' : 'answers something else')),
    check('Storage', async () => {
      await storage.check()
      return 'can be written'
    }),
    check('Migrations', async () => {
      const row = await database.platform.queryOne<{ name: string }>(
        sql`select migration_name as name from _prisma_migrations where finished_at is not null order by migration_name desc limit 1`,
      )
      if (row?.name !== newest) throw new Error(`the database is at ${row?.name}, this version needs ${newest}`)
      return newest ?? 'none'
    }),
  ])
}

const ready = z.object({ status: z.literal('ok'), checks: z.array(z.object({ name: z.string(), ok: z.boolean() })) })
const live = z.object({ status: z.literal('ok') })

/** `live` asks the process only; `ready` asks what it needs, and says no while it drains. */
export const health = fp(
  async (plain, resources: Resources) => {
    const app = plain.withTypeProvider<ZodTypeProvider>()
    let draining = false
    app.decorate('drain', () => {
      draining = true
    })
    const config = {
      guard: 'public',
      because: 'asked by whatever keeps the process running',
      unlimited: true,
    } as const
    app.get(
      '/health/live',
      { config, schema: { tags: ['health'], summary: 'The process answers', response: { 200: live, ...refusals } } },
      async () => ({ status: 'ok' as const }),
    )
    app.get(
      '/health/ready',
      {
        config,
        schema: {
          tags: ['health'],
          summary: 'Everything that a request needs answers',
          response: { 200: ready, ...refusals },
        },
      },
      async () => {
        if (draining) throw new AppError('unavailable', { message: 'This process is stopping.' })
        const checks = await checkParts(resources)
        const failed = checks.filter(({ ok }) => !ok)
        if (failed.length > 0) {
          resources.log.warn({ failed }, 'not ready')
          throw new AppError('unavailable', { details: { failed: failed.map(({ name }) => name) } })
        }
        return { status: 'ok' as const, checks: checks.map(({ name, ok }) => ({ name, ok })) }
      },
    )
  },
  { name: 'health' },
)

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on /health/ready says no, so that nobody sends new work. */
    drain(): void
  }
}
