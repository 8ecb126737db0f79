// A request made from a sample, and what of its answer can be compared with another.
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { formWith } from './form.ts'
import type { Operation, Place } from './operations.ts'
import { rowOfParam, type Sample } from './sample.ts'
import type { Firm } from './victims.ts'

export interface Call {
  method: Operation['method']
  url: string
  headers: Record<string, string>
  payload?: string
}

/** One thing that is different from the sample. */
export interface Change {
  place: Pick<Place, 'in' | 'name'>
  value: string
}

/** Puts a value where `way` leads, making the objects and arrays that are not there. */
function placed(content: unknown, [step, ...rest]: string[], value: string): unknown {
  if (step === undefined) return value
  if (step === '*') return [placed(Array.isArray(content) ? content[0] : undefined, rest, value)]
  const object = typeof content === 'object' && content !== null ? content : {}
  return { ...object, [step]: placed(Reflect.get(object, step), rest, value) }
}

/** The row of a firm that a path parameter stands for. @throws Error when nobody has said which */
export function rowFor(param: string, sample: Sample, { rows }: Firm): string {
  const kind = sample.path?.[param] ?? rowOfParam[param]
  if (!kind)
    throw new Error(`which row does {${param}} stand for? Add it to rowOfParam in apps/api/src/sweep/sample.ts`)
  return rows[kind]
}

const pathOf = ({ path }: Operation, sample: Sample, own: Firm, given: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, param: string) =>
    encodeURIComponent(given[param] ?? sample.words?.[param] ?? rowFor(param, sample, own)),
  )

/** A valid request of the caller's own firm, but for the changes. */
export function callOf(operation: Operation, sample: Sample, own: Firm, ...changes: Change[]): Call {
  const inThe = (where: Place['in']) => changes.filter(({ place }) => place.in === where)
  const given = Object.fromEntries(inThe('path').map(({ place, value }) => [place.name, value]))
  const query = new URLSearchParams(typeof sample.query === 'function' ? sample.query(own) : sample.query)
  for (const { place, value } of inThe('query')) query.set(place.name.replace(/\.\*$/, ''), value)
  const url = `${pathOf(operation, sample, own, given)}${query.size > 0 ? `?${query}` : ''}`
  const { method } = operation
  if (sample.file) return { method, url, ...formWith(sample.file) }
  const body = typeof sample.body === 'function' ? sample.body(own) : sample.body
  if (method === 'GET') return { method, url, headers: {} }
  const content = inThe('body').reduce<unknown>(
    (before, { place, value }) => placed(before, place.name.split('.'), value),
    body ?? {},
  )
  const headers = {
    'content-type': 'application/json',
    // What moves money is refused without one.
    'idempotency-key': randomUUID(),
  }
  return { method, url, headers, payload: JSON.stringify(content) }
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g

/** Every uuid in a text, in lower case. */
export const uuidsIn = (text: string): string[] => (text.match(uuids) ?? []).map((id) => id.toLowerCase())

/** The same text with another id for each. */
export const withIds = (text: string, replace: (id: string) => string): string => text.replace(uuids, replace)

/** Differ from one request to the next whoever asks: who counts them, when it was, and how long it took. */
const passing = /^(x-request-id|date|retry-after|(x-)?ratelimit.*|server-timing)$/

/** What two answers must have in common: everything but the ids that were sent, the moment and the request's own id. */
export function comparable(response: LightMyRequestResponse, sent: string): string {
  const plain = (text: string) => withIds(text.replaceAll(sent, '<sent>'), () => '<id>').replace(instants, '<instant>')
  const headers = Object.entries(response.headers)
    .filter(([name]) => !passing.test(name))
    .map(([name, value]) => `${name}: ${plain(String(value))}`)
  return [response.statusCode, ...headers.toSorted(), plain(response.body)].join('\n')
}
