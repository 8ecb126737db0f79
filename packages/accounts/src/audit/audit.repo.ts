import type { AuditEntryView, AuditFilter } from '@throughline/contracts'
import { type Db, empty, platformScope, type Sql, sql } from '@throughline/db'

export interface AuditScope {
  /** One firm or the platform's own chain; undefined: all, newest first by time. */
  tenantId?: string
}

export interface AuditRow extends Omit<AuditEntryView, 'createdAt'> {
  createdAt: Date
}

export const matching = (
  { action, subject, subjectId, actorId, from, until }: AuditFilter,
  { tenantId }: AuditScope,
): Sql =>
  sql`true ${tenantId ? sql`and e.tenant_id = ${tenantId}::uuid` : empty}
    ${action ? sql`and e.action = ${action}` : empty} ${subject ? sql`and e.subject = ${subject}` : empty}
    ${subjectId ? sql`and e.subject_id = ${subjectId}::uuid` : empty} ${actorId ? sql`and e.actor_id = ${actorId}::uuid` : empty}
    ${from ? sql`and e.created_at >= ${from}::timestamptz` : empty} ${until ? sql`and e.created_at < ${until}::timestamptz` : empty}`

const columns = sql`e.seq::text as seq, e.tenant_id as "tenantId", e.actor_id as "actorId", e.actor_kind as "actorKind", e.action,
  e.subject, e.subject_id as "subjectId", e.before, e.after, e.request_id as "requestId", e.address, e.hash,
  e.created_at as "createdAt"`

/** In a firm: names come from its members and keys; a superadmin is called by their work, not by their name. */
export const readOwnEntries = (
  db: Db,
  tenantId: string,
  filter: AuditFilter,
  before: string | undefined,
  limit: number,
) =>
  db.query<AuditRow>(sql`
    select ${columns}, t.name as "tenantName", coalesce(m.name, k.name) as "actorName",
      case when e.impersonator_id is not null then 'Throughline support' end as "impersonatorName"
    from audit_entries e join tenants t on t.id = e.tenant_id
      left join members m on m.tenant_id = e.tenant_id and m.id = e.actor_id
      left join api_keys k on k.tenant_id = e.tenant_id and k.id = e.actor_id
    where ${matching(filter, { tenantId })} ${before ? sql`and e.seq < ${before}::bigint` : empty}
    order by e.seq desc limit ${limit + 1}`)

export interface AuditPosition {
  at: string
  tenantId: string
  seq: string
}

/** In the console: of one firm, or of all. */
export const readAllEntries = (
  db: Db,
  filter: AuditFilter,
  scope: AuditScope,
  before: AuditPosition | undefined,
  limit: number,
) =>
  db.query<AuditRow>(sql`
    select ${columns}, t.name as "tenantName", coalesce(u.name, k.name) as "actorName", i.name as "impersonatorName"
    from audit_entries e left join tenants t on t.id = e.tenant_id left join users u on u.id = e.actor_id
      left join users i on i.id = e.impersonator_id
      left join api_keys k on k.tenant_id = e.tenant_id and k.id = e.actor_id
    where ${matching(filter, scope)} ${
      before
        ? sql`and (e.created_at, e.tenant_id, e.seq) < (${before.at}::timestamptz, ${before.tenantId}::uuid, ${before.seq}::bigint)`
        : empty
    }
    order by e.created_at desc, e.tenant_id desc, e.seq desc limit ${limit + 1}`)

export interface BrokenRow {
  seq: string
  reason: string
}

/** Walks a chain from its first row: each must be one more than the last, point at it, and hash to what it says. */
export async function readChain(db: Db, tenantId: string): Promise<{ entries: number; broken: BrokenRow | null }> {
  const row = await db.queryOne<{ entries: number; broken: BrokenRow | null }>(sql`
    with walked as (
      select e.seq, case
          when e.seq <> coalesce(lag(e.seq) over w, 0) + 1 then 'a row is missing before it'
          when e.prev_hash <> coalesce(lag(e.hash) over w, '') then 'it does not follow the row before it'
          when e.hash <> audit_hash(e.prev_hash, audit_record(e)) then 'its content was changed'
        end as reason
      from audit_entries e where e.tenant_id = ${tenantId}::uuid window w as (order by e.seq)
    )
    select (select count(*)::int from walked) as entries,
      (select json_build_object('seq', seq::text, 'reason', reason) from walked where reason is not null order by seq limit 1) as broken`)
  return row ?? { entries: 0, broken: null }
}

export interface Head {
  tenantId: string
  seq: string
  hash: string
}

/** The newest row of every chain. */
export const readHeads = (db: Db): Promise<Head[]> =>
  db.query<Head>(sql`select distinct on (tenant_id) tenant_id as "tenantId", seq::text as seq, hash
    from audit_entries order by tenant_id, seq desc`)

export const readHash = async (db: Db, tenantId: string, seq: string): Promise<string | undefined> =>
  (
    await db.queryOne<{ hash: string }>(
      sql`select hash from audit_entries where tenant_id = ${tenantId}::uuid and seq = ${seq}::bigint`,
    )
  )?.hash

export const insertSeal = (db: Db, storageKey: string, chains: number): Promise<number> =>
  db.execute(sql`insert into audit_seals (id, storage_key, chains) values (uuidv7(), ${storageKey}, ${chains})`)

/** Oldest first. */
export const readSealKeys = async (db: Db): Promise<string[]> =>
  (await db.query<{ storageKey: string }>(sql`select storage_key as "storageKey" from audit_seals order by id`)).map(
    ({ storageKey }) => storageKey,
  )

export const readChainIds = async (db: Db): Promise<string[]> =>
  (
    await db.query<{ id: string }>(
      sql`select id from tenants union select ${platformScope}::uuid union select distinct tenant_id from audit_entries order by id`,
    )
  ).map(({ id }) => id)

/** Makes the partitions of the months to come; the database's owner does it, through a door of its own. */
export const keepPartitions = (db: Db): Promise<number> => db.execute(sql`call keep_audit_partitions()`)
