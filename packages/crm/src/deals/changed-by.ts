// Who made the fields of a deal what they are: told to whoever comes too late.
import { isDeepStrictEqual } from 'node:util'
import { listAudit } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import type { LockedDeal } from './deals.repo.ts'

/** Far more than happens to a deal while somebody edits it. */
const latestChanges = 50

const fieldsOf = (after: unknown): [string, unknown][] =>
  typeof after === 'object' && after !== null ? Object.entries(after) : []

/**
 * Names by field, from the latest changes of the deal. A field that is no more what its last change made of it was
 * written by what changes many deals at once, an import for example: then nobody is named.
 */
export async function changedBy(ctx: Ctx, deal: LockedDeal): Promise<Record<string, string>> {
  const { data } = await listAudit(ctx, { subject: 'deal', subjectId: deal.id, limit: latestChanges })
  const last = new Map<string, { value: unknown; name: string | null }>()
  for (const { after, actorName, impersonatorName } of data)
    for (const [field, value] of fieldsOf(after))
      if (!last.has(field)) last.set(field, { value, name: impersonatorName ?? actorName })
  const names = [...last].flatMap(([field, { value, name }]): [string, string][] =>
    name !== null && isDeepStrictEqual(value, Reflect.get(deal, field)) ? [[field, name]] : [],
  )
  return Object.fromEntries(names)
}
