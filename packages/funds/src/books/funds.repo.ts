// The fund as every change of money needs it.
import { type FundTerms, fundTerms } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface HeldFund {
  id: string
  name: string
  legalName: string
  currency: string
  timeZone: string
  vintage: number
  state: 'OPEN' | 'CLOSED'
  terms: FundTerms
  /** The last day of the locked period. */
  lockedThrough: string | null
}

type FundRow = Omit<HeldFund, 'terms'> & { terms: unknown }

const columns = sql`id, name, legal_name as "legalName", currency, time_zone as "timeZone", vintage, state::text as state, terms,
  locked_through as "lockedThrough"`

const fundOf = (row: FundRow | undefined): HeldFund | undefined => row && { ...row, terms: fundTerms.parse(row.terms) }

export const readFund = async (db: TenantDb, fundId: string): Promise<HeldFund | undefined> =>
  fundOf(
    await db.queryOne<FundRow>(
      sql`select ${columns} from funds where tenant_id = ${db.tenantId}::uuid and id = ${fundId}::uuid`,
    ),
  )

/** Which of these funds there are. */
export const fundsThere = async (db: TenantDb, fundIds: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }>(sql`select id from funds
    where tenant_id = ${db.tenantId}::uuid and id = any(${[...fundIds]}::uuid[])`)
  return rows.map(({ id }) => id)
}

/** Holds the fund until the transaction ends. Rows that refer to it can still be added by others. */
export const lockFund = async (db: TenantDb, fundId: string): Promise<HeldFund | undefined> =>
  fundOf(
    await db.queryOne<FundRow>(sql`select ${columns} from funds
      where tenant_id = ${db.tenantId}::uuid and id = ${fundId}::uuid for no key update`),
  )

type Counter = 'entry' | 'call' | 'distribution'
const counters = { entry: sql`entry_count`, call: sql`call_count`, distribution: sql`distribution_count` } as const

/** Takes the next numbers of a fund that is held. @returns the first of them */
export async function takeNumbers(db: TenantDb, fundId: string, counter: Counter, count: number): Promise<bigint> {
  const column = counters[counter]
  const row = await db.queryOne<{ last: string }>(sql`update funds set ${column} = ${column} + ${count}
    where tenant_id = ${db.tenantId}::uuid and id = ${fundId}::uuid returning ${column}::text as last`)
  if (!row) throw new Error('a fund that was held is gone')
  return BigInt(row.last) - BigInt(count) + 1n
}
