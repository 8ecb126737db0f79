// Entries as they are read: newest first, by their number.
import type { LedgerEntryView, ListEntries } from '@throughline/contracts'
import { decodeCursor, empty, instantOf, join, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { noInvestor } from '../books/index.ts'

export type EntryRow = LedgerEntryView

const lines = sql`ledger_lines l where l.tenant_id = e.tenant_id and l.entry_id = e.id`
/** What an entry does, or takes back. */
const effectiveKind = sql`coalesce((select r.kind from ledger_entries r
  where r.tenant_id = e.tenant_id and r.id = e.reverses_id), e.kind)`

const columnsWith = (amount: Sql) => sql`e.id, e.number::int as number, e.kind, e.effective_on as "effectiveOn",
  ${instantOf(sql`e.posted_at`)} as "postedAt", e.source_kind as "sourceKind", e.source_id as "sourceId", e.deal_id as "dealId",
  e.reverses_id as "reversesId", (select r.id from ledger_entries r
    where r.tenant_id = e.tenant_id and r.reverses_id = e.id) as "reversedById", e.reason, e.actor_id as "actorId",
  ${amount} as amount`
const debits = sql`(select sum(l.amount)::text from ${lines} and l.amount > 0)`

const behind = (cursor: string | undefined): Sql =>
  cursor ? sql`and e.number < ${decodeCursor(cursor, z.tuple([z.int()]))[0]}` : empty

const ofFund = (db: TenantDb, fundId: string) => sql`e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid`

/** One more than asked for when there is a next page. */
export function readEntries(db: TenantDb, fundId: string, query: ListEntries): Promise<EntryRow[]> {
  const { account, investorId, sourceId, dealId, from, to, cursor, limit } = query
  const conditions = [
    ofFund(db, fundId),
    behind(cursor),
    account ? sql`and exists (select 1 from ${lines} and l.account = ${account})` : empty,
    investorId
      ? sql`and e.id in (select i.entry_id from ledger_lines i where i.tenant_id = ${db.tenantId}::uuid
          and i.fund_id = ${fundId}::uuid and i.investor_id = ${investorId}::uuid)`
      : empty,
    sourceId ? sql`and e.source_id = ${sourceId}::uuid` : empty,
    dealId ? sql`and e.deal_id = ${dealId}::uuid` : empty,
    from ? sql`and e.effective_on >= ${from}::date` : empty,
    to ? sql`and e.effective_on <= ${to}::date` : empty,
  ]
  return db.query<EntryRow>(sql`select ${columnsWith(debits)} from ledger_entries e
    where ${join(conditions, ' ')} order by e.number desc limit ${rowLimit(limit + 1)}`)
}

/** What stands behind a figure. */
export interface FigureLines {
  accounts: readonly string[]
  /** Of lines: 1 where debits make the figure larger, -1 where credits do. */
  sign: 1 | -1
  /** Of entries, those that they take back included. Left out for all. */
  kinds?: readonly string[]
  /** What is booked on the same accounts and is no part of the figure. */
  without?: 'carry' | 'owed'
}

/** As debits less credits of an entry. */
const booked = {
  /** Carry, with the gain of a declared distribution; below zero in the entry that takes it back. */
  carry: sql`coalesce((select sum(d.carry) from distribution_lines d
  where d.tenant_id = e.tenant_id and d.distribution_id = e.source_id and e.source_kind = 'distribution'), 0)
  * case when e.reverses_id is null then 1 else -1 end`,
  /** What a bounce has left owed beside the lines of calls, or what a receipt has paid of it. */
  owed: sql`coalesce((select p.owed from payments p where p.tenant_id = e.tenant_id and p.id = e.source_id
    and e.source_kind = 'payment'), 0)`,
} as const

/** Entries that a figure consists of, with what each adds to it. */
export function readEntriesOf(
  db: TenantDb,
  fundId: string,
  { accounts, sign, kinds, without }: FigureLines,
  { asOf, cursor, limit }: { asOf: string; cursor?: string | undefined; limit: number },
): Promise<EntryRow[]> {
  const ofAccounts = sql`${lines} and l.account = any(${[...accounts]}::text[])`
  const added = sql`((select sum(l.amount) from ${ofAccounts}) ${without ? sql`- ${booked[without]}` : empty})`
  return db.query<EntryRow>(sql`
    select ${columnsWith(sql`(${sign}::int * ${added})::text`)} from ledger_entries e
    where ${ofFund(db, fundId)} and e.effective_on <= ${asOf}::date ${behind(cursor)}
      ${kinds ? sql`and ${effectiveKind} = any(${[...kinds]}::text[])` : empty}
      and ${added} <> 0
    order by e.number desc limit ${rowLimit(limit + 1)}`)
}

/** Entries with the parts of them that a number consists of. @param parts rows of `entry_id, amount` */
export const readEntryParts = (
  db: TenantDb,
  fundId: string,
  parts: Sql,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<EntryRow[]> =>
  db.query<EntryRow>(sql`select ${columnsWith(sql`part.amount::text`)}
    from (select entry_id, sum(amount) as amount from (${parts}) p group by entry_id having sum(amount) <> 0) part
    join ledger_entries e on e.id = part.entry_id
    where ${ofFund(db, fundId)} ${behind(cursor)} order by e.number desc limit ${rowLimit(limit + 1)}`)

export const readOneEntry = (db: TenantDb, fundId: string, entryId: string): Promise<EntryRow | undefined> =>
  db.queryOne<EntryRow>(sql`select ${columnsWith(debits)} from ledger_entries e
    where ${ofFund(db, fundId)} and e.id = ${entryId}::uuid`)

export interface EntryLineRow {
  account: string
  investorId: string | null
  investorName: string | null
  amount: string
  /** Of the entry. */
  lineCount: number
}

/** The first thousand. */
export const readLines = (db: TenantDb, entryId: string): Promise<EntryLineRow[]> =>
  db.query<EntryLineRow>(sql`select l.account, nullif(l.investor_id, ${noInvestor}::uuid) as "investorId",
      i.name as "investorName", l.amount::text as amount, (count(*) over ())::int as "lineCount"
    from ledger_lines l left join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
    where l.tenant_id = ${db.tenantId}::uuid and l.entry_id = ${entryId}::uuid order by l.position limit 1000`)
