import { empty, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

export interface StoredFile {
  id: string
  storageKey: string
  name: string
  contentType: string
  sizeBytes: number
  createdById: string | null
}

async function findOne(db: TenantDb, fileId: string, condition: Sql): Promise<StoredFile | undefined> {
  const row = await db.queryOne<Omit<StoredFile, 'sizeBytes'> & { sizeBytes: string }>(sql`
    select id, storage_key as "storageKey", name, content_type as "contentType", size_bytes as "sizeBytes",
      created_by_id as "createdById"
    from files where tenant_id = ${db.tenantId}::uuid and id = ${fileId}::uuid and closed_at is null ${condition}`)
  return row && { ...row, sizeBytes: Number(row.sizeBytes) }
}

export interface NewFile {
  storageKey: string
  name: string
  contentType: string
  sizeBytes: number
  sha256: string
  createdById: string | null
}

/** @returns the file's id */
export async function insertFile(db: TenantDb, { sizeBytes, ...file }: NewFile): Promise<string> {
  const data = { ...file, sizeBytes: BigInt(sizeBytes), tenantId: db.tenantId }
  return (await db.prisma.file.create({ data, select: { id: true } })).id
}
/** A stored object of this tenant; nothing when it was closed. */
export const findFile = (db: TenantDb, fileId: string): Promise<StoredFile | undefined> => findOne(db, fileId, empty)

/** The same for somebody whom no session vouches for: nothing while the firm is suspended. */
export const findFileOfActiveTenant = (db: TenantDb, fileId: string): Promise<StoredFile | undefined> =>
  findOne(db, fileId, sql`and exists (select 1 from tenants where id = ${db.tenantId}::uuid and status = 'ACTIVE')`)

/** Nobody opens the file any more, by a link neither. Its object stays until `purgeClosedFiles` takes it. */
export const closeFile = (db: TenantDb, fileId: string, now: Date): Promise<number> =>
  db.execute(sql`update files set closed_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${fileId}::uuid and closed_at is null`)

/** Files that were closed before an instant, the first ones first. */
export const findClosedFiles = (
  db: TenantDb,
  before: Date,
  limit: number,
): Promise<{ id: string; storageKey: string }[]> =>
  db.query(sql`select id, storage_key as "storageKey" from files
    where tenant_id = ${db.tenantId}::uuid and closed_at < ${before}::timestamptz order by closed_at, id limit ${rowLimit(limit)}`)

/** Forgets a file whose object is gone from storage. */
export const deleteFile = (db: TenantDb, fileId: string): Promise<number> =>
  db.execute(sql`delete from files where tenant_id = ${db.tenantId}::uuid and id = ${fileId}::uuid`)
