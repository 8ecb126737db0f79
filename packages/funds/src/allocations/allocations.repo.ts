// The only SQL that writes allocations. Who writes holds the fund.
import type { AllocationView } from '@throughline/contracts'
import { decodeCursor, empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

const columns = sql`a.id, a.fund_id as "fundId", f.name as "fundName", a.deal_id as "dealId", d.title as "dealTitle",
  a.investor_id as "investorId", i.name as "investorName", a.tranche, a.amount, a.percent::text as percent, f.currency,
  a.allocated_on as "allocatedOn", a.state::text as state, a.external_ref as "externalRef", a.call_id as "callId", a.reason,
  a.version, ${instantOf(sql`a.created_at`)} as "createdAt"`

const select = (db: TenantDb, where: Sql): Sql => sql`select ${columns} from allocations a
  join funds f on f.tenant_id = a.tenant_id and f.id = a.fund_id
  join deals d on d.tenant_id = a.tenant_id and d.id = a.deal_id
  left join investors i on i.tenant_id = a.tenant_id and i.id = a.investor_id
  where a.tenant_id = ${db.tenantId}::uuid and ${where}`

export const readAllocation = (db: TenantDb, id: string): Promise<AllocationView | undefined> =>
  db.queryOne<AllocationView>(select(db, sql`a.id = ${id}::uuid`))

/** Newest first; one more than asked for when there is a next page. */
export function readAllocations(
  db: TenantDb,
  fundId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<AllocationView[]> {
  const after = cursor ? sql`and a.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  return db.query<AllocationView>(
    sql`${select(db, sql`a.fund_id = ${fundId}::uuid ${after}`)} order by a.id desc limit ${limit + 1}`,
  )
}

/** As many as a panel shows. */
const mostOfADeal = 100

export const readAllocationsOfDeal = (db: TenantDb, dealId: string): Promise<AllocationView[]> =>
  db.query<AllocationView>(sql`${select(db, sql`a.deal_id = ${dealId}::uuid`)} order by a.id limit ${mostOfADeal}`)

export interface NewAllocation {
  fundId: string
  dealId: string
  investorId: string | null
  tranche: number
  amount: string
  percent: string | null
  allocatedOn: string
  externalRef: string | null
  createdById: string | null
}

export async function insertAllocation(db: TenantDb, given: NewAllocation, now: Date): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into allocations (tenant_id, id, fund_id, deal_id, investor_id, tranche, amount, percent, allocated_on, external_ref,
      created_by_id, created_at, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), ${given.fundId}::uuid, ${given.dealId}::uuid, ${given.investorId}::uuid,
      ${given.tranche}, ${given.amount}::numeric, ${given.percent}::numeric, ${given.allocatedOn}::date, ${given.externalRef},
      ${given.createdById}::uuid, ${now}::timestamptz, ${now}::timestamptz) returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

/** What already has the place or the reference of a new one. */
export const findTaken = (db: TenantDb, given: Omit<NewAllocation, 'amount' | 'percent'>) =>
  db.queryOne<{ id: string; sameReference: boolean }>(sql`
    select id, external_ref is not distinct from ${given.externalRef} and external_ref is not null as "sameReference"
    from allocations where tenant_id = ${db.tenantId}::uuid and fund_id = ${given.fundId}::uuid
      and (external_ref = ${given.externalRef} or state = 'ACTIVE' and deal_id = ${given.dealId}::uuid
        and investor_id is not distinct from ${given.investorId}::uuid and tranche = ${given.tranche})
    order by id limit 1`)

export interface Room {
  ofDeal: string
  ofFund: string
  commitment: string
  /** Whether the investor of a co-investment is one of this fund. */
  investorThere: boolean
}

/** What is allocated of the deal by all funds, and of the fund to all deals; what investors have promised and is not released. */
export async function readRoom(
  db: TenantDb,
  { fundId, dealId, investorId }: { fundId: string; dealId: string; investorId: string | null },
): Promise<Room> {
  const t = sql`tenant_id = ${db.tenantId}::uuid`
  const row = await db.queryOne<Room>(sql`select
    (select coalesce(sum(amount), 0) from allocations where ${t} and deal_id = ${dealId}::uuid and state = 'ACTIVE') as "ofDeal",
    (select coalesce(sum(amount), 0) from allocations where ${t} and fund_id = ${fundId}::uuid and state = 'ACTIVE') as "ofFund",
    (select coalesce(sum(commitment - released), 0) from fund_positions where ${t} and fund_id = ${fundId}::uuid) as commitment,
    ${investorId}::uuid is null or exists (select 1 from fund_positions
      where ${t} and fund_id = ${fundId}::uuid and investor_id = ${investorId}::uuid) as "investorThere"`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}

/** Open funds of a currency, with what they have not allocated yet. */
export const readFundsWithRoom = (db: TenantDb, currency: string) =>
  db.query<{ id: string; name: string; available: string }>(sql`
    select f.id, f.name, (
      (select coalesce(sum(p.commitment - p.released), 0) from fund_positions p where p.tenant_id = f.tenant_id and p.fund_id = f.id)
      - (select coalesce(sum(a.amount), 0) from allocations a
         where a.tenant_id = f.tenant_id and a.fund_id = f.id and a.state = 'ACTIVE'))::numeric(18,2) as available
    from funds f where f.tenant_id = ${db.tenantId}::uuid and f.state = 'OPEN' and f.currency = ${currency}
    order by f.name limit 200`)

/** Which of the deals have an active allocation of this fund. */
export async function readAllocatedDeals(
  db: TenantDb,
  fundId: string,
  dealIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ dealId: string }>(sql`select distinct deal_id as "dealId" from allocations
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and state = 'ACTIVE'
      and deal_id = any(${[...dealIds]}::uuid[])`)
  return new Set(rows.map(({ dealId }) => dealId))
}

/** The issued call of the fund that raises money for the deal: `Capital call 3 of Fund II`. */
export const findIssuedCall = (db: TenantDb, { fundId, dealId }: { fundId: string; dealId: string }) =>
  db.queryOne<{ id: string; number: number }>(sql`
    select c.id, c.number from call_components p join capital_calls c on c.tenant_id = p.tenant_id and c.id = p.call_id
    where p.tenant_id = ${db.tenantId}::uuid and p.deal_id = ${dealId}::uuid and c.fund_id = ${fundId}::uuid
      and c.state in ('ISSUED', 'CLOSED') order by c.number limit 1`)

export const writeCancelled = (db: TenantDb, id: string, reason: string, now: Date): Promise<number> =>
  db.execute(sql`update allocations set state = 'CANCELLED', reason = ${reason}, version = version + 1,
    updated_at = ${now}::timestamptz where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

export const writeCallOfAllocation = (db: TenantDb, id: string, callId: string): Promise<number> =>
  db.execute(sql`update allocations set call_id = ${callId}::uuid
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)
