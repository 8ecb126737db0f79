import { setTimeout } from 'node:timers/promises'
import { type Db, sql } from '@throughline/db'
import { platformSchedules, runSchedule } from '@throughline/jobs'
import type { TestTenant, TestWorld } from '@throughline/testing'
import { type Server, startThroughline, startWorker } from '../processes.ts'
import { ask, signInAs } from './calls.ts'
import { type Check, Failures, type Options } from './check.ts'

/** A worker that is silent for this long has lost its jobs; short, so that the check ends today. */
const env = { JOB_LOCK_MS: '1500', JOB_BACKOFF_MS: '50' }
const patienceMs = 240_000

interface State {
  done: number
  running: number
}

const stateOf = async (db: Db): Promise<State> =>
  (await db.queryOne<State>(sql`select count(*) filter (where state = 'SUCCEEDED')::int as done,
    count(*) filter (where state = 'RUNNING')::int as running from jobs`)) ?? { done: 0, running: 0 }

/** @throws Error when it takes too long */
async function until(db: Db, what: string, holds: (state: State) => boolean): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  for (let state = await stateOf(db); !holds(state); state = await stateOf(db)) {
    if (Date.now() > giveUpAt) throw new Error(`${what}: ${JSON.stringify(state)} after ${patienceMs / 1000} s`)
    await setTimeout(5)
  }
}

const askFor = async (api: Server, tenants: TestTenant[], n: number): Promise<void> => {
  const tokens = await Promise.all(tenants.map((tenant) => signInAs(api, tenant)))
  const wishes = Array.from({ length: n }, (_, each) => ({
    token: tokens[each % tokens.length] ?? '',
    path: '/tenant/v1/activities',
    body: { topic: `Post ${each}`, audience: 'us' },
  }))
  for (let from = 0; from < n; from += 50)
    await Promise.all(wishes.slice(from, from + 50).map((call) => ask(api, call)))
}

/** The reconciler waits for a minute and a half before it takes a job for lost; a quick run moves the clock. */
async function letTimePass({ config, database, log }: TestWorld): Promise<void> {
  await database.platform.execute(sql`update jobs set dispatched_at = now() - interval '10 minutes',
    heartbeat_at = heartbeat_at - interval '10 minutes' where state in ('QUEUED', 'RUNNING')`)
  const reconcile = platformSchedules({ config, database, queues: new Map(), log }).find(
    ({ name }) => name === 'reconcile-jobs',
  )
  if (!reconcile) throw new Error('nobody reconciles jobs')
  await runSchedule(database, reconcile)
}

interface Post {
  topic: string
  state: string
  versions: number
  completed: number
  attempt: number
}

const postsOf = (db: Db): Promise<Post[]> =>
  db.query<Post>(sql`
    select v.topic, v.state::text as state, j.attempt,
      (select count(*)::int from activity_versions w where w.tenant_id = v.tenant_id and w.activity_id = v.id) as versions,
      (select count(*)::int from events e where e.tenant_id = v.tenant_id and e.type = 'agent:completed'
        and e.data->>'activityId' = v.id::text) as completed
    from activities v join jobs j on j.tenant_id = v.tenant_id and j.id = v.job_id`)

async function run(world: TestWorld, { n, quick }: Options) {
  const failures = new Failures()
  const { platform } = world.database
  const jobs = n(400)
  const api = await startThroughline(world.config)
  await askFor(api, [await world.tenant('Delivered'), await world.tenant('Other')], jobs)
  await api.stop()

  const start = () => startWorker(world.config, 'llm,util', { env })
  let worker = await start()
  await until(platform, 'before the first kill', ({ done, running }) => done > jobs / 5 && running > 0)
  await worker.kill()
  await world.redis.flushdb()
  const { done } = await stateOf(platform)
  if (quick) await letTimePass(world)
  const flushedAt = performance.now()
  worker = await start()
  await until(platform, 'before the second kill', (now) => now.done > done + (jobs - done) / 3 && now.running > 0)
  const recoveredAfter = (performance.now() - flushedAt) / 1000
  await worker.kill()
  worker = await start()
  await until(platform, 'the end', (now) => now.done === jobs)
  await worker.stop()

  const posts = await postsOf(platform)
  const lost = jobs - posts.filter(({ versions, state }) => versions > 0 && state === 'PENDING_REVIEW').length
  const doubled = posts.filter(({ versions, completed }) => versions > 1 || completed > 1)
  if (lost > 0) failures.add(`${lost} lost`)
  for (const { topic, versions, completed } of doubled)
    failures.add(`${topic} has ${versions} versions and was completed ${completed} times`)
  const restarted = posts.filter(({ attempt }) => attempt > 1).length
  return {
    tried: jobs,
    failed: lost + doubled.length,
    notes: [
      `worker killed with -9 twice, Redis emptied after ${done} jobs; ${restarted} jobs were begun more than once`,
      `the jobs that Redis had forgotten were at work again ${recoveredAfter.toFixed(0)} s later${quick ? ' (the clock was moved)' : ''}`,
      `${lost} lost, ${doubled.length} doubled`,
      ...failures.notes,
    ],
  }
}

export const doubleDelivery: Check = {
  name: 'double-delivery',
  promise:
    'a worker killed with -9 twice and a Redis that forgets everything: no job is lost, none has its effect twice',
  run,
}
