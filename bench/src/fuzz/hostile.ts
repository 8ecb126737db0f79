// What no honest client sends.
import fc from 'fast-check'

/** A JSON value that is written out when the call is made: a shrunk example stays small, and no stack is needed. */
export class Large {
  readonly json: () => string

  constructor(json: () => string) {
    this.json = json
  }
}

/** As `JSON.stringify`, also where a large value is part of it; undefined for what JSON has no word for. */
export function toJson(value: unknown): string | undefined {
  const found: Large[] = []
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Large ? `@large ${found.push(inner) - 1}@` : inner,
  ) as string | undefined
  return text?.replace(/"@large (\d+)@"/g, (_match, index) => found[Number(index)]?.json() ?? 'null')
}

const megabyte = 1024 * 1024
const own = (key: string, value: unknown): unknown => Object.fromEntries([[key, value]])

const numbers = [
  0,
  -0,
  -1,
  0.1,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
  5e-324,
]
export const strangeTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\u202eabc',
  '\ufeff',
  '\r\nset-cookie: a=b',
  '💥',
  'ﷺ',
  'Ａ',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e1000',
  "'; drop table users; --",
  '%',
  '_%\\',
  '%00',
  '%s%n',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '../../../etc/shadow',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '-271821-04-20T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  '{00000000-0000-4000-8000-000000000000}',
]
const shapes: unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  own('__proto__', { isAdmin: true }),
  own('constructor', { prototype: { isAdmin: true } }),
  { toString: 1, valueOf: null },
  { length: 1e9 },
  { $ref: '#' },
]
const many = (one: (n: number) => string): string => Array.from({ length: 10_000 }, (_, n) => one(n)).join(',')
const large = {
  'text of 10 MB': new Large(() => `"${'a'.repeat(10 * megabyte)}"`),
  'text of 70 kB': new Large(() => `"${'ä'.repeat(35_000)}"`),
  'depth 5,000': new Large(() => `${'{"a":['.repeat(2_500)}1${']}'.repeat(2_500)}`),
  'ten thousand items': new Large(() => `[${many(String)}]`),
  'ten thousand fields': new Large(() => `{${many((n) => `"f${n}":${n}`)}}`),
}

/** Any JSON value that may hurt. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...strangeTexts) },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...numbers) },
  { weight: 4, arbitrary: fc.constantFrom(...shapes) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...Object.values(large)) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
)

/** Pieces of the kind that a cursor is made of, and such as only nearly are. */
const cursorPieces = [
  '0000-01-01T00:00:00Z',
  '0000-01-01T00:00:00.000000Z',
  '9999-12-31T23:59:59Z',
  '2026-01-01T00:00:00+99:99',
  '-99999999999999999999.99',
  '9'.repeat(400),
  'NaN',
  2 ** 53,
  -1,
  0.5,
  null,
  '',
  'a\0b',
  '\ud800',
  'z'.repeat(300),
  '00000000-0000-0000-0000-000000000000',
]

function opened(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined // not one of those
  }
}

/** What was told as an opaque text, opened, changed at one place and closed again; as it was when it is no such text. */
export const tampered = (told: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(told, fc.nat(5), fc.constantFrom(...cursorPieces)).map(([value, place, piece]) => {
    const content = typeof value === 'string' ? opened(value) : undefined
    if (!Array.isArray(content)) return value
    const changed = content.map((one, index) => (index === place % content.length ? piece : one))
    return Buffer.from(JSON.stringify(changed)).toString('base64url')
  })

export const hostileKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'tenantId', 'role', 'id', 'version', '', '\0'),
  fc.string({ maxLength: 8 }),
)

/** As it stands in an address, encoded already. */
export const hostileStep = fc.constantFrom(
  '..',
  '%2e%2e',
  '%2f',
  '%5c',
  '%00',
  '%ED%A0%80',
  '%C0%AF',
  '%',
  '%zz',
  '-1',
  '0',
  'null',
  '__proto__',
  "'",
  'a'.repeat(99),
  'a'.repeat(101),
  'a'.repeat(5_000),
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
)

export const hostileQuery = fc.constantFrom(
  '__proto__=1',
  'constructor=1',
  'tenantId=1',
  'limit=1&limit=2',
  'limit[]=1',
  'limit[a]=1',
  'limit=1e3',
  'limit=0x10',
  'limit=',
  'cursor=',
  'cursor=%00',
  'cursor=bnVsbA',
  'cursor=W10',
  'cursor=WyJcdTAwMDAiLCJcdTAwMDAiXQ',
  'q=%00',
  'q=%ED%A0%80',
  'q=%',
  'q=%25_%5c',
  '&&&',
  '=',
  '?',
  'a=b#c',
  `q=${'a'.repeat(5_000)}`,
  Array.from({ length: 500 }, () => 'stage=LEAD').join('&'),
)

const etags = [
  '*',
  '"1"',
  'W/"1"',
  '"0"',
  '"2"',
  '"999999999"',
  '"99999999999"',
  '1',
  '""',
  '"-1"',
  'x',
  '"1", "2"',
  '',
]
const keys = ['a', '"a"', '""', '', ' ', 'a b', 'é', 'a'.repeat(255), 'a'.repeat(256), '"', "';--", '__proto__']
const anyHeader = (name: string, ...values: string[]) => fc.record({ [name]: fc.constantFrom(...values) })

/** Headers that a call may carry beside its own. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  anyHeader('if-match', ...etags),
  anyHeader('idempotency-key', ...keys),
  anyHeader('x-request-id', 'a', '../../x', 'a'.repeat(500)),
  anyHeader('traceparent', '00-0-0-00', 'garbage', `00-${'f'.repeat(32)}-${'f'.repeat(16)}-ff`),
  anyHeader('x-throughline-portal', 'manage', 'dm', '__proto__'),
  anyHeader('x-client', 'api', 'x'),
  anyHeader('x-forwarded-for', '127.0.0.1', 'a, b, c', '::1', "';--"),
  anyHeader('x-forwarded-host', 'evil.test', '[::1'),
  anyHeader('x-http-method-override', 'DELETE'),
  anyHeader('origin', 'null', 'https://evil.test', 'x'),
  anyHeader('cookie', 'tl_dashboard_access=%E0%A4%A', 'a=b; a=c; =; ;', 'tl_dashboard_refresh=a%00b', '__proto__=1'),
  anyHeader('accept', 'application/xml', '*/*;q=9', ''),
  anyHeader('accept-encoding', 'gzip;q=x', 'identity;q=0'),
  anyHeader('range', 'bytes=0-', 'bytes=9-1', 'x'),
  anyHeader('expect', '100-continue'),
  anyHeader('host', 'evil.test', 'a:b:c', ''),
)

export const forgedTokens = [
  'Bearer',
  'Bearer x.y.z',
  'Basic YTpi',
  `Bearer ${[{ alg: 'none' }, { sub: '1' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
  `Bearer ${'a'.repeat(7_000)}`,
  'Bearer bnVsbA.bnVsbA.bnVsbA',
  'é',
]
