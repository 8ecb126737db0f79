// What the process manager and Prometheus ask a worker.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Database, sql } from '@throughline/db'
import { jobCatalog } from '@throughline/job-catalog'
import { type Queues, queueCounts, type WorkerHost } from '@throughline/jobs'
import type { Logger } from '@throughline/telemetry'
import { countOverdue } from '@throughline/webhooks'
import type { Redis } from 'ioredis'

export interface HealthOptions {
  port: number
  database: Database
  redis: Redis
  queues: Queues
  host: WorkerHost
  log: Logger
}

/** Few lines, so no registry: gauges that are read from where they are true. */
async function readMetrics({ database, queues }: HealthOptions): Promise<string> {
  const [counts, schedules, jobs, overdue] = await Promise.all([
    queueCounts(queues, jobCatalog),
    database.platform.query<{ name: string; age: number | null }>(
      sql`select name, extract(epoch from now() - last_success_at)::float8 as age from schedule_runs`,
    ),
    database.platform.query<{ state: string; n: number }>(
      sql`select state::text as state, count(*)::int as n from jobs where state in ('QUEUED', 'RUNNING', 'DEAD') group by state`,
    ),
    countOverdue(database.platform),
  ])
  const lines = ['# TYPE queue_jobs gauge']
  for (const { name, waiting, active, delayed, failed } of counts)
    for (const [state, n] of Object.entries({ waiting, active, delayed, failed }))
      lines.push(`queue_jobs{queue="${name}",state="${state}"} ${n}`)
  lines.push('# TYPE schedule_last_success_age_seconds gauge')
  for (const { name, age } of schedules)
    if (age !== null) lines.push(`schedule_last_success_age_seconds{schedule="${name}"} ${age}`)
  lines.push('# TYPE jobs gauge')
  for (const { state, n } of jobs) lines.push(`jobs{state="${state}"} ${n}`)
  lines.push('# TYPE webhook_messages_overdue gauge', `webhook_messages_overdue ${overdue}`)
  return `${lines.join('\n')}\n`
}

/** Listens on loopback only. `live` asks the process, `ready` what it needs. */
export async function startHealthServer(options: HealthOptions) {
  const { port, database, redis, host, log } = options
  let draining = false
  const isReady = async (): Promise<boolean> => {
    if (draining || !host.isRunning()) return false
    await Promise.all([database.platform.query(sql`select 1`), redis.ping()])
    return true
  }
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
    const fail = (error: unknown) => {
      log.warn({ err: error }, 'not ready')
      answer(503, '{"status":"unavailable"}')
    }
    if (request.url === '/health/live') answer(200, '{"status":"ok"}')
    else if (request.url === '/health/ready')
      isReady().then(
        (ready) => (ready ? answer(200, '{"status":"ok"}') : answer(503, '{"status":"unavailable"}')),
        fail,
      )
    else if (request.url === '/metrics')
      readMetrics(options).then((text) => answer(200, text, 'text/plain; version=0.0.4'), fail)
    else answer(404, '{"status":"not found"}')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    drain() {
      draining = true
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
