// A working day in short: many people in ten firms, reading mostly and writing a quarter of the time.
import { randomUUID } from 'node:crypto'
import { dealPage } from '@throughline/contracts'
import { type Filled, password } from './fill.ts'
import type { Call } from './lean-client.ts'
import { openLoop, type Spread, spreadOf } from './open-loop.ts'
import type { Server } from './processes.ts'
import { signIn } from './sign-in.ts'

interface User {
  token: string
  dealIds: readonly string[]
}

export interface MixedFigures {
  users: number
  perSecond: number
  seconds: number
  errors: number
  all: Spread
  byKind: Record<string, Spread>
}

/** Users and requests a second, and the p95 that they may expect, ms. */
export const loads = [
  { users: 20, perSecond: 50, p95: 45 },
  { users: 80, perSecond: 200, p95: 60 },
  { users: 300, perSecond: 800, p95: 100 },
] as const

const anyOf = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** People of all firms in turn, each with deals of their firm to work on. */
async function enter(api: Server, { firms }: Filled, count: number): Promise<User[]> {
  const dealIds = new Map<number, readonly string[]>()
  const users: User[] = []
  for (let each = 0; each < count; each++) {
    const firm = each % firms
    const email = `m${1 + (Math.floor(each / firms) % 20)}@firm-${firm + 1}.test`
    const token = await signIn(api, { email, password })
    if (!dealIds.has(firm)) {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(`${api.url}/tenant/v1/deals?limit=100&stage=LEAD&stage=QUALIFIED`, { headers })
      const { data } = dealPage.parse(await response.json())
      dealIds.set(
        firm,
        data.map(({ id }) => id),
      )
    }
    users.push({ token, dealIds: dealIds.get(firm) ?? [] })
  }
  return users
}

const lists = [
  '?limit=50',
  '?limit=50&stage=QUALIFIED&sort=score',
  '?limit=50&sort=value',
  '?limit=50&sort=closeDate&stage=NEGOTIATION',
]
const others = ['/deals/board', '/companies?limit=25', '/notifications?limit=10', '/deals?limit=25&q=number']

/** 40% lists, 20% by id, 15% creates, 10% moves, 10% statistics, 5% others. */
function callOf({ token, dealIds }: User): Call {
  const authorization = `Bearer ${token}`
  const read = (kind: string, path: string): Call => ({
    kind,
    method: 'GET',
    path: `/tenant/v1${path}`,
    headers: { authorization },
  })
  const write = (kind: string, path: string, body: object): Call => {
    const text = JSON.stringify(body)
    return {
      kind,
      method: 'POST',
      path: `/tenant/v1${path}`,
      headers: {
        authorization,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        'idempotency-key': randomUUID(),
      },
      body: text,
    }
  }
  const dice = Math.random()
  if (dice < 0.4) return read('list', `/deals${anyOf(lists)}`)
  if (dice < 0.6) return read('by id', `/deals/${anyOf(dealIds)}`)
  if (dice < 0.75) return write('create', '/deals', { title: `Mixed ${randomUUID()}`, value: '1250.00' })
  if (dice < 0.85)
    return write('move', `/deals/${anyOf(dealIds)}/move`, { stage: anyOf(['LEAD', 'QUALIFIED', 'NEGOTIATION']) })
  if (dice < 0.95) return read('statistics', '/deals/statistics')
  return read('others', anyOf(others))
}

/** One load for some seconds, after a short one to get warm. */
export async function measureMixed(
  api: Server,
  filled: Filled,
  { users: count, perSecond, seconds }: { users: number; perSecond: number; seconds: number },
): Promise<MixedFigures> {
  const users = await enter(api, filled, count)
  const next = () => callOf(anyOf(users))
  await openLoop(api.url, { perSecond: Math.min(perSecond, 100), seconds: 5, next })
  const timed = await openLoop(api.url, { perSecond, seconds, next })
  const failed = timed.filter(({ status }) => status < 200 || status > 299)
  if (failed.length > 0) {
    const told = Object.entries(Object.groupBy(failed, ({ kind, status }) => `${kind} ${status}`))
    process.stderr.write(`refused: ${told.map(([what, each]) => `${what} x ${each?.length}`).join(', ')}\n`)
  }
  const kinds = Object.entries(Object.groupBy(timed, ({ kind }) => kind))
  return {
    users: count,
    perSecond,
    seconds,
    errors: failed.length,
    all: spreadOf(timed.map(({ ms }) => ms)),
    byKind: Object.fromEntries(kinds.map(([kind, each]) => [kind, spreadOf((each ?? []).map(({ ms }) => ms))])),
  }
}
