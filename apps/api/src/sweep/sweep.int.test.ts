// Every operation of the OpenAPI document x every place where an id can stand x every id of another firm x every role.
// The answer is the one that an id gets which nobody has: in status, headers and body, and in the SQL behind it.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, callOf, rowFor, withIds } from './calls.ts'
import type { Place } from './operations.ts'
import { exceptions, howToAdd, samples } from './samples.ts'
import { type Asker, type SampledOperation, type Stage, setStage } from './stage.ts'

const longTest = 900_000

let stage: Stage
let untouched: Awaited<ReturnType<Stage['snapshot']>>

beforeAll(async () => {
  stage = await setStage()
  untouched = await stage.snapshot()
})
afterAll(() => stage?.close())

/** The first few are enough to see what it is. */
const shown = (wrong: readonly string[]): string => wrong.slice(0, 15).join('\n')

/** Whether staff may see rows of this table here. */
const isTheirsToSee = ({ isStaff }: Asker, { sample }: SampledOperation, table: string | undefined): boolean =>
  isStaff && table !== undefined && (sample.staffReach?.tables.includes(table) ?? false)

const isRefusal = (status: number): boolean => status === 401 || status === 403
/** What an id that nobody has may get, once it is looked at. */
function fits({ in: where, name }: Place, { sample }: SampledOperation, status: number): boolean {
  if (where === 'path') return status === 404
  if (where === 'body' && !sample.narrows?.includes(name)) return status >= 400 && status < 500
  return status < 500
}

/** A change is also tried with versions: they must not be looked at before whose the row is. */
const versionHeaders = ({ method }: SampledOperation, place: Place): Record<string, string>[] =>
  method === 'GET' || place.in !== 'path' ? [{}] : [{}, { 'if-match': '"1"' }, { 'if-match': '"999"' }]

/** Those who may do most try every id everywhere. The others are answered by the same code behind another permission. */
const triesAll: ReadonlySet<string> = new Set(['owner', 'super_admin'])
const sampleOf = 12

/** Which ids somebody tries in a place: of the rest, in turn, each twelfth, and whatever the place is meant for. */
function idsToTry({ role }: Asker, { sample }: SampledOperation, place: Place, turn: number): [string, string][] {
  const all = [...stage.rowIds]
  if (triesAll.has(role)) return all
  const meant = place.in === 'path' ? stage.rowIds.get(rowFor(place.name, sample, stage.acme)) : undefined
  return all.filter(([, table], index) => table === meant || (index + turn) % sampleOf === 0)
}

/** Everything that is wrong with one place of one operation, for one asker. */
async function sweep(operation: SampledOperation, place: Place, asker: Asker, turn: number) {
  const { rowIds, globex, acme } = stage
  const wrong: string[] = []
  let isReached = false
  const who = `${operation.name}, ${place.in} ${place.name}, as ${asker.role}`
  const callWith = (headers: Record<string, string>) => (value: string) => {
    const call = callOf(operation, operation.sample, globex, { place, value })
    return { ...call, headers: { ...call.headers, ...headers } }
  }
  for (const headers of versionHeaders(operation, place)) {
    const nobodys = randomUUID()
    const baseline = await stage.ask(asker, callWith(headers)(nobodys), nobodys)
    const { statusCode } = baseline.response
    if (!isRefusal(statusCode)) {
      isReached = true
      if (!fits(place, operation, statusCode)) wrong.push(`${who}: an id that nobody has gets ${statusCode}`)
    }
    for (const [theirs, table] of idsToTry(asker, operation, place, turn)) {
      if (isTheirsToSee(asker, operation, table)) continue
      const isVersioned = Object.keys(headers).length > 0
      if (isVersioned && table !== rowIds.get(rowFor(place.name, operation.sample, acme))) continue
      const found = await stage.difference(asker, callWith(headers), { theirs, nobodys }, baseline)
      if (found) wrong.push(`${who}: ${theirs} (${table}) ${found}`)
    }
  }
  return { wrong, isReached }
}

it('has a sample for every operation, and none for an operation that is gone', () => {
  const names = stage.described.map(({ name }) => name)
  const missing = names.filter((name) => !samples[name] && !exceptions[name])
  expect(missing.map(howToAdd).join('\n'), 'operations that the sweep of tenants does not know').toBe('')
  const gone = [...Object.keys(samples), ...Object.keys(exceptions)].filter((name) => !names.includes(name))
  expect(gone, 'lines of samples.ts without an operation').toEqual([])
  expect(stage.operations.length).toBeGreaterThan(50)
})

it('has something of the other firm in every table of tenants', () => {
  const empty = Object.entries(untouched.tables).filter(([, sum]) => sum.startsWith('0 '))
  expect(empty).toEqual([])
  expect(Object.values(stage.acme.rows).filter((id) => !stage.rowIds.has(id))).toEqual([])
})

