// The only SQL that writes where investors stand.
import { type Sql, sql, type TenantDb } from '@throughline/db'

/** As Postgres has it: amounts as decimals. */
export interface PositionRow {
  investorId: string
  commitment: string
  feeFree: string
  called: string
  calledOutside: string
  funded: string
  fundedOutside: string
  writtenOff: string
  writtenOffOutside: string
  released: string
  distributed: string
  recallable: string
  prepaid: string
  recallables: unknown
  carries: unknown
  defaultedOn: string | null
  lastEventOn: string | null
}

const columns = sql`p.investor_id as "investorId", p.commitment, p.fee_free as "feeFree", p.called,
  p.called_outside as "calledOutside", p.funded, p.funded_outside as "fundedOutside", p.written_off as "writtenOff",
  p.written_off_outside as "writtenOffOutside", p.released, p.distributed, p.recallable, p.prepaid, p.recallables, p.carries,
  p.defaulted_on as "defaultedOn", p.last_event_on as "lastEventOn"`

const isOneOf = (column: Sql, ids: readonly string[] | undefined): Sql =>
  ids === undefined ? sql`true` : sql`${column} = any(${ids}::uuid[])`

/** All of a fund, or those of some investors, in the order of their ids. */
export const readRows = (db: TenantDb, fundId: string, investorIds?: readonly string[]): Promise<PositionRow[]> =>
  db.query<PositionRow>(sql`select ${columns} from fund_positions p
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid and ${isOneOf(sql`p.investor_id`, investorIds)}
    order by p.investor_id`)

/** Writes whole positions, new ones too. */
export const writeRows = (db: TenantDb, fundId: string, rows: readonly PositionRow[], now: Date): Promise<number> =>
  db.execute(sql`
    insert into fund_positions as p (tenant_id, fund_id, investor_id, commitment, fee_free, called, called_outside, funded, funded_outside,
      written_off, written_off_outside, released, distributed, recallable, prepaid, recallables, carries, defaulted_on,
      last_event_on, updated_at)
    select ${db.tenantId}::uuid, ${fundId}::uuid, n."investorId", n.commitment, n."feeFree", n.called, n."calledOutside", n.funded,
      n."fundedOutside", n."writtenOff", n."writtenOffOutside", n.released, n.distributed, n.recallable, n.prepaid,
      n.recallables, n.carries, n."defaultedOn", n."lastEventOn", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("investorId" uuid, commitment numeric, "feeFree" numeric,
      called numeric, "calledOutside" numeric, funded numeric, "fundedOutside" numeric, "writtenOff" numeric,
      "writtenOffOutside" numeric, released numeric, distributed numeric, recallable numeric, prepaid numeric, recallables jsonb,
      carries jsonb, "defaultedOn" date, "lastEventOn" date)
    on conflict (tenant_id, fund_id, investor_id) do update set commitment = excluded.commitment,
      fee_free = excluded.fee_free, called = excluded.called, called_outside = excluded.called_outside,
      funded = excluded.funded, funded_outside = excluded.funded_outside, written_off = excluded.written_off,
      written_off_outside = excluded.written_off_outside, released = excluded.released, distributed = excluded.distributed,
      recallable = excluded.recallable, prepaid = excluded.prepaid, recallables = excluded.recallables,
      carries = excluded.carries, defaulted_on = excluded.defaulted_on, last_event_on = excluded.last_event_on,
      updated_at = excluded.updated_at`)

export interface EventRow {
  investorId: string
  commitmentId: string | null
  happenedOn: string
  kind: string
  data: unknown
  sourceKind: string
  sourceId: string
  reason: string | null
  actorId: string | null
}

export const insertEvents = (db: TenantDb, fundId: string, events: readonly EventRow[], now: Date): Promise<number> =>
  db.execute(sql`
    insert into position_events (tenant_id, id, fund_id, investor_id, commitment_id, happened_on, kind, data, source_kind,
      source_id, reason, actor_id, created_at)
    select ${db.tenantId}::uuid, uuidv7(), ${fundId}::uuid, e."investorId", e."commitmentId", e."happenedOn", e.kind, e.data,
      e."sourceKind", e."sourceId", e.reason, e."actorId", ${now}::timestamptz
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as ("investorId" uuid, "commitmentId" uuid,
      "happenedOn" date, kind text, data jsonb, "sourceKind" text, "sourceId" uuid, reason text, "actorId" uuid))
      with ordinality as e("investorId", "commitmentId", "happenedOn", kind, data, "sourceKind", "sourceId", reason, "actorId", n)
    order by n`)

export type StoredEvent = Pick<EventRow, 'investorId' | 'happenedOn' | 'kind' | 'data'>

/** In the order in which they were written; those of one day are folded in it. */
export const readEvents = (db: TenantDb, fundId: string, investorIds?: readonly string[]): Promise<StoredEvent[]> =>
  db.query<StoredEvent>(sql`
    select e.investor_id as "investorId", e.happened_on as "happenedOn", e.kind, e.data from position_events e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and ${isOneOf(sql`e.investor_id`, investorIds)}
    order by e.investor_id, e.id`)
