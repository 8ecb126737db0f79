import { createHash, randomUUID } from 'node:crypto'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../testing.ts'

let world: TestWorld
let one: TestApp
let two: TestApp
let acme: TestTenant
let globex: TestTenant
let manager: Caller

beforeAll(async () => {
  world = await createTestWorld()
  one = await createTestApp(world)
  two = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  manager = await one.as(acme, 'manager')
})
afterAll(async () => {
  await one?.close()
  await two?.close()
  await world?.close()
})

const count = async (tenant: TestTenant, title: string) => {
  const row = await tenant.systemCtx().db.queryOne<{ deals: number; events: number; audits: number }>(sql`
    select (select count(*)::int from deals where title = ${title}) as deals,
      (select count(*)::int from events e join deals d on d.id::text = e.data->>'dealId' where d.title = ${title} and e.type = 'deal.created') as events,
      (select count(*)::int from audit_entries a join deals d on d.id = a.subject_id where d.title = ${title}) as audits`)
  return row
}

describe('a change with an Idempotency-Key', () => {
  it('happens once, and the second call gets the first answer', async () => {
    const key = randomUUID()
    const first = await manager.post('/tenant/v1/deals', { title: 'Once' }, { 'idempotency-key': key })
    const again = await manager.post('/tenant/v1/deals', { title: 'Once' }, { 'idempotency-key': `"${key}"` })
    expect([first.statusCode, again.statusCode]).toEqual([201, 201])
    expect(again.json()).toEqual(first.json())
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await count(acme, 'Once')).toEqual({ deals: 1, events: 1, audits: 1 })
  })

  it('leaves nothing in the database that a body, which may hold a password, could be guessed by', async () => {
    const body = { brandVoice: 'Guess me' }
    const owner = await one.as(acme, 'owner')
    await owner.patch('/tenant/v1/settings', body, { 'idempotency-key': randomUUID() })
    await owner.patch('/tenant/v1/settings', body)
    const contents = [null, {}].map((params) => ['PATCH', '/tenant/v1/settings', params, {}, body, null])
    const guesses = contents.map((content) => createHash('sha256').update(JSON.stringify(content)).digest('hex'))
    const rows = await acme
      .systemCtx()
      .db.query<{ row: string }>(
        sql`select k.key || ' ' || k.fingerprint as row from idempotency_keys k where k.body like '%Guess me%'`,
      )
    expect(rows).toHaveLength(2)
    expect(rows.filter(({ row }) => guesses.some((guess) => row.includes(guess)))).toEqual([])
  })

  it('happens once when 60 callers ask two nodes at the same time', async () => {
    const other = two.with(manager.token)
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 2 ? manager : other).post('/tenant/v1/deals', { title: 'Crowd' }, { 'idempotency-key': key }),
      ),
    )
    expect(await count(acme, 'Crowd')).toEqual({ deals: 1, events: 1, audits: 1 })
    const made = answers.filter(({ statusCode }) => statusCode === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map((answer) => answer.json().id)).size).toBe(1)
    for (const answer of answers) expect([201, 409]).toContain(answer.statusCode)
  })

  it('is refused when the key was used for something else', async () => {
    const key = randomUUID()
    await manager.post('/tenant/v1/deals', { title: 'First use' }, { 'idempotency-key': key })
    const other = await manager.post('/tenant/v1/deals', { title: 'Second use' }, { 'idempotency-key': key })
    expect(other.statusCode).toBe(422)
    expect(other.json().error.code).toBe('idempotency_key_reused')
    expect((await count(acme, 'Second use'))?.deals).toBe(0)
  })

  it('is not confused by another firm or another person who uses the same key', async () => {
    const key = randomUUID()
    const callers = [manager, await one.as(acme, 'owner'), await one.as(globex, 'manager')]
    const ids = []
    for (const caller of callers)
      ids.push((await caller.post('/tenant/v1/deals', { title: 'Scope' }, { 'idempotency-key': key })).json().id)
    expect(new Set(ids).size).toBe(3)
  })

  it('does not burn the key when it is not valid, or when the effect fails', async () => {
    const key = { 'idempotency-key': randomUUID() }
    expect((await manager.post('/tenant/v1/deals', { title: '' }, key)).statusCode).toBe(400)
    const missing = { title: 'Later', companyId: randomUUID() }
    expect((await manager.post('/tenant/v1/deals', missing, key)).statusCode).toBeGreaterThanOrEqual(400)
    expect((await manager.post('/tenant/v1/deals', { title: 'Later' }, key)).statusCode).toBe(201)
    expect((await count(acme, 'Later'))?.deals).toBe(1)
  })

  it('replays the address of a job that it has accepted, and starts no second one', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const ask = () => manager.post('/tenant/v1/activities', { topic: 'Repeat', audience: 'us' }, key)
    const [first, again] = [await ask(), await ask()]
    expect(first.statusCode).toBe(202)
    expect(again.headers.location).toBe(first.headers.location)
    const jobs = await acme.systemCtx().db.query(sql`select 1 as one from jobs where name = 'agent__blog-writer'`)
    expect(jobs).toHaveLength(1)
  })

  it('is refused with 400 when the key is not one', async () => {
    expect(
      (await manager.post('/tenant/v1/deals', { title: 'x' }, { 'idempotency-key': 'k'.repeat(300) })).statusCode,
    ).toBe(400)
  })
})

describe('a change without a key', () => {
  it('that comes twice in a moment is a double click', async () => {
    const [first, again] = [
      await manager.post('/tenant/v1/deals', { title: 'Click' }),
      await manager.post('/tenant/v1/deals', { title: 'Click' }),
    ]
    expect(again.json().id).toBe(first.json().id)
    expect((await count(acme, 'Click'))?.deals).toBe(1)
  })

  it('that comes again later is a new wish', async () => {
    const first = await manager.post('/tenant/v1/deals', { title: 'Later click' })
    await world.database.platform.execute(sql`update idempotency_keys set expires_at = now() - interval '1 second'`)
    const second = await manager.post('/tenant/v1/deals', { title: 'Later click' })
    expect(second.json().id).not.toBe(first.json().id)
  })
})

it('keeps the answers of staff apart from those of firms', async () => {
  const admin = await one.asStaff(await world.staff('super_admin'), 'super_admin')
  const replay = await admin.post(`/admin/v1/dead-letters/${acme.id}/${randomUUID()}/replay`)
  expect(replay.statusCode).toBe(404)
  const unknown = await admin.post(`/admin/v1/dead-letters/${randomUUID()}/${randomUUID()}/replay`)
  expect(unknown.statusCode).toBe(404)
})