describe('what is of another firm', () => {
  it(
    'is answered like an id that nobody has, wherever it stands and whoever sends it',
    async ({ annotate }) => {
      const { operations, askers, rowIds, figures } = stage
      const wrong: string[] = []
      let places = 0
      for (const operation of operations)
        for (const place of operation.places.filter(({ holds }) => holds === 'id')) {
          places += 1
          const results = []
          for (const asker of askers) results.push(await sweep(operation, place, asker, places))
          wrong.push(...results.flatMap((result) => result.wrong))
          if (!results.some(({ isReached }) => isReached))
            wrong.push(`${operation.name}: no role gets as far as ${place.in} ${place.name}; its sample is not valid`)
        }
      await annotate(
        `${operations.length} operations, ${places} places, ${rowIds.size} ids, ${askers.length} roles: ${figures.calls} calls`,
      )
      expect(shown(wrong)).toBe('')
      expect(places).toBeGreaterThan(30)
    },
    longTest,
  )

  it('is in no list, board, count, event, job, file, notification or error: nothing of it is in any answer', async () => {
    const { operations, globex } = stage
    const wrong: string[] = []
    for (const operation of operations) {
      const statuses = []
      for (const asker of await stage.signIn()) {
        const answer = await stage.ask(asker, callOf(operation, operation.sample, globex))
        const { statusCode } = answer.response
        statuses.push(`${asker.role} ${statusCode}`)
        if (statusCode >= 500) wrong.push(`${operation.name}, as ${asker.role}: ${answer.response.body}`)
        if (asker.isStaff && operation.sample.staffReach) continue
        const leaks = stage.leaksIn(answer)
        if (leaks.length > 0) wrong.push(`${operation.name}, as ${asker.role}, shows ${leaks.join(', ')}`)
      }
      if (!statuses.some((status) => / 2\d\d$/.test(status)))
        wrong.push(`${operation.name}: nobody gets a good answer to its sample (${statuses.join(', ')})`)
    }
    expect(shown(wrong)).toBe('')
  })

  it('moves no page: a cursor made of its rows is like one made of rows that nobody has', async () => {
    const wrong: string[] = []
    // Some of the operations before have ended sessions.
    const askers = await stage.signIn()
    const place = { in: 'query', name: 'cursor' } as const
    const first = { place: { in: 'query', name: 'limit' } as const, value: '1' }
    for (const operation of stage.operations.filter(({ hasPages }) => hasPages)) {
      const { response } = await stage.ask(stage.owner, callOf(operation, operation.sample, stage.acme, first))
      if (isRefusal(response.statusCode) && operation.sample.staffReach) continue
      const theirs: unknown = response.json().page?.nextCursor
      if (typeof theirs !== 'string') {
        wrong.push(`${operation.name}: the other firm has no second page; give it two rows in victims.ts`)
        continue
      }
      const callWith = (value: string): Call => callOf(operation, operation.sample, stage.globex, { place, value })
      const [owner] = askers
      const taken = owner && (await stage.ask(owner, callWith(likeCursor(theirs))))
      if (taken?.response.statusCode !== 200) wrong.push(`${operation.name}: does not take its own cursor`)
      for (const asker of askers) {
        const found = await stage.difference(asker, callWith, { theirs, nobodys: likeCursor(theirs) })
        if (found) wrong.push(`${operation.name}, as ${asker.role}: a cursor ${found}`)
      }
    }
    expect(shown(wrong)).toBe('')
  })

  it('is not found by searching, and takes no name, domain or address away', async () => {
    const { acme, operations, globex } = stage
    const askers = await stage.signIn()
    const otherMarker = `SECRET-${randomBytes(6).toString('hex')}`
    const nobodysOf = (text: string) =>
      text.replace(acme.marker, otherMarker).replace(acme.marker.toLowerCase(), otherMarker.toLowerCase())
    const wrong: string[] = []
    for (const operation of operations) {
      const { sample } = operation
      const searches = operation.places
        .filter(({ in: where, holds }) => where === 'query' && holds === 'text')
        .flatMap((place) => [acme.marker, acme.companyDomain, acme.contactEmail].map((theirs) => ({ place, theirs })))
      const taken = Object.entries(sample.taken ?? {}).map(([name, textOf]) => ({
        place: { in: 'body', name } as const,
        theirs: textOf(acme),
      }))
      for (const { place, theirs } of [...searches, ...taken])
        for (const asker of askers) {
          if (asker.isStaff && sample.staffReach) continue
          const callWith = (value: string) => callOf(operation, sample, globex, { place, value })
          const found = await stage.difference(asker, callWith, { theirs, nobodys: nobodysOf(theirs) })
          if (found) wrong.push(`${operation.name}, ${place.in} ${place.name}, as ${asker.role}: "${theirs}" ${found}`)
        }
    }
    expect(shown(wrong)).toBe('')
  })

  it('answers no request that repeats its Idempotency-Key', async () => {
    const { key, body } = stage.acme.used
    const call: Call = {
      method: 'POST',
      url: '/tenant/v1/deals',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      payload: JSON.stringify({ ...body, companyId: null, contactId: null }),
    }
    const owner = (await stage.signIn()).find(({ role }) => role === 'owner')
    if (!owner) throw new Error('no owner')
    const answer = await stage.ask(owner, call, stage.acme.marker)
    expect(answer.response.statusCode).toBe(201)
    expect(answer.response.headers['idempotency-replayed']).toBeUndefined()
    expect(stage.leaksIn(answer, stage.acme.marker)).toEqual([])
  })

  it('is as it was after all of this', async () => {
    expect(await stage.snapshot()).toEqual(untouched)
  })
})

/** The same place in a list, at a row that nobody has: only the end of each id is another, so that none comes between. */
const likeCursor = (cursor: string): string =>
  Buffer.from(
    withIds(
      Buffer.from(cursor, 'base64url').toString('utf8'),
      (id) => `${id.slice(0, -12)}${randomBytes(6).toString('hex')}`,
    ),
  ).toString('base64url')
