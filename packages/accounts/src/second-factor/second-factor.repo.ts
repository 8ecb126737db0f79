import { type Db, sql } from '@throughline/db'
import { hashOf } from '../secrets/index.ts'

export interface FactorRow {
  secret: string
  confirmed: boolean
  lastStep: string | null
}

/** Locked, so that of two callers with one code one is right. */
export const lockFactor = (db: Db, userId: string): Promise<FactorRow | undefined> =>
  db.queryOne<FactorRow>(sql`select secret, confirmed_at is not null as confirmed, last_step as "lastStep"
    from second_factors where user_id = ${userId}::uuid for update`)

export const hasConfirmedFactor = async (db: Db, userId: string): Promise<boolean> =>
  (await db.queryOne(
    sql`select 1 as one from second_factors where user_id = ${userId}::uuid and confirmed_at is not null`,
  )) !== undefined

/** Begins anew as long as it is not confirmed. @returns whether it was stored */
export const storeUnconfirmed = async (db: Db, userId: string, secret: string): Promise<boolean> =>
  (await db.execute(sql`insert into second_factors (user_id, secret) values (${userId}::uuid, ${secret})
    on conflict (user_id) do update set secret = excluded.secret, created_at = now(), last_step = null
    where second_factors.confirmed_at is null`)) === 1

/** The step of a code that was right: neither it nor an earlier one is taken again. */
export const storeStep = (db: Db, userId: string, step: number): Promise<number> =>
  db.execute(sql`update second_factors set last_step = ${step}, confirmed_at = coalesce(confirmed_at, now())
    where user_id = ${userId}::uuid`)

export const removeFactor = async (db: Db, userId: string): Promise<void> => {
  await db.execute(sql`delete from recovery_codes where user_id = ${userId}::uuid`)
  await db.execute(sql`delete from second_factors where user_id = ${userId}::uuid`)
}

export const replaceRecoveryCodes = (db: Db, userId: string, codes: string[]): Promise<number> =>
  db.execute(sql`with gone as (delete from recovery_codes where user_id = ${userId}::uuid)
    insert into recovery_codes (user_id, code_hash)
    select ${userId}::uuid, h from jsonb_array_elements_text(${JSON.stringify(codes.map(hashOf))}::jsonb) h`)

/** @returns whether it was an unused code of this user */
export const useRecoveryCode = async (db: Db, userId: string, code: string): Promise<boolean> =>
  (await db.execute(sql`update recovery_codes set used_at = now()
    where user_id = ${userId}::uuid and code_hash = ${hashOf(code)} and used_at is null`)) === 1

export interface FactorStatus {
  enabled: boolean
  required: boolean
  recoveryCodesLeft: number
}

/** `required`: by any firm that this person works in. */
export async function readFactorStatus(db: Db, userId: string): Promise<FactorStatus> {
  const row = await db.queryOne<FactorStatus>(sql`select
    exists (select 1 from second_factors where user_id = ${userId}::uuid and confirmed_at is not null) as enabled,
    exists (select 1 from members m join tenants t on t.id = m.tenant_id
      where m.id = ${userId}::uuid and m.disabled_at is null and t.require_second_factor) as required,
    (select count(*)::int from recovery_codes where user_id = ${userId}::uuid and used_at is null) as "recoveryCodesLeft"`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}
