import { expect, it } from 'vitest'
import { isoInstant, jsonShape, rowLimit, sql } from './index.ts'

const shape = jsonShape([
  { name: 'id', column: sql`d.id`, kind: 'plain' },
  { name: 'title', column: sql`d.title`, kind: 'text' },
  { name: 'score', column: sql`d.score`, kind: 'bare' },
  { name: 'open', column: sql`d.open`, kind: 'boolean' },
  {
    name: 'owner',
    row: sql`o`,
    fields: [
      { name: 'id', column: sql`o.id`, kind: 'plain' },
      { name: 'name', column: sql`o.name`, kind: 'text' },
    ],
  },
  { name: 'at', column: sql`d.at`, kind: 'instant' },
])

it('selects the columns in the order in which the writer reads them', () => {
  expect(shape.columns.text).toBe('d.id,d.title,d.score,d.open,o.id,o.name,d.at')
  expect(shape.width).toBe(7)
})

it('has Postgres write the same members, in the same order', () => {
  const at = `to_char(d.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  expect(shape.json.text).toBe(
    `(select row_to_json(v) from (select d.id::text as "id",d.title as "title",d.score as "score",d.open as "open",` +
      `o as "owner",${at} as "at") v)::text`,
  )
  const named = (name: string) => () => jsonShape([{ name, column: sql`x`, kind: 'text' }])
  for (const name of ['', 'a"b', 'a b', '1a', 'é']) expect(named(name)).toThrow(RangeError)
})

it.each(['plain', 'with "quotes" and \\', 'line\nbreak\u2028', '</script>', '\u0001', 'ﷺ 👩‍👩‍👧', ''])(
  'writes %j so that it is read again as it was',
  (title) => {
    const text = shape.write(['1', title, '7', 't', '2', title, '2026-11-21 10:00:00.5+00', 'not of the shape'])
    expect(JSON.parse(text)).toEqual({
      id: '1',
      title,
      score: 7,
      open: true,
      owner: { id: '2', name: title },
      at: '2026-11-21T10:00:00.500Z',
    })
  },
)

it('writes null for what is null, and for an object whose first field is', () => {
  expect(JSON.parse(shape.write(['1', null, null, 'f', null, null, null]))).toEqual({
    id: '1',
    title: null,
    score: null,
    open: false,
    owner: null,
    at: null,
  })
})

it.each([
  ['2026-11-21 10:00:00+00', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21 10:00:00.12+00', '2026-11-21T10:00:00.120Z'],
  ['2026-11-21 11:30:00.123+01:30', '2026-11-21T10:00:00.123Z'],
  ['2026-11-21 05:00:00-05', '2026-11-21T10:00:00.000Z'],
])('shows the instant %s in UTC, whatever the time zone of the session', (text, expected) => {
  expect(isoInstant(text)).toBe(expected)
})

it('puts a row limit into the text, and nothing but a small whole number', () => {
  expect(sql`limit ${rowLimit(51)}`).toMatchObject({ text: 'limit 51', values: [] })
  for (const wrong of [-1, 1.5, 50_001, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => rowLimit(wrong)).toThrow(RangeError)
})
