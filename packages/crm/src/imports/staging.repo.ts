// The rows of a file in a table that only this transaction sees and that ends with it. It is no tenant table: Postgres
// refuses COPY FROM under row-level security.
import { copyText } from '@throughline/cells'
import type { RecordKind } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import type { StagedRow, StagedValue } from './row-kinds.rules.ts'

export interface NumberedRow {
  line: number
  row: StagedRow
}

const tables: Readonly<Record<RecordKind, Sql>> = {
  DEAL: sql`create temporary table staged (
    line int not null, import_key text not null, record_id uuid, title text not null, value numeric(18,2), currency char(3),
    stage "DealStage", priority "DealPriority", probability int, lead_source text, owner_id uuid, company_name text,
    company_domain text, contact_name text, contact_email text, people jsonb, expected_close_date date, lost_reason text,
    notes text, tags text[], custom jsonb) on commit drop`,
  COMPANY: sql`create temporary table staged (
    line int not null, import_key text, record_id uuid, name text, domain text, industry text, size text, country char(2),
    owner_id uuid, tags text[]) on commit drop`,
  CONTACT: sql`create temporary table staged (
    line int not null, import_key text, record_id uuid, name text, email text, other_emails text[], phones text[], title text,
    source text, consent "ConsentState", owner_id uuid, tags text[], company_name text, company_domain text) on commit drop`,
}
const columns: Readonly<Record<RecordKind, readonly string[]>> = {
  DEAL: [
    'import_key',
    'record_id',
    'title',
    'value',
    'currency',
    'stage',
    'priority',
    'probability',
    'lead_source',
    'owner_id',
    'company_name',
    'company_domain',
    'contact_name',
    'contact_email',
    'people',
    'expected_close_date',
    'lost_reason',
    'notes',
    'tags',
    'custom',
  ],
  COMPANY: ['import_key', 'record_id', 'name', 'domain', 'industry', 'size', 'country', 'owner_id', 'tags'],
  CONTACT: [
    'import_key',
    'record_id',
    'name',
    'email',
    'other_emails',
    'phones',
    'title',
    'source',
    'consent',
    'owner_id',
    'tags',
    'company_name',
    'company_domain',
  ],
}

const arrayText = (items: readonly string[]): string =>
  `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
const fieldText = (value: StagedValue): string =>
  copyText(typeof value === 'object' && value !== null ? arrayText(value) : value)

const batchCharacters = 64 * 1024

async function* copyLines(names: readonly string[], rows: AsyncIterable<NumberedRow>): AsyncGenerator<string> {
  let batch = ''
  for await (const { line, row } of rows) {
    batch += String(line)
    for (const name of names) batch += `\t${fieldText(row[name] ?? null)}`
    batch += '\n'
    if (batch.length < batchCharacters) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}

/** COPYs rows into the temporary table `staged`. In a transaction. */
export async function stageRows(db: TenantDb, kind: RecordKind, rows: AsyncIterable<NumberedRow>): Promise<void> {
  db.requireTransaction('staging')
  const names = columns[kind]
  await db.execute(tables[kind])
  await db.copyIn(`copy staged (line, ${names.join(', ')}) from stdin`, copyLines(names, rows))
  await db.execute(sql`analyze staged`)
}
