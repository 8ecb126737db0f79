// The good rows of a file in tables that only this transaction sees and that end with it, and what is wrong with them.
import { copyText } from '@throughline/cells'
import { sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { StagedRow } from './rows.rules.ts'

export interface NumberedRow {
  line: number
  row: StagedRow
}

const batchCharacters = 64 * 1024

async function* copyLines(rows: AsyncIterable<NumberedRow>): AsyncGenerator<string> {
  let batch = ''
  for await (const { line, row } of rows) {
    const { key, ...values } = row
    batch += `${line}\t${copyText(key)}\t${copyText(JSON.stringify(values))}\n`
    if (batch.length < batchCharacters) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}

/** COPYs rows into `staged`; `refused` is empty. In a transaction. */
export async function stageRows(db: TenantDb, rows: AsyncIterable<NumberedRow>): Promise<void> {
  db.requireTransaction('staging')
  await db.execute(sql`create temporary table staged (line int not null, key text not null, row jsonb not null,
    investor_id uuid, deal_id uuid) on commit drop`)
  await db.execute(sql`create temporary table refused (line int not null, reason text not null) on commit drop`)
  await db.copyIn('copy staged (line, key, row) from stdin', copyLines(rows))
  await db.execute(sql`create index on staged (line)`)
  await db.execute(sql`analyze staged`)
}

/** Rows that say the same as an earlier one. */
export const refuseRepeated = (db: TenantDb): Promise<number> =>
  db.execute(sql`insert into refused (line, reason)
    select line, 'Line ' || first || ' of the file says the same.' from
      (select line, min(line) over (partition by key) as first from staged) s where line <> first`)

export interface Standing {
  refused: number
  /** Of the rows that are not refused. */
  sum: string
}

export async function readStanding(db: TenantDb): Promise<Standing> {
  const row = await db.queryOne<Standing>(sql`select (select count(distinct line)::int from refused) as refused,
    coalesce((select sum((s.row->>'amount')::numeric) from staged s
      where not exists (select 1 from refused r where r.line = s.line)), 0)::numeric(20,2)::text as sum`)
  if (!row) throw new Error('an aggregate without groups gives one row')
  return row
}

/** The first lines that are refused, with all reasons. */
export const readRefused = (db: TenantDb, limit: number): Promise<{ line: number; reasons: string[] }[]> =>
  db.query(
    sql`select line, array_agg(distinct reason) as reasons from refused group by line order by line limit ${limit}`,
  )

const stagedRow = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export interface ReadyRow {
  line: number
  investorId: string | null
  dealId: string | null
  row: z.infer<typeof stagedRow>
}

/** The staged rows by their lines, so many at a time. */
export async function* readyRows(db: TenantDb, atOnce: number): AsyncGenerator<ReadyRow[]> {
  let last = 0
  for (;;) {
    const rows = await db.query<Omit<ReadyRow, 'row'> & { row: unknown }>(sql`select line, investor_id as "investorId",
      deal_id as "dealId", row from staged where line > ${last} order by line limit ${atOnce}`)
    const end = rows.at(-1)
    if (!end) return
    yield rows.map(({ row, ...rest }) => ({ ...rest, row: stagedRow.parse(row) }))
    last = end.line
  }
}
