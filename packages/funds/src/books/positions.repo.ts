// The only SQL that writes where investors stand.
import { arrayText, jsonLines, type Sql, sql, type TenantDb } from '@throughline/db'

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

/** As it is written: what is JSON there is its text. */
export type NewPositionRow = Record<keyof Omit<PositionRow, 'defaultedOn' | 'lastEventOn'>, string> &
  Pick<PositionRow, 'defaultedOn' | 'lastEventOn'>

/** Writes whole positions, new ones too. */
export function writeRows(db: TenantDb, fundId: string, rows: readonly NewPositionRow[], now: Date): Promise<number> {
  const column = (name: keyof NewPositionRow) => arrayText(rows.map((row) => row[name]))
  const json = (name: 'recallables' | 'carries') => jsonLines(rows.map((row) => row[name]))
  return db.execute(sql`
    insert into fund_positions as p (tenant_id, fund_id, investor_id, commitment, fee_free, called, called_outside, funded, funded_outside,
      written_off, written_off_outside, released, distributed, recallable, prepaid, recallables, carries, defaulted_on,
      last_event_on, updated_at)
    select ${db.tenantId}::uuid, ${fundId}::uuid, n."investorId", n.commitment, n."feeFree", n.called, n."calledOutside", n.funded,
      n."fundedOutside", n."writtenOff", n."writtenOffOutside", n.released, n.distributed, n.recallable, n.prepaid,
      n.recallables::jsonb, n.carries::jsonb, n."defaultedOn", n."lastEventOn", ${now}::timestamptz
    from unnest(${column('investorId')}::uuid[], ${column('commitment')}::numeric[], ${column('feeFree')}::numeric[],
      ${column('called')}::numeric[], ${column('calledOutside')}::numeric[], ${column('funded')}::numeric[],
      ${column('fundedOutside')}::numeric[], ${column('writtenOff')}::numeric[], ${column('writtenOffOutside')}::numeric[],
      ${column('released')}::numeric[], ${column('distributed')}::numeric[], ${column('recallable')}::numeric[],
      ${column('prepaid')}::numeric[], string_to_array(${json('recallables')}, E'\\n'), string_to_array(${json('carries')}, E'\\n'),
      ${column('defaultedOn')}::date[], ${column('lastEventOn')}::date[])
      as n("investorId", commitment, "feeFree", called, "calledOutside", funded, "fundedOutside", "writtenOff", "writtenOffOutside",
        released, distributed, recallable, prepaid, recallables, carries, "defaultedOn", "lastEventOn")
    on conflict (tenant_id, fund_id, investor_id) do update set commitment = excluded.commitment,
      fee_free = excluded.fee_free, called = excluded.called, called_outside = excluded.called_outside,
      funded = excluded.funded, funded_outside = excluded.funded_outside, written_off = excluded.written_off,
      written_off_outside = excluded.written_off_outside, released = excluded.released, distributed = excluded.distributed,
      recallable = excluded.recallable, prepaid = excluded.prepaid, recallables = excluded.recallables,
      carries = excluded.carries, defaulted_on = excluded.defaulted_on, last_event_on = excluded.last_event_on,
      updated_at = excluded.updated_at`)
}

export interface EventRow {
  investorId: string
  commitmentId: string | null
  happenedOn: string
  kind: string
  /** JSON. */
  data: string
  sourceKind: string
  sourceId: string
  reason: string | null
  actorId: string | null
}

export function insertEvents(db: TenantDb, fundId: string, events: readonly EventRow[], now: Date): Promise<number> {
  const column = (name: keyof EventRow) => arrayText(events.map((event) => event[name]))
  return db.execute(sql`
    insert into position_events (tenant_id, id, fund_id, investor_id, commitment_id, happened_on, kind, data, source_kind,
      source_id, reason, actor_id, created_at)
    select ${db.tenantId}::uuid, uuidv7(), ${fundId}::uuid, e."investorId", e."commitmentId", e."happenedOn", e.kind, e.data::jsonb,
      e."sourceKind", e."sourceId", e.reason, e."actorId", ${now}::timestamptz
    from unnest(${column('investorId')}::uuid[], ${column('commitmentId')}::uuid[], ${column('happenedOn')}::date[],
      ${column('kind')}::text[], string_to_array(${jsonLines(events.map(({ data }) => data))}, E'\\n'),
      ${column('sourceKind')}::text[], ${column('sourceId')}::uuid[], ${column('reason')}::text[], ${column('actorId')}::uuid[])
      with ordinality as e("investorId", "commitmentId", "happenedOn", kind, data, "sourceKind", "sourceId", reason, "actorId", n)
    order by n`)
}

export type StoredEvent = Pick<EventRow, 'investorId' | 'happenedOn' | 'kind'> & { data: unknown }

/** In the order in which they were written; those of one day are folded in it. */
export const readEvents = (db: TenantDb, fundId: string, investorIds?: readonly string[]): Promise<StoredEvent[]> =>
  db.query<StoredEvent>(sql`
    select e.investor_id as "investorId", e.happened_on as "happenedOn", e.kind, e.data from position_events e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and ${isOneOf(sql`e.investor_id`, investorIds)}
    order by e.investor_id, e.id`)
