// The only place that writes commitments.
import type { CommitmentView } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'

type CommitmentRow = Omit<CommitmentView, 'createdAt'> & { createdAt: Date }

const columns = sql`c.id, c.fund_id as "fundId", c.investor_id as "investorId", c.close_name as "closeName",
  c.close_date as "closeDate", c.amount, c.fee_free as "feeFree", c.version, c.created_at as "createdAt"`

const toView = ({ createdAt, ...row }: CommitmentRow): CommitmentView => ({
  ...row,
  createdAt: createdAt.toISOString(),
})

const read = async (db: TenantDb, condition: Sql): Promise<CommitmentView[]> =>
  (
    await db.query<CommitmentRow>(sql`select ${columns} from commitments c
      where c.tenant_id = ${db.tenantId}::uuid and ${condition} order by c.close_date, c.id`)
  ).map(toView)

export const commitmentsOf = (db: TenantDb, fundId: string, investorId: string): Promise<CommitmentView[]> =>
  read(db, sql`c.investor_id = ${investorId}::uuid and c.fund_id = ${fundId}::uuid`)

/** To be held only behind its fund, which every change of a commitment holds first. */
export const findCommitment = async (db: TenantDb, id: string): Promise<CommitmentView | undefined> =>
  (await read(db, sql`c.id = ${id}::uuid`))[0]

export type NewCommitment = Omit<CommitmentView, 'version' | 'createdAt'>

/** One statement, however many. */
export const insertCommitments = (db: TenantDb, commitments: readonly NewCommitment[], now: Date): Promise<number> =>
  db.execute(sql`
    insert into commitments (tenant_id, id, fund_id, investor_id, close_name, close_date, amount, fee_free, created_at)
    select ${db.tenantId}::uuid, c.id, c."fundId", c."investorId", c."closeName", c."closeDate", c.amount, c."feeFree",
      ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(commitments)}::jsonb) as c(id uuid, "fundId" uuid, "investorId" uuid, "closeName" text,
      "closeDate" date, amount numeric, "feeFree" boolean)`)

/** @param by a decimal, below zero to take away */
export const addToCommitment = (db: TenantDb, id: string, by: string): Promise<number> =>
  db.execute(sql`update commitments set amount = amount + ${by}::numeric, version = version + 1
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)
