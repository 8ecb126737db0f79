// Values from JSON Schemas: such as fit, and, when asked for noise, such as nearly fit.
import fc from 'fast-check'
import type { JsonSchema } from './document.ts'
import { hostileKey, hostileValue, Large, tampered, toJson } from './hostile.ts'
import type { Memory } from './memory.ts'

export interface Making {
  schemaAt(ref: string): JsonSchema
  memory: Memory
  /** Whether each place is now and then filled with what does not belong there. */
  noisy: boolean
  /** How many references led here: a schema may contain itself. */
  depth?: number
}
const maxDepth = 8
type Make = (making: Making, schema: JsonSchema, name: string) => fc.Arbitrary<unknown>

const oftenOr = (often: fc.Arbitrary<unknown>, rare: fc.Arbitrary<unknown>, times: number): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: times, arbitrary: often }, { weight: 1, arbitrary: rare })

/** What the API has told under this name before; the fallback while it has told nothing. */
const recalled = ({ memory }: Making, name: string, fallback: string): fc.Arbitrary<unknown> =>
  fc.nat(10_000).map((n) => memory.recall(name, n) ?? fallback)

const years = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }
const byFormat: Record<string, Make> = {
  uuid: (making, _schema, name) =>
    oftenOr(recalled(making, name, '00000000-0000-4000-8000-000000000000'), fc.uuid(), 4),
  email: () => fc.nat(500).map((n) => `fuzz${n}@example.test`),
  date: () => fc.date(years).map((date) => date.toISOString().slice(0, 10)),
  'date-time': () => fc.date(years).map((date) => date.toISOString()),
  uri: () => fc.webUrl(),
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern))
  } catch {
    // fast-check does not know every kind of pattern; whatever it makes instead is then refused, which is a test too.
    return fc.string()
  }
}

const text: Make = (making, schema, name) => {
  const { format, pattern, minLength = 0, maxLength = 200 } = schema
  const formatted = format === undefined ? undefined : byFormat[format]
  if (formatted) return formatted(making, schema, name)
  if (pattern !== undefined) return matching(pattern)
  const free = fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, 40) }) },
    { weight: 1, arbitrary: fc.constant(new Large(() => `"${'x'.repeat(maxLength)}"`)) },
    { weight: 2, arbitrary: recalled(making, name, 'x'.repeat(minLength)).map(String) },
  )
  if (!making.noisy) return free
  const tooLong = fc.constant(new Large(() => `"${'x'.repeat(maxLength + 1)}"`))
  return fc.oneof(
    { weight: 4, arbitrary: free },
    { weight: 1, arbitrary: tooLong },
    { weight: 4, arbitrary: tampered(recalled(making, name, '')) },
  )
}

const number: Make = (making, { type, minimum, maximum, exclusiveMinimum }, name) => {
  const whole = type === 'integer'
  const min = minimum ?? (exclusiveMinimum === undefined ? -1_000 : exclusiveMinimum + (whole ? 1 : Number.EPSILON))
  const max = Math.max(min, maximum ?? Number.MAX_SAFE_INTEGER)
  const edges = fc.constantFrom(min, max, Math.min(max, min + 1), Math.min(max, 2 ** 31), Math.min(max, 2 ** 31 - 1))
  const inside = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
  const small = fc.integer({ min: Math.ceil(min), max: Math.ceil(Math.min(max, min + 10)) })
  const told = recalled(making, name, '1').map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : min))
  const fitting = fc.oneof(told, small, edges, inside)
  return making.noisy ? oftenOr(fitting, fc.constantFrom(min - 1, max + 1, min + 0.5, String(min)), 6) : fitting
}

const array: Make = (making, { items = {}, minItems = 0, maxItems = 10 }, name) => {
  const fitting = fc.array(valuesOf(making, items, name), {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, 4)),
  })
  if (!making.noisy) return fitting
  const tooMany = valuesOf({ ...making, noisy: false }, items, name).map(
    (item) => new Large(() => `[${Array.from({ length: maxItems + 1 }, () => toJson(item)).join(',')}]`),
  )
  return oftenOr(fitting, tooMany, 8)
}

const object: Make = (making, { properties = {}, required = [], additionalProperties }) => {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [key, valuesOf(making, schema, key)]),
  )
  const fitting: fc.Arbitrary<object> = fc.record(fields, { requiredKeys: required })
  const filled =
    typeof additionalProperties === 'object' && Object.keys(properties).length === 0
      ? fc.dictionary(fc.string({ maxLength: 10 }), valuesOf(making, additionalProperties, ''), { maxKeys: 3 })
      : fitting
  if (!making.noisy) return filled
  const extended = fc
    .tuple(fitting, fc.array(fc.tuple(hostileKey, hostileValue), { minLength: 1, maxLength: 2 }))
    .map(([value, extras]) => Object.fromEntries([...Object.entries(value), ...extras]))
  return fc.oneof(
    { weight: 8, arbitrary: filled },
    { weight: 2, arbitrary: extended },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  )
}

const byType: Record<string, Make> = {
  string: text,
  number,
  integer: number,
  array,
  object,
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
}

function fittingOf(making: Making, schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const depth = (making.depth ?? 0) + 1
    return depth > maxDepth ? fc.constant(null) : valuesOf({ ...making, depth }, making.schemaAt(schema.$ref), name)
  }
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const ways = schema.anyOf ?? schema.oneOf
  if (ways) return fc.oneof(...ways.map((way) => valuesOf(making, way, name)))
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => valuesOf(making, part, name))
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values))
  }
  return byType[schema.type ?? '']?.(making, schema, name) ?? fc.jsonValue({ maxDepth: 2 })
}

/** Values for a place that is called `name`. */
export function valuesOf(making: Making, schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  const fitting = fittingOf(making, schema, name)
  return making.noisy ? oftenOr(fitting, hostileValue, 12) : fitting
}
