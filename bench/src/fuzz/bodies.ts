// The body of a call: JSON that fits, nearly fits or does not; and bytes that are no JSON at all.
import fc from 'fast-check'
import type { Operation } from './document.ts'
import { hostileValue, strangeTexts, toJson } from './hostile.ts'
import { type Making, valuesOf } from './values.ts'

export interface Body {
  /** None leaves the header out. */
  type: string | undefined
  /** Made when the call is sent; some are 10 MB. */
  bytes(): Buffer
}

const json = 'application/json'
const jsonBody = (value: unknown): Body => ({ type: json, bytes: () => Buffer.from(toJson(value) ?? '') })
const rawBody = (text: string | (() => string), type: string | undefined = json): Body => ({
  type,
  bytes: () => Buffer.from(typeof text === 'string' ? text : text(), 'utf8'),
})

const wrongTypes = [
  'text/plain',
  'text/csv',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/json;;;=',
  'application/json, text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/octet-stream',
  'APPLICATION/JSON',
  '/',
  '*/*',
  'a'.repeat(5_000),
  '__proto__',
]

const brokenJson: Body[] = [
  rawBody(''),
  rawBody(' '),
  rawBody('null'),
  rawBody('"text"'),
  rawBody('[]'),
  rawBody('{'),
  rawBody('{"a":1,}'),
  rawBody('{"a":NaN}'),
  rawBody('{"a":1e1000,"b":-1e1000}'),
  rawBody('{"a":01}'),
  rawBody("{'a':1}"),
  rawBody('\ufeff{}'),
  rawBody('{}{}'),
  rawBody('{"\\u005f_proto__":{"a":1}}'),
  rawBody('{"constructor":{"prototype":{"a":1}}}'),
  rawBody(() => `{"a":"${'a'.repeat(10 * 1024 * 1024)}"}`),
  rawBody(() => '['.repeat(5_000) + ']'.repeat(5_000)),
  rawBody(() => '['.repeat(100_000)),
  rawBody(() => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  rawBody(() => `{"a":${'9'.repeat(100_000)}}`),
  rawBody(() => `[${'0,'.repeat(100_000)}0]`),
  { type: json, bytes: () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]) },
  { type: json, bytes: () => Buffer.from('{"title":"a"}', 'utf16le') },
  { type: undefined, bytes: () => Buffer.from('{"title":"a"}') },
]

const cut = ({ type, bytes }: Body): Body => ({ type, bytes: () => bytes().subarray(0, -2) })
/** Every field twice, the second time with something else: the last one counts, and is checked. */
const twice = (value: object): Body =>
  rawBody(() => {
    const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${toJson(inner) ?? 0}`)
    const again = Object.keys(value).map((key) => `${JSON.stringify(key)}:{"a":[null]}`)
    return `{${[...fields, ...again].join(',')}}`
  })

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Bodies of an operation that takes JSON, or takes none. */
function jsonBodies(making: Making, { body }: Operation): fc.Arbitrary<Body | undefined> {
  const fitting = (noisy: boolean) =>
    body ? valuesOf({ ...making, noisy }, body.schema, '') : fc.constant<unknown>(noisy ? {} : undefined)
  const honest = fitting(false).map((value) => (value === undefined ? undefined : jsonBody(value)))
  if (!making.noisy) return honest
  return fc.oneof(
    { weight: 5, arbitrary: honest },
    { weight: 8, arbitrary: fitting(true).map(jsonBody) },
    { weight: 1, arbitrary: hostileValue.map(jsonBody) },
    { weight: 1, arbitrary: fitting(false).map((value) => cut(jsonBody(value))) },
    { weight: 1, arbitrary: fitting(false).map((value) => (isObject(value) ? twice(value) : jsonBody(value))) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fitting(false), fc.constantFrom(...wrongTypes))
        .map(([value, type]) => ({ ...jsonBody(value), type })),
    },
    { weight: 2, arbitrary: fc.constantFrom(...brokenJson) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

interface Part {
  name: string
  fileName: string | undefined
  content: string | Buffer
}

const boundary = 'fuzz-boundary'

function multipart(parts: Part[], { type = boundary, end = `--${boundary}--\r\n` } = {}): Body {
  const pieces = parts.flatMap(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\ncontent-type: text/csv`
    return [`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`, content, '\r\n']
  })
  return {
    type: `multipart/form-data; boundary=${type}`,
    bytes: () => Buffer.concat([...pieces, end].map((piece) => Buffer.from(piece as string))),
  }
}

const cell = fc.oneof(
  fc.constantFrom(...strangeTexts),
  fc.string({ maxLength: 20 }),
  fc.constantFrom('title', '12,5', '"'),
)
const table = fc
  .tuple(fc.constantFrom(',', ';', '\t'), fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 20 }))
  .map(([delimiter, rows]) => rows.map((row) => row.join(delimiter)).join('\n'))
const file = fc.oneof(
  { weight: 3, arbitrary: fc.constant('title,value\nA deal,12.50\n') },
  { weight: 4, arbitrary: table },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '\0'.repeat(100),
      '"',
      '\ufefftitle\nx',
      'a,'.repeat(2_000),
      'title\n'.repeat(20_000),
    ),
  },
)
const fileName = fc.oneof(
  fc.constant('deals.csv'),
  fc.constantFrom('', '.', '../../x.csv', 'a/b\\c.csv', 'é.csv', '\u202egpj.exe', 'a'.repeat(400), '%00.csv', 'CON'),
)

/** Bodies of an operation that takes files. */
function uploads(making: Making, { body }: Operation): fc.Arbitrary<Body | undefined> {
  const names = Object.entries(body?.schema.properties ?? { file: { format: 'binary' } })
  const honest = fc.tuple(
    ...names.map(([name, { format }]) =>
      fc.record<Part>({
        name: fc.constant(name),
        fileName: format === 'binary' ? (making.noisy ? fileName : fc.constant('deals.csv')) : fc.constant(undefined),
        content: format === 'binary' ? file : fc.string({ maxLength: 20 }),
      }),
    ),
  )
  if (!making.noisy) return honest.map((parts) => multipart(parts))
  const part: Part = { name: 'extra', fileName: undefined, content: 'x' }
  return fc.oneof(
    { weight: 6, arbitrary: honest.map((parts) => multipart(parts)) },
    { weight: 1, arbitrary: honest.map((parts) => multipart([...parts, ...parts])) },
    { weight: 1, arbitrary: honest.map((parts) => multipart([part, ...parts])) },
    { weight: 1, arbitrary: honest.map((parts) => multipart([...Array.from({ length: 100 }, () => part), ...parts])) },
    { weight: 1, arbitrary: honest.map((parts) => multipart(parts, { end: '' })) },
    { weight: 1, arbitrary: honest.map((parts) => multipart(parts, { type: 'another' })) },
    { weight: 1, arbitrary: honest.map((parts) => multipart(parts.map((one) => ({ ...one, name: '__proto__' })))) },
    { weight: 1, arbitrary: fc.constantFrom(multipart([]), multipart([part])) },
    { weight: 1, arbitrary: fc.constantFrom(...brokenJson) },
  )
}

/** The bodies that an operation may be sent; none for a GET. */
export function bodiesOf(making: Making, operation: Operation): fc.Arbitrary<Body | undefined> {
  if (['GET', 'HEAD'].includes(operation.method)) return fc.constant(undefined)
  return operation.body?.type === 'multipart/form-data' ? uploads(making, operation) : jsonBodies(making, operation)
}
