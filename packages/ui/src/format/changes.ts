// What differs between two states of a thing, as an audit log keeps them: JSON of whatever shape, or nothing.

export interface Change {
  /** `deal.owner` for a field of a field. */
  path: string
  /** undefined where it was not there. */
  before: string | undefined
  after: string | undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function shown(value: unknown): string {
  if (value === null) return 'nothing'
  if (typeof value === 'string') return value === '' ? 'empty' : value
  return JSON.stringify(value)
}

function* leavesOf(value: unknown, path: readonly string[] = []): Generator<[string, string]> {
  if (value === undefined || (value === null && path.length === 0)) return
  const fields = isObject(value) ? Object.entries(value) : []
  if (fields.length === 0) return yield [path.join('.'), shown(value)]
  for (const [name, field] of fields) yield* leavesOf(field, [...path, name])
}

/** Field by field, in the order in which they were written; what stayed the same is left out. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const [old, now] = [new Map(leavesOf(before)), new Map(leavesOf(after))]
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => change.before !== change.after)
}
