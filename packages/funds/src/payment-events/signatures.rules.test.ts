import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { PaymentProvider } from '@throughline/config'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { type Delivery, toleranceSeconds, verify } from './signatures.rules.ts'

const present = randomBytes(32)
const previous = randomBytes(24)
const stranger = randomBytes(32)
const keysOf = (...secrets: Buffer[]) => secrets.map((secret) => createSecretKey(secret))
const standard: PaymentProvider = { scheme: 'standard', keys: keysOf(present, previous) }
const timestamped: PaymentProvider = {
  scheme: 'timestamped',
  keys: keysOf(present, previous),
  header: 'gateway-signature',
}

const now = new Date('2026-11-21T10:00:00.900Z')
const seconds = Math.floor(now.getTime() / 1000)
const body = Buffer.from('{"type":"payment.succeeded","data":{"amount":1250}}')
const id = 'evt_1'

/** Signed by the library of the specification's own project: not by the code that is tried. */
function signed(secret: Buffer, { at = String(seconds), content = body, eventId = id } = {}): Delivery {
  const signature = new Webhook(`whsec_${secret.toString('base64')}`).sign(
    eventId,
    new Date(Number(at) * 1000),
    content.toString(),
  )
  return {
    headers: { 'webhook-id': eventId, 'webhook-timestamp': at, 'webhook-signature': signature },
    body: content,
  }
}
const hexOf = (secret: Buffer, at: string, content = body) =>
  createHmac('sha256', secret).update(`${at}.`).update(content).digest('hex')
const stamped = (value: string, content = body): Delivery => ({
  headers: { 'gateway-signature': value },
  body: content,
})
const with_ = (delivery: Delivery, headers: Record<string, string | string[] | undefined>): Delivery => ({
  ...delivery,
  headers: { ...delivery.headers, ...headers },
})
const signatureOf = (delivery: Delivery) => String(delivery.headers['webhook-signature'])
const flawOf = (provider: PaymentProvider, delivery: Delivery, at = now) => {
  const verdict = verify(provider, delivery, at)
  return verdict.genuine ? 'genuine' : verdict.flaw
}

