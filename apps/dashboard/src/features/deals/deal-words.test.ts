import { expect, it } from 'vitest'
import { staysOf } from './deal-words.ts'

const stay = (from: string, until: string | null) => ({ stage: 'LEAD' as const, from, until, reason: null, by: null })

it('says of each stage that was left how long the deal had been there', () => {
  const stays = staysOf([
    stay('2026-11-01T08:00:00.000Z', '2026-11-01T19:00:00.000Z'),
    stay('2026-11-01T19:00:00.000Z', '2026-11-13T20:00:00.000Z'),
    stay('2026-11-13T20:00:00.000Z', null),
  ])
  expect([...stays]).toEqual([
    ['2026-11-01T19:00:00.000Z', 'less than a day'],
    ['2026-11-13T20:00:00.000Z', '12 days'],
  ])
})
