import { expect, it } from 'vitest'
import { dateOnly, instant } from './common.ts'

it.for([
  ['a day', dateOnly, '2026-02-28', true],
  ['the first day', dateOnly, '0001-01-01', true],
  ['a day of a year that calendars do not have', dateOnly, '0000-01-01', false],
  ['a day that its month does not have', dateOnly, '2026-02-30', false],
  ['an instant', instant, '2026-02-28T10:00:00Z', true],
  ['an instant of that year', instant, '0000-06-01T10:00:00Z', false],
  // In UTC it is the year before.
  ['an instant just after it, to the east', instant, '0001-01-01T00:00:00+02:00', false],
] as const)('%s is taken as Postgres takes it', ([, schema, text, isTaken]) => {
  expect(schema.safeParse(text).success).toBe(isTaken)
})
