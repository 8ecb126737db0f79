// The only SQL that adds to the ledger.
import { arrayText, platformScope, sql, type TenantDb } from '@throughline/db'

/** Stands in the column of the investor for accounts that are not kept per investor. */
export const noInvestor = platformScope

export interface EntryRow {
  id: string
  fundId: string
  number: string
  kind: string
  effectiveOn: string
  sourceKind: string
  sourceId: string
  dealId: string | null
  reversesId: string | null
  reason: string | null
  actorId: string | null
}

export interface LineRow {
  entryId: string
  position: number
  account: string
  investorId: string
  effectiveOn: string
  /** Debits above zero, credits below; a decimal. */
  amount: string
}

export const insertEntries = (db: TenantDb, entries: readonly EntryRow[], now: Date): Promise<number> =>
  db.execute(sql`
    insert into ledger_entries (tenant_id, id, fund_id, number, kind, effective_on, posted_at, source_kind, source_id, deal_id,
      reverses_id, reason, actor_id, posted_in)
    select ${db.tenantId}::uuid, e.id, e."fundId", e.number, e.kind, e."effectiveOn", ${now}::timestamptz, e."sourceKind", e."sourceId",
      e."dealId", e."reversesId", e.reason, e."actorId", ''
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(id uuid, "fundId" uuid, number bigint, kind text,
      "effectiveOn" date, "sourceKind" text, "sourceId" uuid, "dealId" uuid, "reversesId" uuid, reason text, "actorId" uuid)`)

/** Lines of entries of one fund. */
export function insertLines(db: TenantDb, fundId: string, lines: readonly LineRow[]): Promise<number> {
  const column = (of: (line: LineRow) => string | number) => arrayText(lines.map(of))
  return db.execute(sql`
    insert into ledger_lines (tenant_id, fund_id, entry_id, position, account, investor_id, effective_on, amount)
    select ${db.tenantId}::uuid, ${fundId}::uuid, l.*
    from unnest(${column((line) => line.entryId)}::uuid[], ${column((line) => line.position)}::int[],
      ${column((line) => line.account)}::text[], ${column((line) => line.investorId)}::uuid[],
      ${column((line) => line.effectiveOn)}::date[], ${column((line) => line.amount)}::numeric[]) as l`)
}

export type StoredEntry = Pick<EntryRow, 'id' | 'kind' | 'effectiveOn' | 'sourceKind' | 'sourceId' | 'dealId'> & {
  reversed: boolean
  lines: Pick<LineRow, 'account' | 'investorId' | 'amount'>[]
}

/** An entry of the fund with its lines. */
export const readEntry = (db: TenantDb, fundId: string, entryId: string): Promise<StoredEntry | undefined> =>
  db.queryOne<StoredEntry>(sql`
    select e.id, e.kind, e.effective_on as "effectiveOn", e.source_kind as "sourceKind", e.source_id as "sourceId",
      e.deal_id as "dealId",
      exists(select 1 from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id) as reversed,
      (select json_agg(json_build_object('account', l.account, 'investorId', l.investor_id, 'amount', l.amount::text)
        order by l.position) from ledger_lines l where l.tenant_id = e.tenant_id and l.entry_id = e.id) as lines
    from ledger_entries e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.id = ${entryId}::uuid`)
