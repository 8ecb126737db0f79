// Who made the fields of a record what they are: told to whoever comes too late.
import { isDeepStrictEqual } from 'node:util'
import { listAudit } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'

/** Far more than happens to a record while somebody edits it. */
const latestChanges = 50

const fieldsOf = (after: unknown): [string, unknown][] =>
  typeof after === 'object' && after !== null ? Object.entries(after) : []

interface Present {
  subject: 'deal' | 'company' | 'contact'
  id: string
  /** Its fields as they are now. */
  fields: { version: number }
}

/**
 * Names by field, from the latest changes of the record. A field that is no more what its last change made of it was
 * written by what changes many records at once, an import for example: then nobody is named.
 */
async function changedBy(ctx: Ctx, { subject, id, fields }: Present): Promise<Record<string, string>> {
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

/**
 * Whether somebody changes what they have seen; without a version it is not asked.
 * @throws AppError stale_version with who made each field what it is
 */
export async function checkVersion(ctx: Ctx, present: Present, seen: number | undefined): Promise<void> {
  const { version } = present.fields
  if (seen === undefined || seen === version) return
  throw new AppError('stale_version', { details: { version, changedBy: await changedBy(ctx, present) } })
}
