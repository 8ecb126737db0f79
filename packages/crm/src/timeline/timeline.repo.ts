// The only place that writes entries of a timeline.
import type { TimelineKind } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { seenBy } from '../visibility.ts'
import type { Subject, SubjectKind } from './timeline.rules.ts'

const tables: Record<SubjectKind, Sql> = { deal: sql`deals`, company: sql`companies`, contact: sql`contacts` }
const columns: Record<SubjectKind, Sql> = { deal: sql`deal_id`, company: sql`company_id`, contact: sql`contact_id` }

/**
 * Holds what an entry is written on until the transaction ends, and says whose it is. A deal that the person does not see
 * is not found.
 */
export const lockSubject = (
  db: TenantDb,
  { kind, id }: Subject,
  onlyOwnerId: string | null,
): Promise<{ ownerId: string | null } | undefined> =>
  db.queryOne<{ ownerId: string | null }>(sql`
    select d.owner_id as "ownerId" from ${tables[kind]} d
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${id}::uuid and d.deleted_at is null
      ${seenBy(kind === 'deal' ? onlyOwnerId : null)}
    for no key update`)

export interface EntryRow {
  id: string
  kind: TimelineKind
  body: string
  signal: string | null
  points: number
  dealId: string | null
  companyId: string | null
  contactId: string | null
  authorId: string | null
  happenedAt: Date
  deletedAt: Date | null
  version: number
}

const entryColumns = sql`id, kind::text as kind, body, signal, points, deal_id as "dealId", company_id as "companyId",
  contact_id as "contactId", author_id as "authorId", happened_at as "happenedAt", deleted_at as "deletedAt", version`

export type NewEntry = Pick<EntryRow, 'kind' | 'body' | 'signal' | 'points' | 'authorId' | 'happenedAt'>

export async function insertEntry(db: TenantDb, { kind, id }: Subject, entry: NewEntry, now: Date): Promise<EntryRow> {
  const row = await db.queryOne<EntryRow>(sql`
    insert into timeline_entries (tenant_id, id, ${columns[kind]}, kind, body, signal, points, author_id, happened_at,
      created_at, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), ${id}::uuid, ${entry.kind}::"TimelineKind", ${entry.body}, ${entry.signal},
      ${entry.points}, ${entry.authorId}::uuid, ${entry.happenedAt}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
    returning ${entryColumns}`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row
}

/** The entry, also when it is removed: undoing finds it. */
export const findEntry = (db: TenantDb, entryId: string): Promise<EntryRow | undefined> =>
  db.queryOne<EntryRow>(sql`select ${entryColumns} from timeline_entries
    where tenant_id = ${db.tenantId}::uuid and id = ${entryId}::uuid`)

/** Holds the entry too, after what it stands on: every change takes them in this order. */
export const lockEntry = (db: TenantDb, entryId: string): Promise<EntryRow | undefined> =>
  db.queryOne<EntryRow>(sql`select ${entryColumns} from timeline_entries
    where tenant_id = ${db.tenantId}::uuid and id = ${entryId}::uuid for update`)

export const writeEntry = (
  db: TenantDb,
  { id, body, happenedAt }: Pick<EntryRow, 'id' | 'body' | 'happenedAt'>,
  now: Date,
): Promise<number> =>
  db.execute(sql`update timeline_entries set body = ${body}, happened_at = ${happenedAt}::timestamptz,
      updated_at = ${now}::timestamptz, version = version + 1
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

/** Removes an entry, or brings it back. It is the text as it was: neither its time nor "edited" changes. */
export const markEntry = (db: TenantDb, entryId: string, deletedAt: Date | null): Promise<number> =>
  db.execute(sql`update timeline_entries set deleted_at = ${deletedAt}::timestamptz, version = version + 1
    where tenant_id = ${db.tenantId}::uuid and id = ${entryId}::uuid`)
