import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import {
  excerptOf,
  flawOf,
  judge,
  newWebhookSecret,
  type Outcome,
  retryAfterMs,
  retryWaits,
  signedHeaders,
} from './deliveries.rules.ts'

const answered = (statusCode: number | null): Outcome => ({
  statusCode,
  error: null,
  durationMs: 1,
  response: '',
  retryAfterMs: 0,
})
const hour = 3_600_000

describe('a try', () => {
  it.each([200, 201, 204, 299])('has arrived when the answer is %i', (status) => {
    expect(judge(answered(status), 1, 0)).toEqual({ kind: 'delivered' })
    expect(flawOf(status)).toBeNull()
  })

  it('ends everything when the answer is 410', () => {
    expect(judge(answered(410), 1, 0)).toEqual({ kind: 'gone' })
  })

  it.each([null, 100, 301, 302, 307, 400, 401, 404, 429, 500, 503])('is made again after %s', (status) => {
    expect(judge(answered(status), 1, 0)).toEqual({ kind: 'again', waitMs: 5_000, spared: 0 })
    if (status !== null) expect(flawOf(status)).toBeTruthy()
  })

  it('is the last of ten, in a little over three days', () => {
    const verdicts = Array.from({ length: 10 }, (_, index) => judge(answered(500), index + 1, 0))
    expect(verdicts.map(({ kind }) => kind)).toEqual([...Array(9).fill('again'), 'failed'])
    const total = retryWaits.reduce((sum, wait) => sum + wait, 0)
    expect([total > 72 * hour, total < 84 * hour]).toEqual([true, true])
  })

  it('waits up to a tenth longer, by chance, and never shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const verdict = judge(answered(503), attempts, chance)
        const plain = retryWaits[attempts - 1] ?? 0
        expect(verdict.kind === 'again' && verdict.waitMs >= plain && verdict.waitMs <= plain * 1.1 + 1).toBe(true)
      }),
    )
  })
})

describe('Retry-After', () => {
  const now = new Date('2026-11-21T10:00:00.400Z')
  it.each([
    ['seconds', 429, '120', 120_000],
    ['a date', 503, 'Sat, 21 Nov 2026 11:00:00 GMT', 3_599_600],
    ['a date that has passed', 503, 'Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['nothing', 429, undefined, 0],
    ['words', 429, 'soon', 0],
    ['a negative number', 429, '-5', 0],
    ['a fraction', 429, '1.5', 0],
    ['a day that does not exist', 429, 'Sat, 99 Nov 2026 09:00:00 GMT', 0],
    ['a header that came twice', 503, '60, 60', 0],
    ['more than a number holds', 503, '9'.repeat(400), Number.POSITIVE_INFINITY],
    ['seconds, with an answer that it does not belong to', 500, '120', 0],
  ])('of %s', (_what, status, header, wait) => expect(retryAfterMs(status, header, now)).toBe(wait))

  const wished = (ms: number): Outcome => ({ ...answered(503), retryAfterMs: ms })
  it('lengthens a wait and never shortens it', () => {
    expect(judge(wished(60_000), 1, 0)).toEqual({ kind: 'again', waitMs: 60_000, spared: 1 })
    expect(judge(wished(60_000), 2, 0)).toEqual({ kind: 'again', waitMs: 300_000, spared: 0 })
  })
  it('uses up the tries that it passes over: after an hour comes the fifth, not one five minutes later', () => {
    expect(judge(wished(hour), 1, 0)).toEqual({ kind: 'again', waitMs: hour, spared: 3 })
  })
  it('goes no further than the last try of the plan, and does not make one more', () => {
    expect(judge(wished(Number.POSITIVE_INFINITY), 9, 0)).toEqual({ kind: 'again', waitMs: 24 * hour, spared: 0 })
    expect(judge(wished(1), 10, 0)).toEqual({ kind: 'failed' })
  })
  it('never makes the whole longer than the plan, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, noNaN: true }), { minLength: 10, maxLength: 10 }), (wishes) => {
        let [attempt, total, tries] = [1, 0, 1]
        for (const wish of wishes) {
          const verdict = judge(wished(wish * hour), attempt, 0)
          if (verdict.kind !== 'again') break
          tries += 1
          total += verdict.waitMs
          attempt += 1 + verdict.spared
        }
        const plan = retryWaits.reduce((sum, wait) => sum + wait, 0)
        expect([total <= plan, attempt <= 10, tries <= 10]).toEqual([true, true, true])
      }),
    )
  })
})

describe('a signature', () => {
  it('is one that the library of the standard takes, with each secret of a rotation', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), (text, id) => {
        const body = JSON.stringify({ text })
        const [newer, older, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()]
        const headers = signedHeaders({ id, body }, [newer, older], new Date())
        for (const secret of [newer, older]) expect(new Webhook(secret).verify(body, headers)).toEqual({ text })
        expect(() => new Webhook(other).verify(body, headers)).toThrow()
        expect(() => new Webhook(newer).verify(`${body} `, headers)).toThrow()
      }),
      { numRuns: 30 },
    )
  })
})

it('keeps of an answer what a database can keep, and no more than 2,000 characters', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6000 }), (bytes) => {
      const text = excerptOf(Buffer.from(bytes))
      expect(text.length <= 2000 && !text.includes('\0') && text.isWellFormed()).toBe(true)
    }),
  )
  expect(excerptOf(Buffer.from('😀'.repeat(1500)))).toBe('😀'.repeat(1000))
  expect(excerptOf(Buffer.from(`x${'😀'.repeat(1500)}`))).toBe(`x${'😀'.repeat(999)}\uFFFD`)
})
