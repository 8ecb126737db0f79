import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lostReasonsOf, ownersOf, sourcesOf } from './breakdowns.rules.ts'
import { Facts, nobody, noSource } from './facts.rules.ts'
import { linkOf } from './links.rules.ts'
import { fact } from './testing/fact.ts'

const days = { from: '2026-01-01', to: '2026-03-31' }
const percents = { LEAD: 10, QUALIFIED: 50, NEGOTIATION: 80 }
const queryOf = (deals: string | null) => Object.fromEntries(new URLSearchParams(deals ?? ''))

describe('the numbers by source', () => {
  const sources = (...facts: ReturnType<typeof fact>[]) => sourcesOf(new Facts(facts), days, percents, linkOf)

  it('name a source that has only open, only closed, or only new deals', () => {
    const found = sources(
      fact('openSource', 'QUALIFIED', { key: 'Fair', value: '200' }),
      fact('closedSource', 'CLOSED_WON', { key: 'Web', value: '50' }),
      fact('cohort', 'LEAD', { key: 'Friend', count: 2, won: 1 }),
    )
    expect(found.map(({ source, created, open, won }) => [source, created.count, open.count, won.count])).toEqual([
      ['Friend', 2, 0, 0],
      ['Fair', 0, 1, 0],
      ['Web', 0, 0, 1],
    ])
    expect(found[0]).toMatchObject({ conversion: 0.5, winRate: null })
    expect(found[1]?.open.weighted).toEqual([{ currency: 'EUR', value: '100.00' }])
    expect(found[2]).toMatchObject({ conversion: null, winRate: 1 })
  })

  it('call what is not known null, and lead to deals without a source', () => {
    const [unknown] = sources(fact('closedSource', 'CLOSED_LOST', { key: noSource }))
    expect(unknown).toMatchObject({ source: null, winRate: 0 })
    expect(queryOf(unknown?.lost.deals ?? null)).toEqual({
      unsourced: 'true',
      stage: 'CLOSED_LOST',
      closedFrom: '2026-01-01',
      closedTo: '2026-03-31',
    })
  })

  it('count as created only what came in as a lead', () => {
    const [one] = sources(
      fact('cohort', 'LEAD', { key: 'Web', count: 5 }),
      fact('cohort', 'QUALIFIED', { key: 'Web', count: 3 }),
    )
    expect(one?.created.count).toBe(5)
  })
})

describe('the numbers by owner', () => {
  const owners = [
    { id: 'o1', name: 'Ada' },
    { id: 'o2', name: 'Bob' },
  ]
  it('have those who won most first, then those with most open, then the alphabet; nobody is one of them', () => {
    const found = ownersOf(
      new Facts([
        fact('openOwner', 'LEAD', { key: 'o1' }),
        fact('openOwner', 'LEAD', { key: 'o2' }),
        fact('openOwner', 'LEAD', { key: nobody, count: 3 }),
        fact('closedOwner', 'CLOSED_WON', { key: 'o3', value: '10' }),
        fact('closedOwner', 'CLOSED_LOST', { key: 'o3' }),
      ]),
      days,
      percents,
      { link: linkOf, owners },
    )
    expect(found.map(({ owner, winRate }) => [owner, winRate])).toEqual([
      // Somebody who has left is still somebody, without a name.
      [{ id: 'o3', name: '' }, 0.5],
      [null, null],
      [{ id: 'o1', name: 'Ada' }, null],
      [{ id: 'o2', name: 'Bob' }, null],
    ])
    expect(queryOf(found[1]?.open.deals ?? null)).toMatchObject({ unowned: 'true' })
    expect(queryOf(found[0]?.won.deals ?? null)).toMatchObject({ ownerId: 'o3', stage: 'CLOSED_WON' })
  })
})

describe('the reasons of losses', () => {
  it('come most frequent first, each with the deals behind it, currencies apart', () => {
    const lost = (reason: string, count: number, currency = 'EUR') =>
      fact('reason', 'CLOSED_LOST', { key: reason, count, currency, value: String(count) })
    const found = lostReasonsOf([lost('Price', 1), lost('Timing', 2), lost('Price', 3, 'USD')], days, linkOf)
    expect(found.map(({ reason, count, sums }) => [reason, count, sums.map(({ currency }) => currency)])).toEqual([
      ['Price', 4, ['EUR', 'USD']],
      ['Timing', 2, ['EUR']],
    ])
    expect(queryOf(found[1]?.deals ?? null)).toMatchObject({ stage: 'CLOSED_LOST', lostReason: 'Timing' })
  })
})

it('has every deal in one source, one owner and one reason, however they are spread', () => {
  const rows = fc.array(fc.tuple(fc.constantFrom('', 'a', 'b', 'c'), fc.integer({ min: 1, max: 99 })), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(rows, (given) => {
      const facts = (part: 'closedSource' | 'closedOwner' | 'reason') =>
        given.map(([key, count]) => fact(part, 'CLOSED_LOST', { key, count }))
      const all = given.reduce((sum, [, count]) => sum + count, 0)
      const sum = (sets: { count: number }[]) => sets.reduce((total, { count }) => total + count, 0)
      const both = new Facts([...facts('closedSource'), ...facts('closedOwner')])
      expect(sum(sourcesOf(both, days, percents, linkOf).map(({ lost }) => lost))).toBe(all)
      expect(sum(ownersOf(both, days, percents, { link: linkOf, owners: [] }).map(({ lost }) => lost))).toBe(all)
      expect(sum(lostReasonsOf(facts('reason'), days, linkOf))).toBe(all)
    }),
  )
})
