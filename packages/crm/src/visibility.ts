import { empty, type Sql, sql } from '@throughline/db'

export { ownDealsOnly } from '@throughline/accounts'

/** The condition on a row `d` with an `owner_id`, to be added to a `where`. */
export const seenBy = (onlyOwnerId: string | null): Sql =>
  onlyOwnerId === null ? empty : sql`and d.owner_id = ${onlyOwnerId}::uuid`
