import { describe, expect, it } from 'vitest'
import { hasNightBegun, localTime, remindersOf } from './local-time.rules.ts'

const at = (zone: string, instant: string) => localTime(zone, new Date(instant))

/** Every five minutes of two days: when a night begins, as one who looks sees it, once a day. */
function nightsSeen(zone: string, from: string): string[] {
  const seen = new Map<string, string>()
  for (let minute = 0; minute < 2 * 24 * 60; minute += 5) {
    const local = localTime(zone, new Date(Date.parse(from) + minute * 60_000))
    if (hasNightBegun(local) && !seen.has(local.day)) seen.set(local.day, local.time)
  }
  return [...seen].map(([day, time]) => `${day} ${time}`)
}

describe('a night', () => {
  it('begins at 02:00 by the clock of the zone', () => {
    expect(at('Europe/Berlin', '2026-07-01T00:00:00Z')).toEqual({ day: '2026-07-01', time: '02:00', weekday: 3 })
    expect(nightsSeen('Asia/Kolkata', '2026-07-01T18:30:00Z')).toEqual(['2026-07-02 02:00', '2026-07-03 02:00'])
  })
  it('begins at 03:00 where the clock jumps over 02:00', () => {
    expect(nightsSeen('Europe/Berlin', '2026-03-28T23:00:00Z')[0]).toBe('2026-03-29 03:00')
    expect(nightsSeen('America/New_York', '2026-03-08T05:00:00Z')[0]).toBe('2026-03-08 03:00')
  })
  it('begins once where 02:00 comes twice', () => {
    expect(nightsSeen('Europe/Berlin', '2026-10-24T22:00:00Z')).toEqual(['2026-10-25 02:00', '2026-10-26 02:00'])
    expect(nightsSeen('America/New_York', '2026-11-01T04:00:00Z')).toEqual(['2026-11-01 02:00', '2026-11-02 02:00'])
  })
  it('of a zone that changes at midnight, or by half an hour, comes once a day as well', () => {
    expect(nightsSeen('America/Santiago', '2026-09-06T04:00:00Z')).toHaveLength(2)
    expect(nightsSeen('Australia/Lord_Howe', '2026-10-03T13:30:00Z')[0]).toBe('2026-10-04 02:30')
  })
})

describe('reminders', () => {
  it('go out on Mondays from nine on, by the clock of the zone', () => {
    expect(remindersOf(at('Europe/Berlin', '2026-03-30T06:59:00Z'))).toBeNull()
    expect(remindersOf(at('Europe/Berlin', '2026-03-30T07:00:00Z'))).toBe('2026-03-30')
    expect(remindersOf(at('Pacific/Auckland', '2026-03-29T20:00:00Z'))).toBe('2026-03-30')
    expect(remindersOf(at('Europe/Berlin', '2026-03-31T07:00:00Z'))).toBeNull()
  })
})
