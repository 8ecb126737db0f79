// What is remembered of a merge, so that it can be taken back.
import { type MergeKind, type MergeView, mergeKinds } from '@throughline/contracts'
import { instantOf, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { moved } from './links.repo.ts'

const row = z.record(z.string(), z.unknown())
const before = z.object({
  kept: row,
  merged: row,
  /** Of the merged record in the trash; changed since: the undo is refused. */
  mergedVersion: z.number(),
  moved,
  /** The note that tells on the kept deal's timeline of the other's way. */
  noteId: z.uuid().nullable(),
})
export type Before = z.infer<typeof before>

const stored = z.object({
  id: z.uuid(),
  kind: z.enum(mergeKinds),
  keptId: z.uuid(),
  mergedId: z.uuid(),
  version: z.number(),
  createdAt: z.string(),
  undoneAt: z.string().nullable(),
  before,
})
export type StoredMerge = z.infer<typeof stored>

const columns = sql`id, lower(kind::text) as kind, kept_id as "keptId", merged_id as "mergedId", version,
  ${instantOf(sql`created_at`)} as "createdAt", ${instantOf(sql`undone_at`)} as "undoneAt"`

export interface NewMerge {
  kind: MergeKind
  keptId: string
  mergedId: string
  version: number
  before: Before
  actorId: string | null
}

export async function insertMerge(db: TenantDb, merge: NewMerge): Promise<MergeView> {
  const { kind, keptId, mergedId, version, actorId } = merge
  const written = await db.queryOne<MergeView>(sql`
    insert into record_merges (tenant_id, id, kind, kept_id, merged_id, before, version, actor_id)
    values (${db.tenantId}::uuid, uuidv7(), ${kind.toUpperCase()}::"RecordKind", ${keptId}::uuid, ${mergedId}::uuid,
      ${JSON.stringify(merge.before)}::jsonb, ${version}, ${actorId}::uuid)
    returning ${columns}`)
  if (!written) throw new Error('an insert returns its row')
  return written
}

/** Held until the transaction ends. */
export async function lockMerge(db: TenantDb, id: string): Promise<StoredMerge | undefined> {
  const found = await db.queryOne(sql`
    select ${columns}, before from record_merges where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for update`)
  return found && stored.parse(found)
}

export async function markUndone(db: TenantDb, id: string, now: Date): Promise<MergeView> {
  const written = await db.queryOne<MergeView>(sql`
    update record_merges set undone_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid returning ${columns}`)
  if (!written) throw new Error('a row that was held is gone')
  return written
}

/** What stages the merged deal went through, as a line a stage. */
export async function readWay(db: TenantDb, dealId: string): Promise<string[]> {
  const rows = await db.query<{ line: string }>(sql`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') || ' ' || to_stage || coalesce(': ' || reason, '') as line
    from stage_changes where tenant_id = ${db.tenantId}::uuid and deal_id = ${dealId}::uuid order by id`)
  return rows.map(({ line }) => line)
}

export async function insertNote(
  db: TenantDb,
  { dealId, body, authorId, now }: { dealId: string; body: string; authorId: string | null; now: Date },
): Promise<string> {
  const { id } = await db.prisma.timelineEntry.create({
    data: { tenantId: db.tenantId, kind: 'NOTE', dealId, body, authorId, happenedAt: now },
    select: { id: true },
  })
  return id
}

/** @returns whether the note was there as it was written */
export async function removeNote(db: TenantDb, id: string): Promise<boolean> {
  const { count } = await db.prisma.timelineEntry.deleteMany({ where: { tenantId: db.tenantId, id, version: 1 } })
  return count === 1
}
