// What is different between two states of a thing, field by field.

export interface FieldChange {
  /** `address.city` for what is within. */
  field: string
  /** undefined: it was not there. */
  before: string | undefined
  after: string | undefined
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const told = (value: unknown): string => {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(told).join(', ')
  if (typeof value === 'string') return value === '' ? 'nothing' : value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Every field with its value in words; groups are opened. */
function fieldsOf(state: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (isGroup(state))
    for (const [name, value] of Object.entries(state)) fieldsOf(value, path === '' ? name : `${path}.${name}`, into)
  else if (state !== undefined && !(state === null && path === '')) into.set(path || 'value', told(state))
  return into
}

/** Fields that differ, in the order in which they are written down; what stayed is left out. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [fieldsOf(before, '', new Map()), fieldsOf(after, '', new Map())]
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }))
    .filter((change) => change.before !== change.after)
}