describe('Standard Webhooks', () => {
  it('takes the vector of the specification', () => {
    const published: Delivery = {
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      body: Buffer.from('{"test": 2432232314}'),
    }
    const keys = keysOf(Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'))
    const at = new Date(1614265330_000)
    expect(verify({ scheme: 'standard', keys }, published, at)).toEqual({
      genuine: true,
      eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    })
    expect(flawOf(standard, published, at)).toBe('mismatch')
  })

  it('agrees with the library of the specification on any id, time and body', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\x21-\x7e]{1,60}$/),
        fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(present, previous),
        (eventId, at, text, secret) => {
          const delivery = signed(secret, { eventId, at: String(at), content: Buffer.from(text) })
          expect(verify(standard, delivery, new Date(at * 1000))).toEqual({ genuine: true, eventId })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('takes the present and the previous secret, and one right signature among several', () => {
    expect(flawOf(standard, signed(previous))).toBe('genuine')
    expect(flawOf(standard, signed(stranger))).toBe('mismatch')
    const right = signatureOf(signed(present))
    const wrong = signatureOf(signed(stranger))
    for (const several of [`${wrong} ${right}`, `${right} ${wrong}`, `v1a,AAAA v2,x ${right}`, `  ${right}`])
      expect(flawOf(standard, with_(signed(present), { 'webhook-signature': several }))).toBe('genuine')
    expect(flawOf(standard, with_(signed(present), { 'webhook-signature': `${wrong} ${wrong}` }))).toBe('mismatch')
  })

  it('refuses a signature that is forged, cut, lengthened, re-cased, of another version or not there', () => {
    const right = signatureOf(signed(present))
    const flaws = [
      right.slice(0, -1),
      `${right}=`,
      right.slice(0, 10),
      `v1,${right[3] === 'A' ? 'B' : 'A'}${right.slice(4)}`,
      right.toLowerCase(),
      right.replace('v1,', 'v1,v1,'),
    ].map((forged) => flawOf(standard, with_(signed(present), { 'webhook-signature': forged })))
    expect(flaws).toEqual(Array(6).fill('mismatch'))
    for (const formless of ['v1', 'v1,', 'v2,AAAA', right.replace('v1', 'v1a'), right.slice(3), ' '])
      expect(flawOf(standard, with_(signed(present), { 'webhook-signature': formless }))).toBe('malformed')
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      for (const value of [undefined, '', ['a', 'b']])
        expect(flawOf(standard, with_(signed(present), { [name]: value })), name).toBe('missing')
  })

  it('signs id, time and body: another of any of them is refused', () => {
    expect(flawOf(standard, with_(signed(present), { 'webhook-id': 'evt_2' }))).toBe('mismatch')
    expect(flawOf(standard, with_(signed(present), { 'webhook-timestamp': String(seconds - 1) }))).toBe('mismatch')
    expect(flawOf(standard, with_(signed(present), { 'webhook-id': 'ë' }))).toBe('malformed')
    expect(flawOf(standard, with_(signed(present), { 'webhook-id': 'e'.repeat(256) }))).toBe('malformed')
  })

  it('refuses every body that differs in one byte', () => {
    const delivery = signed(present)
    for (let at = 0; at < body.length; at++) {
      const altered = Buffer.from(body)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(flawOf(standard, { ...delivery, body: altered })).toBe('mismatch')
    }
    expect(flawOf(standard, { ...delivery, body: Buffer.concat([body, Buffer.from(' ')]) })).toBe('mismatch')
    expect(flawOf(standard, { ...delivery, body: Buffer.alloc(0) })).toBe('mismatch')
  })

  it('compares bytes, not what text makes of them', () => {
    const replaced = Buffer.from('{"a":"\ufffd"}')
    const broken = Buffer.from(replaced.toString('latin1').replace('\u00ef\u00bf\u00bd', '\u00ff'), 'latin1')
    expect(broken.toString()).toBe(replaced.toString())
    expect(flawOf(standard, { ...signed(present, { content: replaced }), body: broken })).toBe('mismatch')
  })
})

describe('t=,v1=', () => {
  const at = String(seconds)
  it('takes one right signature of either secret among several', () => {
    const right = hexOf(present, at)
    const wrong = hexOf(stranger, at)
    for (const value of [
      `t=${at},v1=${right}`,
      `t=${at},v1=${wrong},v1=${hexOf(previous, at)}`,
      `v1=${right}, t=${at}`,
      `t=${at},v0=${wrong},v1=${right},x`,
    ])
      expect(verify(timestamped, stamped(value), now)).toEqual({ genuine: true, eventId: null })
  })

  it('takes the header that the provider is configured with and no other', () => {
    const value = `t=${at},v1=${hexOf(present, at)}`
    const other = { ...timestamped, header: 'acme-signature' }
    expect(flawOf(other, { headers: { 'acme-signature': value }, body })).toBe('genuine')
    expect(flawOf(other, stamped(value))).toBe('missing')
  })

  it('refuses what is forged, cut, lengthened, signed for another time or body, or not signed', () => {
    const right = hexOf(present, at)
    for (const forged of [
      hexOf(stranger, at),
      right.slice(2),
      `${right}00`,
      `${right.slice(0, -1)}g`,
      right.toUpperCase(),
      hexOf(present, String(seconds - 1)),
      hexOf(present, at, Buffer.from(`${body} `)),
    ])
      expect(flawOf(timestamped, stamped(`t=${at},v1=${forged}`))).toBe('mismatch')
    for (const formless of [`v1=${right}`, `t=${at}`, `t=${at},v0=${right}`, `t=,v1=${right}`, right, ',', '='])
      expect(flawOf(timestamped, stamped(formless))).toBe('malformed')
    const old = String(seconds - 9_999)
    expect(flawOf(timestamped, stamped(`t=${at},t=${old},v1=${hexOf(present, old)}`))).toBe('malformed')
    expect(flawOf(timestamped, { headers: {}, body })).toBe('missing')
  })
})

describe('the age', () => {
  const ages = [
    [0, 'genuine'],
    [-toleranceSeconds, 'genuine'],
    [toleranceSeconds, 'genuine'],
    [-toleranceSeconds - 1, 'stale'],
    [toleranceSeconds + 1, 'stale'],
    [-86_400, 'stale'],
    [86_400, 'stale'],
  ] as const
  it.for(ages)('of %i seconds is %s in both schemes', ([offset, expected]) => {
    const at = String(seconds + offset)
    expect(flawOf(standard, signed(present, { at }))).toBe(expected)
    expect(flawOf(timestamped, stamped(`t=${at},v1=${hexOf(present, at)}`))).toBe(expected)
  })

  it('is never that of a time which is not whole seconds in digits, however well it is signed', () => {
    for (const at of ['NaN', 'Infinity', '-Infinity', '1e9', '0x66', `${seconds}.0`, ` ${seconds}`, `-${seconds}`]) {
      const claimed = `${id}.${at}.`
      const signature = createHmac('sha256', present).update(claimed).update(body).digest('base64')
      const delivery = with_(signed(present), { 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` })
      expect(flawOf(standard, delivery), at).toBe('malformed')
      const other = stamped(`t=${at},v1=${hexOf(present, at)}`)
      expect(['malformed', 'mismatch'], at).toContain(flawOf(timestamped, other))
    }
    expect(flawOf(standard, signed(present), new Date(Number.NaN))).toBe('stale')
  })
})

it('a forger without a secret gets nothing in, whatever is sent', () => {
  const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(String(seconds)))
  const header = fc.oneof(
    anything,
    fc.base64String().map((text) => `v1,${text}`),
    fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `t=${seconds},v1=${hex}`),
  )
  fc.assert(
    fc.property(anything, anything, header, fc.uint8Array(), (eventId, at, signature, content) => {
      const delivery: Delivery = {
        headers: {
          'webhook-id': eventId,
          'webhook-timestamp': at,
          'webhook-signature': signature,
          'gateway-signature': signature,
        },
        body: content,
      }
      expect(verify(standard, delivery, now).genuine).toBe(false)
      expect(verify(timestamped, delivery, now).genuine).toBe(false)
    }),
    { numRuns: 500 },
  )
})
