import { membersSeeAll } from '@throughline/accounts'
import { type Ctx, empty, type Sql, sql } from '@throughline/db'

/** Whose deals may be seen: the id of a member who sees their own only, null for whoever sees all of the firm. */
export async function ownDealsOnly(ctx: Ctx): Promise<string | null> {
  if (ctx.actor.role !== 'member' || (await membersSeeAll(ctx))) return null
  return ctx.actor.id
}

/** The condition on a row `d` with an `owner_id`, to be added to a `where`. */
export const seenBy = (onlyOwnerId: string | null): Sql =>
  onlyOwnerId === null ? empty : sql`and d.owner_id = ${onlyOwnerId}::uuid`
