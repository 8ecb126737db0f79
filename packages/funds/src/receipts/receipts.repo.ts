// The only SQL that writes receipts of banks and gateways.
import type { ReceiptSource, ReceiptState } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface NewReceipt {
  id: string
  receiptKey: string
  bankReference: string
  account: string
  valueDate: string
  /** A decimal. */
  amount: string
  text: string
  payer: string
  source: ReceiptSource
  sourceId: string | null
}

/** Adds those that are not known yet. @returns their ids; one that another transaction is about to add is waited for */
export const insertReceipts = async (
  db: TenantDb,
  fundId: string,
  { receipts, byId, now }: { receipts: readonly NewReceipt[]; byId: string | null; now: Date },
): Promise<Set<string>> => {
  const rows = await db.query<{ id: string }>(sql`
    insert into bank_receipts (tenant_id, id, fund_id, receipt_key, bank_reference, account, value_date, amount, text, payer,
      source, source_id, created_by_id, created_at, updated_at)
    select ${db.tenantId}::uuid, r.id, ${fundId}::uuid, r."receiptKey", r."bankReference", r.account, r."valueDate", r.amount, r.text,
      r.payer, r.source, r."sourceId", ${byId}::uuid, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(receipts)}::jsonb) as r(id uuid, "receiptKey" text, "bankReference" text,
      account text, "valueDate" date, amount numeric, text text, payer text, source text, "sourceId" text)
    on conflict (tenant_id, fund_id, receipt_key) do nothing returning id`)
  return new Set(rows.map(({ id }) => id))
}

export interface KnownReceipt {
  id: string
  receiptKey: string
  state: ReceiptState
  version: number
}

export const readReceiptsByKey = (db: TenantDb, fundId: string, keys: readonly string[]): Promise<KnownReceipt[]> =>
  db.query<KnownReceipt>(sql`
    select id, receipt_key as "receiptKey", state::text as state, version from bank_receipts
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and receipt_key = any(${keys}::text[])`)

export interface StoredReceipt {
  id: string
  fundId: string
  valueDate: string
  amount: string
  state: ReceiptState
  note: string | null
  ownerId: string | null
  version: number
}

const stored = sql`id, fund_id as "fundId", value_date as "valueDate", amount, state::text as state, note, owner_id as "ownerId", version`

export const readReceipt = (db: TenantDb, receiptId: string): Promise<StoredReceipt | undefined> =>
  db.queryOne<StoredReceipt>(
    sql`select ${stored} from bank_receipts where tenant_id = ${db.tenantId}::uuid and id = ${receiptId}::uuid`,
  )

/** The receipt that a gateway's payment has become. */
export const findReceiptOf = (db: TenantDb, sourceId: string): Promise<StoredReceipt | undefined> =>
  db.queryOne<StoredReceipt>(
    sql`select ${stored} from bank_receipts where tenant_id = ${db.tenantId}::uuid and source_id = ${sourceId} and source = 'gateway'`,
  )

export interface ReceiptChange {
  id: string
  state: ReceiptState
  /** Nothing where nothing was found, or a person has decided against it. */
  match: unknown
}

/** What becomes of receipts. */
export const writeStates = (db: TenantDb, changes: readonly ReceiptChange[], now: Date): Promise<number> =>
  db.execute(sql`
    update bank_receipts r set state = n.state::"ReceiptState", match = n.match, version = r.version + 1,
      updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as n(id uuid, state text, match jsonb)
    where r.tenant_id = ${db.tenantId}::uuid and r.id = n.id`)

/** What people write beside a receipt. */
export const writeRemarks = (
  db: TenantDb,
  receiptId: string,
  { state, note, ownerId, now }: Pick<StoredReceipt, 'state' | 'note' | 'ownerId'> & { now: Date },
): Promise<number> =>
  db.execute(sql`
    update bank_receipts set state = ${state}::"ReceiptState", note = ${note}, owner_id = ${ownerId}::uuid, version = version + 1,
      updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${receiptId}::uuid`)
