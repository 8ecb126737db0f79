import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fact, Facts, noMonth } from './facts.rules.ts'
import { forecastOf } from './forecast.rules.ts'
import { linkOf } from './links.rules.ts'
import { fact } from './testing/fact.ts'

const today = '2026-03-15'
const percents = { LEAD: 10, QUALIFIED: 50, NEGOTIATION: 80 }
const due = (key: string, count = 1, value = '100') => fact('month', 'QUALIFIED', { key, count, value })
const overdue = (count = 1, value = '100') => fact('overdue', 'QUALIFIED', { key: '2026-03-01', count, value })
const forecast = (...facts: Fact[]) => forecastOf(new Facts(facts), percents, today, linkOf)

describe('the forecast', () => {
  it('has the months from this one on, in their order, and none that nothing is expected in', () => {
    const { months } = forecast(due('2026-07-01'), due('2026-03-01'), due('2027-01-01'), due('2026-02-01'))
    expect(months.map(({ month }) => month)).toEqual(['2026-03', '2026-07', '2027-01'])
  })

  it('counts what was expected earlier this month as overdue and not as due', () => {
    const { months, overdue: late } = forecast(due('2026-03-01', 3, '300'), overdue(2, '200'))
    expect(months).toEqual([
      expect.objectContaining({ month: '2026-03', count: 1, sums: [{ currency: 'EUR', count: 1, value: '100.00' }] }),
    ])
    expect(late).toMatchObject({ count: 2, sums: [{ value: '200.00' }], weighted: [{ value: '100.00' }] })
  })

  it('does not show this month when all of it is overdue', () => {
    expect(forecast(due('2026-03-01', 2, '200'), overdue(2, '200')).months).toEqual([])
  })

  it('keeps deals without a date apart', () => {
    const { months, undated, overdue: late } = forecast(due(noMonth, 4, '400'))
    expect([months, late.count, undated.count]).toEqual([[], 0, 4])
    expect(new URLSearchParams(undated.deals ?? '').get('undated')).toBe('true')
  })

  it('leads to the deals of the rest of this month, of whole months after it, and of the days before today', () => {
    const { months, overdue: late } = forecast(due('2026-03-01'), due('2026-04-01'))
    const days = (deals: string | null) => {
      const query = new URLSearchParams(deals ?? '')
      return [query.get('closeFrom'), query.get('closeTo')]
    }
    expect(months.map(({ deals }) => days(deals))).toEqual([
      ['2026-03-15', '2026-03-31'],
      ['2026-04-01', '2026-04-30'],
    ])
    expect(days(late.deals)).toEqual([null, '2026-03-14'])
  })

  it('has each deal once, in whatever month it is expected', () => {
    const month = fc.constantFrom('2025-12-01', '2026-02-01', '2026-03-01', '2026-04-01', '2031-10-01', noMonth)
    const rows = fc.array(fc.tuple(month, fc.integer({ min: 1, max: 50 })), { maxLength: 20 })
    fc.assert(
      fc.property(rows, fc.nat(50), (given, lateDays) => {
        const now = given.filter(([key]) => key === '2026-03-01').reduce((sum, [, count]) => sum + count, 0)
        const facts = given.map(([key, count]) => due(key, count, String(count)))
        const { months, overdue: late, undated } = forecast(...facts, overdue(Math.min(lateDays, now), '0'))
        const shown = months.reduce((sum, { count }) => sum + count, late.count + undated.count)
        expect(shown).toBe(given.reduce((sum, [, count]) => sum + count, 0))
      }),
    )
  })
})
