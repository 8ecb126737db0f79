// Who made the fields of a record what they are: told to whoever comes too late.
import { isDeepStrictEqual } from 'node:util'
import { listAudit } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'

/** Far more than happens to a record while somebody edits it. */
const latestChanges = 50

const fieldsOf = (after: unknown): [string, unknown][] =>
  typeof after === 'object' && after !== null ? Object.entries(after) : []

interface Present {
  subject: 'deal' | 'company' | 'contact'
  id: string
  /** Its fields as they are now. */
  fields: object
}

/**
 * Names by field, from the latest changes of the record. A field that is no more what its last change made of it was
 * written by what changes many records at once, an import for example: then nobody is named.
 */
export async function changedBy(ctx: Ctx, { subject, id, fields }: Present): Promise<Record<string, string>> {
  const { data } = await listAudit(ctx, { subject, subjectId: id, limit: latestChanges })
  const last = new Map<string, { value: unknown; name: string | null }>()
  for (const { after, actorName, impersonatorName } of data)
    for (const [field, value] of fieldsOf(after))
      if (!last.has(field)) last.set(field, { value, name: impersonatorName ?? actorName })
  const names = [...last].flatMap(([field, { value, name }]): [string, string][] =>
    name !== null && isDeepStrictEqual(value, Reflect.get(fields, field)) ? [[field, name]] : [],
  )
  return Object.fromEntries(names)
}
