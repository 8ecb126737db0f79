// What people ask for in the mixed load, and how each contender is asked for it.
import { randomUUID } from 'node:crypto'
import { tenantHeader } from '../baselines/tenant.ts'
import type { Call } from '../lean-client.ts'
import type { Person } from './people.ts'

/** Out of a hundred. */
const shares = { list: 40, 'by id': 20, create: 15, move: 10, statistics: 10, others: 5 } as const
export type Wish = keyof typeof shares
const wishes = Object.entries(shares).flatMap(([wish, share]) => Array.from({ length: share }, () => wish as Wish))

export type Asks = Record<Wish, (person: Person) => Call>

export const anyOf = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** Somebody's next request. */
export function nextOf(people: readonly Person[], asks: Asks): Call {
  return asks[anyOf(wishes)](anyOf(people))
}

type Headers = Record<string, string>
const get = (kind: Wish, path: string, headers: Headers): Call => ({ kind, method: 'GET', path, headers })
function post(kind: Wish, path: string, body: object, headers: Headers): Call {
  const text = JSON.stringify(body)
  const described = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  return { kind, method: 'POST', path, headers: { ...headers, ...described }, body: text }
}

const newDeal = () => ({ title: `Mixed ${randomUUID()}`, value: '1250.00' })
const newStage = () => ({ stage: anyOf(['LEAD', 'QUALIFIED', 'NEGOTIATION']) })

const lists = [
  '?limit=50',
  '?limit=50&stage=QUALIFIED&sort=score',
  '?limit=50&sort=value',
  '?limit=50&sort=closeDate&stage=NEGOTIATION',
]
const others = ['/deals/board', '/companies?limit=25', '/notifications?limit=10', '/deals?limit=25&q=number']

const known = ({ token }: Person): Headers => ({ authorization: `Bearer ${token}` })
const once = (person: Person): Headers => ({ ...known(person), 'idempotency-key': randomUUID() })

/** Of the product. */
export const ours: Asks = {
  list: (person) => get('list', `/tenant/v1/deals${anyOf(lists)}`, known(person)),
  'by id': (person) => get('by id', `/tenant/v1/deals/${anyOf(person.dealIds)}`, known(person)),
  create: (person) => post('create', '/tenant/v1/deals', newDeal(), once(person)),
  move: (person) => post('move', `/tenant/v1/deals/${anyOf(person.dealIds)}/move`, newStage(), once(person)),
  statistics: (person) => get('statistics', '/tenant/v1/deals/statistics', known(person)),
  others: (person) => get('others', `/tenant/v1${anyOf(others)}`, known(person)),
}

const of = ({ tenantId }: Person): Headers => ({ [tenantHeader]: tenantId })
const theirList = (person: Person): Call => get('list', '/deals', of(person))

/**
 * Of a baseline, which leaves behind the same rows. It knows one list, and neither board nor search: it is asked for its list
 * instead, which costs less than any of them.
 */
export const theirs: Asks = {
  list: theirList,
  'by id': (person) => get('by id', `/deals/${anyOf(person.dealIds)}`, of(person)),
  create: (person) => post('create', '/recorded/deals', newDeal(), of(person)),
  move: (person) => post('move', `/recorded/deals/${anyOf(person.dealIds)}/move`, newStage(), of(person)),
  statistics: (person) => get('statistics', '/statistics', of(person)),
  others: (person) => ({ ...theirList(person), kind: 'others' }),
}
