// The only place that writes what a fund is; what happens in it is written by `books`.
import type { CreateFund, FundState } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'
import type { KeptAccount } from '../bank-accounts.ts'

export type FundValues = CreateFund

export interface LockedFund extends Omit<FundValues, 'terms'> {
  terms: unknown
  state: FundState
  wireSealed: string | null
  wireMask: string | null
  version: number
  hasCommitments: boolean
}

/** Held until the transaction ends, as `holdFund` of the books holds it. */
export const lockForEdit = (db: TenantDb, id: string): Promise<LockedFund | undefined> =>
  db.queryOne<LockedFund>(sql`
    select f.name, f.legal_name as "legalName", f.currency, f.time_zone as "timeZone", f.vintage, f.terms,
      f.state::text as state, f.wire_sealed as "wireSealed", f.wire_mask as "wireMask", f.version,
      exists (select from commitments c where c.tenant_id = f.tenant_id and c.fund_id = f.id) as "hasCommitments"
    from funds f where f.tenant_id = ${db.tenantId}::uuid and f.id = ${id}::uuid for no key update of f`)

export interface NewFund {
  id: string
  values: FundValues
  createdById: string | null
}

export const insertFund = (db: TenantDb, { id, values, createdById }: NewFund, now: Date): Promise<number> =>
  db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms, created_by_id,
      created_at, updated_at)
    values (${db.tenantId}::uuid, ${id}::uuid, ${values.name}, ${values.legalName}, ${values.currency}, ${values.timeZone},
      ${values.vintage}, ${JSON.stringify(values.terms)}::jsonb, ${createdById}::uuid, ${now}::timestamptz, ${now}::timestamptz)`)

const one = (db: TenantDb, id: string) => sql`tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`
const changed = (now: Date) => sql`version = version + 1, updated_at = ${now}::timestamptz`

export const writeFund = (db: TenantDb, id: string, values: FundValues, now: Date): Promise<number> =>
  db.execute(sql`update funds set name = ${values.name}, legal_name = ${values.legalName}, currency = ${values.currency},
    time_zone = ${values.timeZone}, vintage = ${values.vintage}, terms = ${JSON.stringify(values.terms)}::jsonb, ${changed(now)}
    where ${one(db, id)}`)

export const writeState = (db: TenantDb, id: string, state: FundState, now: Date): Promise<number> =>
  db.execute(sql`update funds set state = ${state}::"FundState", ${changed(now)} where ${one(db, id)}`)

export const writeWire = (db: TenantDb, id: string, { sealed, mask }: KeptAccount, now: Date): Promise<number> =>
  db.execute(sql`update funds set wire_sealed = ${sealed}, wire_mask = ${mask}, ${changed(now)} where ${one(db, id)}`)
