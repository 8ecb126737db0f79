// `npm run tenancy-timing -- [--pairs=2000]`: does an id of another firm take longer than one that nobody has, and a
// wrong password for somebody longer than one for nobody? Calls of both kinds in turn, which of them comes first left to
// chance, so that whatever else the machine does falls on both.
import { randomBytes, randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type Filled, fillDatabase, password, tenFirms } from './fill.ts'
import { installed, type Server, startThroughline, stopAll } from './processes.ts'
import { machine } from './services.ts'
import { signIn } from './sign-in.ts'

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '2000' } } })
const pairs = Number(values.pairs)
const warmUp = 200
const dealsPerFirm = 2_000
const say = (line: string) => process.stdout.write(`${line}\n`)

interface Operation {
  name: string
  /** What is somebody's. */
  known: (filled: Filled) => Promise<string[]>
  /** The like of it that is nobody's. */
  like: (known: string) => string
  /** What both of them get. */
  status: number
  request(
    value: string,
    each: number,
  ): { method: string; path: string; body?: object; headers?: Record<string, string> }
}

/** Nobody's, and as close to the other as ids come: it would stand beside it in every index. */
const likeId = (id: string): string => `${id.slice(0, -12)}${randomBytes(6).toString('hex')}`
const likeEmail = (email: string): string => email.replace('@', `-${randomBytes(3).toString('hex')}@`)
const idsOf = (table: 'deals' | 'companies') => ({
  known: (filled: Filled) =>
    read(
      filled,
      `select r.id as value from ${table} r join tenants t on t.id = r.tenant_id where t.slug = 'firm-2' limit 500`,
    ),
  like: likeId,
})
/** Each guess from an address of its own, or the limits would be all that is measured. */
const addressOf = () => [10, ...randomBytes(3)].join('.')

const operations: Operation[] = [
  {
    name: 'GET /tenant/v1/deals/{id}',
    ...idsOf('deals'),
    status: 404,
    request: (id) => ({ method: 'GET', path: `/tenant/v1/deals/${id}` }),
  },
  {
    name: 'POST /tenant/v1/deals/{id}/move',
    ...idsOf('deals'),
    status: 404,
    request: (id) => ({ method: 'POST', path: `/tenant/v1/deals/${id}/move`, body: { stage: 'QUALIFIED' } }),
  },
  {
    name: 'POST /tenant/v1/deals with `companyId`',
    ...idsOf('companies'),
    status: 400,
    request: (id, each) => ({
      method: 'POST',
      path: '/tenant/v1/deals',
      body: { title: `Deal ${each}`, companyId: id },
    }),
  },
  {
    name: 'POST /auth/v1/login, e-mail',
    known: (filled) => read(filled, 'select email as value from users order by random() limit 500'),
    like: likeEmail,
    status: 401,
    request: (email) => ({
      method: 'POST',
      path: '/auth/v1/login',
      body: { email, password: 'a wrong guess' },
      headers: { 'x-forwarded-for': addressOf() },
    }),
  },
]

async function read({ adminUrl }: Filled, text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const { rows } = await client.query<{ value: string }>(text)
  await client.end()
  return rows.map(({ value }) => value)
}

/** ms from the request to the whole answer. @throws Error on an answer that is not the expected one */
async function timeOf(api: Server, token: string, operation: Operation, id: string, each: number): Promise<number> {
  const { method, path, body, headers: more } = operation.request(id, each)
  const json = body ? { 'content-type': 'application/json' } : {}
  const headers = { authorization: `Bearer ${token}`, ...json, ...more }
  const from = performance.now()
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  await response.text()
  const took = performance.now() - from
  if (response.status !== operation.status) throw new Error(`${operation.name} answered ${response.status}`)
  return took
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The median of the differences with the 95% interval that their order gives, whatever their distribution. */
function interval(differences: number[]): { middle: number; from: number; to: number } {
  const sorted = differences.toSorted((a, b) => a - b)
  const reach = 0.98 * Math.sqrt(sorted.length)
  const at = (index: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(index)))] ?? 0
  const half = sorted.length / 2
  return { middle: median(sorted), from: at(half - reach), to: at(half + reach) }
}

async function measure(api: Server, token: string, operation: Operation, ids: string[]): Promise<string> {
  const foreign: number[] = []
  const unknown: number[] = []
  for (let each = -warmUp; each < pairs; each++) {
    const theirs = ids[Math.abs(each) % ids.length] ?? ''
    const kinds = [
      { id: theirs, into: foreign },
      { id: operation.like(theirs), into: unknown },
    ]
    if (randomInt(2) === 1) kinds.reverse()
    for (const { id, into } of kinds) {
      const took = await timeOf(api, token, operation, id, each)
      if (each >= 0) into.push(took)
    }
  }
  const { middle, from, to } = interval(foreign.map((took, index) => took - (unknown[index] ?? 0)))
  const us = (ms: number) => `${(ms * 1000).toFixed(0)} µs`
  const verdict = from <= 0 && to >= 0 ? 'none to be seen' : 'one to look into'
  return `| ${operation.name} | ${pairs} + ${pairs} | ${us(median(foreign))} | ${us(median(unknown))} | ${us(middle)} (${us(from)} to ${us(to)}) | ${verdict} |`
}

process.on('SIGINT', () => {
  stopAll()
  process.exit(130)
})
try {
  const filled = await fillDatabase(tenFirms(dealsPerFirm))
  const api = await startThroughline(installed(filled))
  const token = await signIn(api, { email: filled.email, password })
  say(`\n${new Date().toISOString().slice(0, 10)}, ${machine()}\n`)
  say('| operation | calls | median, somebody else’s | median, nobody’s | median difference (95%) | difference |')
  say('|---|---|---|---|---|---|')
  for (const operation of operations) say(await measure(api, token, operation, await operation.known(filled)))
  await api.stop()
} finally {
  stopAll()
}
