// One call, as the wire sees it.
import fc from 'fast-check'
import { type Body, bodiesOf } from './bodies.ts'
import type { Operation } from './document.ts'
import { forgedTokens, hostileHeaders, hostileQuery, hostileStep, toJson } from './hostile.ts'
import { type Making, valuesOf } from './values.ts'

export const callers = ['owner', 'viewer', 'superadmin', 'reviewer', 'nobody', 'forger'] as const
/** `somebody`: one of those whom the operation has not turned away. */
export type Caller = (typeof callers)[number] | 'somebody'

export interface Call {
  caller: Caller
  method: string
  /** Encoded, with its query. */
  url: string
  headers: Record<string, string>
  body: Body | undefined
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed())
/** Node refuses longer heads altogether, which the broken requests are about. */
const longestInAddress = 2_000
/** A value as it stands in an address; what is too long for one is cut, as a client would have to. */
function inAddress(value: unknown): string {
  const text = typeof value === 'string' ? value : (toJson(value) ?? '').replace(/^"|"$/g, '')
  return encode(text.slice(0, longestInAddress))
}

function pathsOf(making: Making, { path, parameters }: Operation): fc.Arbitrary<string> {
  const steps = path.split('/').map((step): fc.Arbitrary<string> => {
    const name = step.match(/^\{(.+)\}$/)?.[1]
    if (name === undefined) return fc.constant(step)
    const schema = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema ?? {}
    const fitting = valuesOf(making, schema, name).map(inAddress)
    return making.noisy ? fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: hostileStep }) : fitting
  })
  return fc.tuple(...steps).map((parts) => parts.join('/'))
}

function queriesOf(making: Making, { parameters }: Operation): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === 'query')
  const pairs = known.map(({ name, schema = {}, required = false }) => {
    const pair = valuesOf(making, schema, name).map((value) =>
      [value]
        .flat()
        .map((one) => `${encode(name)}=${inAddress(one)}`)
        .join('&'),
    )
    const isNeeded = required && !making.noisy
    return isNeeded ? pair : fc.oneof({ weight: 1, arbitrary: pair }, { weight: 2, arbitrary: fc.constant('') })
  })
  const extra = making.noisy
    ? fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: hostileQuery })
    : fc.constant('')
  return fc.tuple(...pairs, extra).map((parts) => {
    const query = parts.filter((part) => part !== '').join('&')

    return query === '' ? '' : `?${query}`
  })
}

/** The headers that the document names, filled; and others. */
function headersOf(making: Making, { parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const known = parameters.filter((parameter) => parameter.in === 'header')
  const declared = known.map(({ name, schema = {} }) =>
    valuesOf(making, schema, name).map((value) => ({ [name.toLowerCase()]: inAddress(value) })),
  )
  const key = fc.uuid().map((one): Record<string, string> => ({ 'idempotency-key': one }))
  const etag = fc.nat(10_000).map((n): Record<string, string> => {
    const version = making.memory.recall('version', n)
    return version === undefined ? {} : { 'if-match': `"${version}"` }
  })
  const honest = fc.oneof(fc.constant<Record<string, string>>({}), key, etag)
  const given = making.noisy
    ? fc.oneof({ weight: 2, arbitrary: honest }, { weight: 1, arbitrary: hostileHeaders })
    : honest
  return fc.tuple(given, ...declared).map((all) => Object.assign({}, ...all))
}

const token = fc.constantFrom(...forgedTokens)
const caller = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Caller>('somebody') },
  { weight: 3, arbitrary: fc.constantFrom<Caller>(...callers) },
)
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE']

/** Calls of one operation: a third as they should be, the others with something wrong at a place or two. */
export function callsOf(making: Omit<Making, 'noisy'>, operation: Operation): fc.Arbitrary<Call> {
  const calls = (noisy: boolean, method: fc.Arbitrary<string>) => {
    const how = { ...making, noisy }
    return fc
      .record({
        caller,
        method,
        path: pathsOf(how, operation),
        query: queriesOf(how, operation),
        headers: headersOf(how, operation),
        forged: token,
        body: bodiesOf(how, operation),
      })
      .map(({ path, query, headers, forged, ...call }): Call => {
        const authorization: Record<string, string> = call.caller === 'forger' ? { authorization: forged } : {}
        return { ...call, url: `${path}${query}`, headers: { ...headers, ...authorization } }
      })
  }
  const same = fc.constant(operation.method)
  return fc.oneof(
    { weight: 8, arbitrary: calls(false, same) },
    { weight: 16, arbitrary: calls(true, same) },
    { weight: 1, arbitrary: calls(true, fc.constantFrom(...methods)) },
  )
}
