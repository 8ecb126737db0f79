// Requests a second and their times, Throughline beside two baselines, round by round in turn.
import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import * as z from 'zod'
import { type Filled, password } from './fill.ts'
import type { Server } from './processes.ts'

export interface Figure {
  perSecond: number
  p50: number
  p99: number
  n: number
}

interface Work {
  name: string
  connections: number
  request(server: Server): autocannon.Request
}

/** What the statistics are compared with: a route that asks nobody anything. */
export const emptyRoute = 'nothing (ours: /health/live)'
export const keptStatistics = 'statistics, kept'

const openStages = ['NEGOTIATION', 'QUALIFIED', 'LEAD'] as const
/** Of each contender before it is measured: until its code is compiled, its plans are made and its pool is full. */
const warmUpSeconds = 3

const isOurs = (server: Server): boolean => server.name === 'Throughline'

function workFor({ dealIds, email }: Filled, token: string): Work[] {
  const json = { 'content-type': 'application/json' }
  const headersOf = (server: Server) => (isOurs(server) ? { authorization: `Bearer ${token}` } : {})
  const get = (ours: string, theirs: string) => (server: Server) => ({
    method: 'GET' as const,
    path: isOurs(server) ? ours : theirs,
    headers: headersOf(server),
  })
  let next = 0
  /** Moves first, or they would meet what the fastest has piled up. */
  const changes = (theirs: string, what: string): Work[] => [
    {
      name: `move ${what}`,
      connections: 20,
      request: (server) => ({
        method: 'POST',
        setupRequest: (request) => {
          const wish = next++
          // Once through all deals, then to the next stage: each request changes something, whoever it is asked of.
          const stage = openStages[Math.floor(wish / dealIds.length) % openStages.length]
          return {
            ...request,
            path: `${isOurs(server) ? '/tenant/v1' : theirs}/deals/${dealIds[wish % dealIds.length]}/move`,
            headers: { ...json, ...headersOf(server), 'idempotency-key': randomUUID() },
            body: JSON.stringify({ stage }),
          }
        },
      }),
    },
    {
      name: `create ${what}`,
      connections: 20,
      request: (server) => ({
        method: 'POST',
        path: `${isOurs(server) ? '/tenant/v1' : theirs}/deals`,
        // Every wish is a new one, or the idempotency plugin would answer from its store.
        setupRequest: (request) => ({
          ...request,
          headers: { ...json, ...headersOf(server), 'idempotency-key': randomUUID() },
          body: JSON.stringify({ title: `Bench ${next++}`, value: '1250.00' }),
        }),
      }),
    },
  ]
  const nextId = () => dealIds[next++ % dealIds.length] ?? ''
  return [
    {
      name: 'sign-in',
      connections: 4,
      request: (server) => ({
        method: 'POST',
        path: isOurs(server) ? '/auth/v1/login' : '/login',
        headers: { ...json, 'x-client': 'api' },
        body: JSON.stringify({ email, password }),
      }),
    },
    {
      name: 'deal list (50, filter, sort)',
      connections: 20,
      request: get('/tenant/v1/deals?stage=QUALIFIED&sort=score&limit=50', '/deals'),
    },
    {
      name: 'deal by id',
      connections: 20,
      request: (server) => ({
        method: 'GET',
        headers: headersOf(server),
        setupRequest: (request) => ({ ...request, path: `${isOurs(server) ? '/tenant/v1' : ''}/deals/${nextId()}` }),
      }),
    },
    { name: emptyRoute, connections: 20, request: get('/health/live', '/nothing') },
    // Ours are kept until something changes, which is what is measured here.
    { name: keptStatistics, connections: 20, request: get('/tenant/v1/deals/statistics', '/statistics') },
    ...changes('', 'deal'),
    // Beside baselines that leave behind the same rows: history, audit, event, outbox, stored answer.
    ...changes('/recorded', 'deal, same rows'),
  ]
}

/** One round. @throws Error when anything but 2xx came back: a fast refusal is no speed */
function round(server: Server, work: Work, seconds: number): Promise<Figure> {
  return new Promise((resolve, reject) => {
    autocannon(
      { url: server.url, connections: work.connections, duration: seconds, requests: [work.request(server)] },
      (error, result) => {
        if (error) reject(error)
        else if (result.non2xx + result.errors + result.timeouts > 0)
          reject(new Error(`${server.name}, ${work.name}: ${result.non2xx} refusals, ${result.errors} errors`))
        else
          resolve({
            perSecond: result.requests.average,
            p50: result.latency.p50,
            p99: result.latency.p99,
            n: result.requests.total,
          })
      },
    )
  })
}

const middle = (figures: Figure[]): Figure => {
  const sorted = figures.toSorted((a, b) => a.perSecond - b.perSecond)
  const chosen = sorted[Math.floor(sorted.length / 2)]
  if (!chosen) throw new Error('nothing was measured')
  return { ...chosen, n: figures.reduce((sum, { n }) => sum + n, 0) }
}

const named = z.object({ name: z.string() })
const comparable = z.object({
  data: z.array(z.object({ id: z.string(), title: z.string(), company: named, owner: named })),
})

/** The same answer from everybody, before anybody is measured. */
async function checkAnswers(servers: Server[], token: string): Promise<void> {
  const lists = await Promise.all(
    servers.map(async (server) => {
      const path = isOurs(server) ? '/tenant/v1/deals?stage=QUALIFIED&sort=score&limit=50' : '/deals'
      const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
      const { data } = comparable.parse(await response.json())
      return JSON.stringify(data.map(({ id, title, company, owner }) => [id, title, company.name, owner.name]))
    }),
  )
  if (new Set(lists).size !== 1) throw new Error('the contenders do not give the same list')
}

export interface RequestRow {
  work: string
  figures: Record<string, Figure>
}

interface RequestOptions {
  /** Of each round; there are three rounds of each contender, in turn. */
  seconds: number
  /** Only works with one of these in their names. */
  works: readonly string[]
}

export async function measureRequests(
  servers: Server[],
  filled: Filled,
  token: string,
  { seconds, works }: RequestOptions,
): Promise<RequestRow[]> {
  await checkAnswers(servers, token)
  const rows: RequestRow[] = []
  for (const work of workFor(filled, token).filter(({ name }) => works.some((part) => name.includes(part)))) {
    const rounds = new Map<string, Figure[]>(servers.map(({ name }) => [name, []]))
    for (const server of servers) await round(server, work, warmUpSeconds)
    for (let turn = 0; turn < 3; turn++)
      for (const server of servers) rounds.get(server.name)?.push(await round(server, work, seconds))
    rows.push({
      work: work.name,
      figures: Object.fromEntries([...rounds].map(([name, figures]) => [name, middle(figures)])),
    })
  }
  return rows
}
