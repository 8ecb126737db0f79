import { describe, expect, it } from 'vitest'
import {
  afterDefaultAction,
  type CureTerms,
  type Line,
  lastDayToCure,
  lineStateOf,
  outstandingOf,
  overdueDays,
} from './line-states.rules.ts'

const line = (more: Partial<Line> = {}): Line => ({
  due: 100n,
  applied: 0n,
  writtenOff: 0n,
  excess: 0n,
  excused: false,
  notified: true,
  standing: 'NONE',
  ...more,
})

describe('the state of a line', () => {
  it.each([
    ['PENDING', { notified: false }, 0],
    ['NOTIFIED', {}, 0],
    ['PARTIAL', { applied: 99n }, 0],
    ['FUNDED', { applied: 100n }, 9],
    ['FUNDED', { applied: 98n, writtenOff: 2n }, 9],
    ['PARTIAL', { applied: 97n, writtenOff: 2n }, 0],
    ['CURED', { standing: 'DEFAULT_NOTICE', applied: 98n, writtenOff: 2n }, 9],
    ['OVERFUNDED', { applied: 100n, excess: 5n }, 0],
    ['OVERDUE', { applied: 99n }, 1],
    ['DEFAULT_NOTICE', { standing: 'DEFAULT_NOTICE' }, 40],
    ['DEFAULTED', { standing: 'DEFAULTED' }, 80],
    ['DEFAULTED', { standing: 'DEFAULTED', applied: 100n }, 0],
    ['CURED', { standing: 'DEFAULT_NOTICE', applied: 100n }, 0],
    ['CURED', { standing: 'CURED' }, 50],
    ['EXCUSED', { excused: true }, 50],
  ] as const)('is %s: %#', (state, more, daysLate) => expect(lineStateOf(line(more), daysLate)).toBe(state))
  it('owes nothing when it is excused or paid', () => {
    expect(
      [line(), line({ applied: 30n }), line({ applied: 100n }), line({ excused: true })].map(outstandingOf),
    ).toEqual([100n, 70n, 0n, 0n])
  })
  it('owes nothing of what was written off', () => {
    expect([line({ applied: 98n, writtenOff: 2n }), line({ applied: 90n, writtenOff: 2n })].map(outstandingOf)).toEqual(
      [0n, 8n],
    )
  })
})

describe('being overdue', () => {
  const lastMinute = new Date('2026-03-31T23:30:00Z')
  it('begins with the day after the due date in the zone of the fund', () => {
    expect(overdueDays(1n, '2026-03-31', 'UTC', lastMinute)).toBe(0)
    expect(overdueDays(1n, '2026-03-31', 'Europe/Paris', lastMinute)).toBe(1)
    expect(overdueDays(1n, '2026-03-31', 'America/New_York', new Date('2026-04-01T03:59:59Z'))).toBe(0)
    expect(overdueDays(1n, '2026-03-31', 'America/New_York', new Date('2026-04-01T04:00:00Z'))).toBe(1)
  })
  it('is nothing without an outstanding amount', () => {
    expect(overdueDays(0n, '2026-03-01', 'UTC', lastMinute)).toBe(0)
  })
})

describe('a default', () => {
  const terms: CureTerms = { days: 5, count: 'business', holidays: new Set(['2026-04-03', '2026-04-06']) }
  const late = { line: line(), daysLate: 12, notice: null }
  const warned = {
    line: line({ standing: 'DEFAULT_NOTICE' }),
    daysLate: 12,
    notice: { date: '2026-04-01', byId: 'one' },
  }
  const by = (actorId: string, today: string) => ({ actorId, today, terms })

  it('begins with a notice for what is overdue, and with nothing else', () => {
    expect(afterDefaultAction(late, 'send_notice', by('one', '2026-04-01'))).toBe('DEFAULT_NOTICE')
    for (const other of [{ ...late, daysLate: 0 }, warned, { ...late, line: line({ applied: 100n }) }])
      expect(() => afterDefaultAction(other, 'send_notice', by('one', '2026-04-01'))).toThrow('overdue')
  })
  it('is designated only after the days to cure, by a second person', () => {
    expect(lastDayToCure('2026-04-01', terms)).toBe('2026-04-10')
    expect(lastDayToCure('2026-04-01', { ...terms, days: 30, count: 'calendar' })).toBe('2026-05-01')
    expect(() => afterDefaultAction(warned, 'designate', by('two', '2026-04-10'))).toThrow(
      expect.objectContaining({
        code: 'illegal_transition',
        details: expect.objectContaining({ lastDay: '2026-04-10' }),
      }),
    )
    expect(() => afterDefaultAction(warned, 'designate', by('one', '2026-04-11'))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
    expect(afterDefaultAction(warned, 'designate', by('two', '2026-04-11'))).toBe('DEFAULTED')
  })
  it('never comes without a notice, however late the line is', () => {
    expect(() => afterDefaultAction({ ...late, daysLate: 400 }, 'designate', by('two', '2027-04-11'))).toThrow('notice')
  })
  it('may be cured or waived before and after it was designated', () => {
    expect(afterDefaultAction(warned, 'cure', by('one', '2026-04-02'))).toBe('CURED')
    const defaulted = { ...warned, line: line({ standing: 'DEFAULTED' }) }
    expect(afterDefaultAction(defaulted, 'cure', by('one', '2026-05-02'))).toBe('CURED')
    expect(() => afterDefaultAction(late, 'cure', by('one', '2026-04-02'))).toThrow('no default')
  })
})
