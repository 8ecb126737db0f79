import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import {
  excerptOf,
  flawOf,
  judge,
  newWebhookSecret,
  type Outcome,
  retryWaits,
  signedHeaders,
} from './deliveries.rules.ts'

const answered = (statusCode: number | null): Outcome => ({ statusCode, error: null, durationMs: 1, response: '' })
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
    expect(judge(answered(status), 1, 0)).toEqual({ kind: 'again', waitMs: 5_000 })
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
