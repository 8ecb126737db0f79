// Somebody who kills the API and the worker with -9, and makes Postgres and Redis start again.
import { setTimeout } from 'node:timers/promises'
import type { TestWorld } from '@throughline/testing'
import pg from 'pg'
import type { Server } from '../processes.ts'
import { adminUrl } from '../services.ts'
import type { Front } from './front.ts'

/** Each kind once, and then those again that take little time. */
const order = ['API', 'Redis', 'Postgres', 'worker', 'a backend of Postgres', 'API', 'worker', 'API'] as const
type Fault = (typeof order)[number]
const kinds = new Set(order).size

const patienceMs = 60_000
const pauseMs = 1500
/** What has ended is started again by scripts/measure.mjs, later and later if it had not run for a minute before. */
const betweenRestartsMs = 62_000

/** @returns what `ask` says of a process that is not the one before. @throws Error when there is none for long */
async function processOf(ask: () => Promise<unknown>, before?: number): Promise<number> {
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    try {
      const pid = Number(await ask())
      if (pid > 0 && pid !== before) return pid
    } catch (error) {
      // Going down or coming up, which is what is waited for.
      if (Date.now() > giveUpAt) throw error
    }
    if (Date.now() > giveUpAt) throw new Error(`no other process than ${before} within ${patienceMs / 1000} s`)
    await setTimeout(50)
  }
}

async function askPostgres(expression: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 })
  // Told by the query as well.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<{ pid: unknown }>(`select ${expression} as pid`)).rows[0]?.pid
  } finally {
    await client.end()
  }
}

const postmaster = () => askPostgres("split_part(pg_read_file('postmaster.pid'), e'\\n', 1)")

/** As after a loss of power: it comes up with what is in its log. */
async function restartPostgres(): Promise<void> {
  const before = await processOf(postmaster)
  process.kill(before, 'SIGQUIT')
  await processOf(postmaster, before)
}

/** One of its processes is killed with -9: it ends all others and recovers, without ending itself. */
async function crashPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  const broken = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
  })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
  await broken
  await processOf(postmaster)
}

async function restartRedis({ redis }: TestWorld): Promise<void> {
  const server = async () => /process_id:(\d+)/.exec(await redis.info('server'))?.[1]
  const before = await processOf(server)
  process.kill(before, 'SIGKILL')
  await processOf(server, before)
}

/** When Postgres was hit, until it answered again; milliseconds of the clock. */
export class FaultLog {
  readonly #spans: { from: number; to: number }[] = []

  /** Does something to Postgres, and remembers when. */
  async during(work: () => Promise<void>): Promise<void> {
    const span = { from: Date.now(), to: Number.POSITIVE_INFINITY }
    this.#spans.push(span)
    await work()
    span.to = Date.now()
  }

  /** Whether Postgres was away at any moment between the two. */
  wasAway(from: number, to: number): boolean {
    return this.#spans.some((span) => span.from <= to && span.to >= from)
  }
}

export interface Victims {
  world: TestWorld
  front: Front
  startWorker: () => Promise<Server>
}

/** Goes on, one fault after the other, until it is stopped; then everything runs. @returns what ends it, with the worker that runs and how often what was hit */
export async function startMoneyFaults({ world, front, startWorker }: Victims) {
  const log = new FaultLog()
  const stopped = new AbortController()
  const counts = new Map<Fault, number>()
  const restartedAt = new Map<Fault, number>()
  let worker = await startWorker()
  const hitAll = Promise.withResolvers<void>()
  const isTooEarly = (fault: Fault) => Date.now() - (restartedAt.get(fault) ?? 0) < betweenRestartsMs
  const hits: Record<Fault, () => Promise<void>> = {
    API: async () => {
      await front.kill()
      await front.refill()
    },
    worker: async () => {
      await worker.kill()
      worker = await startWorker()
    },
    'a backend of Postgres': () => log.during(crashPostgres),
    Postgres: () => log.during(restartPostgres),
    Redis: () => restartRedis(world),
  }
  const working = (async () => {
    for (let turn = 0; !stopped.signal.aborted; turn++) {
      const fault = order[turn % order.length] ?? 'API'
      const isService = fault === 'Postgres' || fault === 'Redis'
      if (isService && isTooEarly(fault)) continue
      await hits[fault]()
      if (isService) restartedAt.set(fault, Date.now())
      counts.set(fault, (counts.get(fault) ?? 0) + 1)
      if (counts.size === kinds) hitAll.resolve()
      await setTimeout(pauseMs)
    }
  })()
  working.catch(hitAll.reject)
  return {
    counts,
    log,
    /** Resolves when each kind of fault was there. */
    hitAll: hitAll.promise,
    async stop(): Promise<Server> {
      stopped.abort()
      await working
      return worker
    },
  }
}
