import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, type TestWorld } from '../../testing/src/index.ts'
import { arrayText, jsonLines, sql } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

it('writes every text into an array as it is', async () => {
  const texts = [
    '',
    ' ',
    'null',
    'NULL',
    'a,b',
    '{x}',
    '"quoted"',
    'back\\slash',
    "it's",
    'line\nbreak',
    'Zoë 🙂',
    null,
  ]
  expect(
    await world.database.platform.query(
      sql`select t from unnest(${arrayText(texts)}::text[]) with ordinality as a(t, n) order by n`,
    ),
  ).toEqual(texts.map((t) => ({ t })))
})

it('writes columns of amounts, days, ids and truths, and JSON beside them', async () => {
  const id = '0199f3c0-7e1f-7000-8000-000000000001'
  const data = [{ text: 'line\nbreak, "quoted" \\ and {}' }, {}]
  const rows = await world.database.platform.query(sql`
    select amount, day, id, truth, data::jsonb as data
    from unnest(${arrayText(['-12.50', null])}::numeric[], ${arrayText(['2026-11-21', null])}::date[], ${arrayText([id, null])}::uuid[],
      ${arrayText([true, null])}::boolean[],
      string_to_array(${jsonLines(data.map((each) => JSON.stringify(each)))}, E'\\n')) as r(amount, day, id, truth, data)`)
  expect(rows).toEqual([
    { amount: '-12.50', day: '2026-11-21', id, truth: true, data: data[0] },
    { amount: null, day: null, id: null, truth: null, data: data[1] },
  ])
})
