import { type Db, sql } from '@throughline/db'

export interface ApiKeyRow {
  id: string
  name: string
  hint: string
  scopes: string[]
  createdBy: string | null
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
  replacedById: string | null
}

const columns = sql`k.id, k.name, k.hint, k.scopes, m.name as "createdBy", k.created_at as "createdAt", k.expires_at as "expiresAt",
  k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt", k.replaced_by_id as "replacedById"`
const withCreator = sql`left join members m on m.tenant_id = k.tenant_id and m.id = k.created_by_id`

/** Newest first; a firm has a handful, of which the last hundred are shown. */
export const readApiKeys = (db: Db, tenantId: string): Promise<ApiKeyRow[]> =>
  db.query<ApiKeyRow>(sql`select ${columns} from api_keys k ${withCreator}
    where k.tenant_id = ${tenantId}::uuid order by k.id desc limit 100`)

export const lockApiKey = (db: Db, tenantId: string, id: string): Promise<ApiKeyRow | undefined> =>
  db.queryOne<ApiKeyRow>(sql`select ${columns} from api_keys k ${withCreator}
    where k.tenant_id = ${tenantId}::uuid and k.id = ${id}::uuid for update of k`)

export interface NewApiKey {
  id: string
  name: string
  secretHash: string
  hint: string
  scopes: readonly string[]
  createdById: string | null
  expiresAt: Date | null
}

export const insertApiKey = (db: Db, tenantId: string, key: NewApiKey): Promise<number> =>
  db.execute(sql`insert into api_keys (tenant_id, id, name, secret_hash, hint, scopes, created_by_id, expires_at)
    values (${tenantId}::uuid, ${key.id}::uuid, ${key.name}, ${key.secretHash}, ${key.hint}, ${[...key.scopes]}::text[],
      ${key.createdById}::uuid, ${key.expiresAt})`)

export const revokeApiKeyRow = (db: Db, tenantId: string, id: string): Promise<number> =>
  db.execute(sql`update api_keys set revoked_at = coalesce(revoked_at, now())
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`)

/** The old key ends when the overlap is over, or earlier if it would have. */
export const replaceApiKey = (
  db: Db,
  tenantId: string,
  { id, replacedById, overlapHours }: { id: string; replacedById: string; overlapHours: number },
): Promise<number> =>
  db.execute(sql`update api_keys set replaced_by_id = ${replacedById}::uuid,
      expires_at = least(expires_at, now() + ${`${overlapHours} hours`}::interval)
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`)

export interface UsableKey {
  id: string
  tenantId: string
  secretHash: string
  scopes: string[]
}

/** A key that is good at this moment, in a firm that is. By the platform: the key is what says which firm. */
export const readUsableKey = (db: Db, id: string): Promise<UsableKey | undefined> =>
  db.queryOne<UsableKey>(sql`select k.id, k.tenant_id as "tenantId", k.secret_hash as "secretHash", k.scopes
    from api_keys k join tenants t on t.id = k.tenant_id and t.status = 'ACTIVE'
    where k.id = ${id}::uuid and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`)

/** At most once a minute: a row that is written at every request is a lock that everybody waits for. */
export const touchApiKey = (db: Db, { tenantId, id }: UsableKey): Promise<number> =>
  db.execute(sql`update api_keys set last_used_at = now() where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
    and (last_used_at is null or last_used_at < now() - interval '1 minute')`)
