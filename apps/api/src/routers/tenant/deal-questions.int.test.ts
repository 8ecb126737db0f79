// How many questions a request about deals asks the database, from the first byte to the last.

import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let manager: Caller
let member: Caller
let dealId: string
const deals = '/tenant/v1/deals'

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  const acme = await world.tenant('Acme')
  await world.tenant('Globex')
  await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${acme.id}::uuid`)
  manager = await api.as(acme, 'manager')
  member = await api.as(acme, 'member')
  for (const stage of ['LEAD', 'QUALIFIED', 'NEGOTIATION'])
    for (const title of ['One', 'Another', 'A third']) {
      const mine = await member.post(deals, { title: `${title} of ${stage}`, stage })
      expect(mine.statusCode).toBe(201)
      dealId = mine.json().id
      await manager.post(deals, { title: `${title} not theirs`, stage })
    }
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const callers: [string, () => Caller, number][] = [
  ['a manager', () => manager, 18],
  ['a member who sees their own only', () => member, 9],
]

describe.each(callers)('%s', (_who, caller, seen) => {
  /** What is kept for a while, as the firm's setting is, is there. */
  async function questions(url: string) {
    await caller().get(url)
    const recorder = recordStatements()
    try {
      const answer = await caller().get(url)
      expect(answer.statusCode).toBe(200)
      return { answer, asked: recorder.take() }
    } finally {
      recorder.stop()
    }
  }

  it('asks one for a list, however long, filtered or sorted', async () => {
    for (const query of ['', '?limit=2', '?stage=LEAD&sort=value', '?sort=closeDate&reverse=true'])
      expect((await questions(`${deals}${query}`)).asked, query).toHaveLength(1)
    expect((await questions(deals)).answer.json().data).toHaveLength(seen)
  })

  it('asks one for the whole board, and one for more of a column', async () => {
    const board = await questions(`${deals}/board?limit=1`)
    expect(board.asked).toHaveLength(1)
    for (const column of board.answer.json().columns) {
      if (column.nextCursor === null) continue
      const more = `${deals}?stage=${column.stage}&sort=value&limit=1`
      expect((await questions(more)).asked, column.stage).toHaveLength(1)
    }
  })

  it('asks at most two for one deal', async () => {
    const { asked, answer } = await questions(`${deals}/${dealId}`)
    expect(asked.length).toBeLessThanOrEqual(2)
    expect(answer.json().id).toBe(dealId)
  })
})
