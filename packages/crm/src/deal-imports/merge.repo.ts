// Staged rows -> companies, contacts, deals. A fixed number of statements, however many rows.
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { copyText } from './copy-text.ts'
import type { ImportedDeal } from './import-rows.rules.ts'

export type StagedDeal = ImportedDeal & { line: number }

const columns = [
  ['line', 'line'],
  ['import_key', 'importKey'],
  ['title', 'title'],
  ['value', 'value'],
  ['currency', 'currency'],
  ['stage', 'stage'],
  ['priority', 'priority'],
  ['lead_source', 'leadSource'],
  ['lead_score', 'leadScore'],
  ['owner_id', 'ownerId'],
  ['company_name', 'companyName'],
  ['company_domain', 'companyDomain'],
  ['contact_name', 'contactName'],
  ['contact_email', 'contactEmail'],
  ['expected_close_date', 'expectedCloseDate'],
  ['notes', 'notes'],
] as const satisfies readonly (readonly [string, keyof StagedDeal])[]

const batchCharacters = 64 * 1024

async function* copyLines(deals: AsyncIterable<StagedDeal>): AsyncGenerator<string> {
  let batch = ''
  for await (const deal of deals) {
    batch += `${columns.map(([, key]) => copyText(deal[key])).join('\t')}\n`
    if (batch.length < batchCharacters) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}

/**
 * COPYs deals into a table that only this transaction sees and that ends with it. It is no tenant table: Postgres
 * refuses COPY FROM under row-level security.
 */
export async function stageDeals(db: TenantDb, deals: AsyncIterable<StagedDeal>): Promise<void> {
  await db.execute(sql`create temporary table staged_deals (
    line int not null, import_key text not null, title text not null, value numeric(18,2), currency char(3),
    stage "DealStage", priority "DealPriority", lead_source text, lead_score int not null, owner_id uuid,
    company_name text, company_domain text, contact_name text, contact_email text, expected_close_date date, notes text,
    company_id uuid, contact_id uuid) on commit drop`)
  await db.copyIn(`copy staged_deals (${columns.map(([name]) => name).join(', ')}) from stdin`, copyLines(deals))
  await db.execute(sql`analyze staged_deals`)
}

async function mergeCompanies(db: TenantDb, now: Date): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  // A company that is known by name alone learns its domain, rather than being there twice.
  await db.execute(sql`
    with given as (
      select distinct on (company_domain) company_domain as domain, lower(company_name) as name
      from staged_deals where company_domain is not null order by company_domain, line
    ), nameless as (
      select distinct on (lower(name)) id, lower(name) as name from companies
      where tenant_id = ${t} and domain is null order by lower(name), id
    ), pairs as (
      select distinct on (n.id) n.id, g.domain from nameless n join given g on g.name = n.name
      where not exists (select 1 from companies c where c.tenant_id = ${t} and c.domain = g.domain) order by n.id, g.domain
    )
    update companies c set domain = p.domain, version = c.version + 1, updated_at = ${now}
    from pairs p where c.tenant_id = ${t} and c.id = p.id`)
  await db.execute(sql`
    insert into companies (tenant_id, id, name, domain, created_at, updated_at)
    select ${t}, uuidv7(), name, domain, ${now}, ${now} from (
      select distinct on (company_domain) company_name as name, company_domain as domain
      from staged_deals where company_domain is not null order by company_domain, line) g
    on conflict (tenant_id, domain) where deleted_at is null do nothing`)
  await db.execute(sql`
    update staged_deals s set company_id = c.id from companies c where c.tenant_id = ${t} and c.domain = s.company_domain`)
  await db.execute(sql`
    insert into companies (tenant_id, id, name, created_at, updated_at)
    select ${t}, uuidv7(), name, ${now}, ${now} from (
      select distinct on (lower(company_name)) company_name as name
      from staged_deals where company_id is null and company_name is not null order by lower(company_name), line) g
    where not exists (select 1 from companies c where c.tenant_id = ${t} and lower(c.name) = lower(g.name))`)
  await db.execute(sql`
    update staged_deals s set company_id = c.id from (
      select distinct on (lower(name)) id, lower(name) as name from companies where tenant_id = ${t} order by lower(name), id
    ) c where s.company_id is null and c.name = lower(s.company_name)`)
}

async function mergeContacts(db: TenantDb, now: Date): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  const nowhere = sql`'00000000-0000-0000-0000-000000000000'::uuid`
  await db.execute(sql`
    insert into contacts as k (tenant_id, id, name, email, company_id, created_at, updated_at)
    select ${t}, uuidv7(), name, email, company_id, ${now}, ${now} from (
      select distinct on (contact_email) contact_name as name, contact_email as email, company_id
      from staged_deals where contact_email is not null order by contact_email, line) g
    on conflict (tenant_id, email) where deleted_at is null do update
      set company_id = excluded.company_id, version = k.version + 1, updated_at = ${now}
      where k.company_id is null and excluded.company_id is not null`)
  await db.execute(sql`
    update staged_deals s set contact_id = c.id from contacts c where c.tenant_id = ${t} and c.email = s.contact_email`)
  await db.execute(sql`
    insert into contacts (tenant_id, id, name, company_id, created_at, updated_at)
    select ${t}, uuidv7(), name, company_id, ${now}, ${now} from (
      select distinct on (lower(contact_name), company_id) contact_name as name, company_id
      from staged_deals where contact_id is null and contact_name is not null
      order by lower(contact_name), company_id, line) g
    where not exists (select 1 from contacts c where c.tenant_id = ${t} and lower(c.name) = lower(g.name)
      and coalesce(c.company_id, ${nowhere}) = coalesce(g.company_id, ${nowhere}))`)
  await db.execute(sql`
    update staged_deals s set contact_id = c.id from (
      select distinct on (lower(name), coalesce(company_id, ${nowhere})) id, lower(name) as name,
        coalesce(company_id, ${nowhere}) as company_id
      from contacts where tenant_id = ${t} order by lower(name), coalesce(company_id, ${nowhere}), id
    ) c where s.contact_id is null and c.name = lower(s.contact_name) and c.company_id = coalesce(s.company_id, ${nowhere})`)
}

const closed = (stage: Sql): Sql => sql`${stage} in ('CLOSED_WON', 'CLOSED_LOST')`

export interface Merge {
  /** For rows that name none. */
  currency: string
  actorId: string | null
  now: Date
}

/** Changes deals that are there and say something else now; an empty cell never wipes out what is known. */
async function updateDeals(db: TenantDb, { actorId, now }: Merge): Promise<number> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, actor_id, created_at)
    select ${t}, uuidv7(), d.id, d.stage, s.stage, ${actorId}::uuid, ${now}
    from staged_deals s join deals d on d.tenant_id = ${t} and d.import_key = s.import_key where s.stage <> d.stage`)
  return db.execute(sql`
    update deals d set title = s.title, value = coalesce(s.value, d.value), currency = coalesce(s.currency, d.currency),
      stage = coalesce(s.stage, d.stage), priority = coalesce(s.priority, d.priority),
      lead_source = coalesce(s.lead_source, d.lead_source), owner_id = coalesce(s.owner_id, d.owner_id),
      company_id = coalesce(s.company_id, d.company_id), contact_id = coalesce(s.contact_id, d.contact_id),
      expected_close_date = coalesce(s.expected_close_date, d.expected_close_date), notes = coalesce(s.notes, d.notes),
      closed_at = case when s.stage is null then d.closed_at when ${closed(sql`s.stage`)} then coalesce(d.closed_at, ${now}::timestamptz) end,
      lost_reason = case when s.stage is null or s.stage = d.stage then d.lost_reason
        when s.stage = 'CLOSED_LOST' then coalesce(d.lost_reason, 'Lost according to the import') end,
      version = d.version + 1, updated_at = ${now}
    from staged_deals s
    where d.tenant_id = ${t} and d.import_key = s.import_key and (
      row(d.title, d.value, d.currency, d.stage, d.priority, d.lead_source, d.owner_id, d.company_id, d.contact_id,
        d.expected_close_date, d.notes)
      is distinct from
      row(s.title, coalesce(s.value, d.value), coalesce(s.currency, d.currency), coalesce(s.stage, d.stage),
        coalesce(s.priority, d.priority), coalesce(s.lead_source, d.lead_source), coalesce(s.owner_id, d.owner_id),
        coalesce(s.company_id, d.company_id), coalesce(s.contact_id, d.contact_id),
        coalesce(s.expected_close_date, d.expected_close_date), coalesce(s.notes, d.notes)))`)
}

/** A deal that is closed when it comes was closed on its close date, unless that is still to come. */
async function insertDeals(db: TenantDb, { currency, actorId, now }: Merge): Promise<number> {
  const t = sql`${db.tenantId}::uuid`
  return db.execute(sql`
    with created as (
      insert into deals (tenant_id, id, title, value, currency, stage, priority, lead_score, lead_source, owner_id,
        company_id, contact_id, expected_close_date, closed_at, lost_reason, notes, import_key, created_at, updated_at)
      select ${t}, uuidv7(), s.title, coalesce(s.value, 0), coalesce(s.currency, ${currency}), coalesce(s.stage, 'LEAD'),
        coalesce(s.priority, 'MEDIUM'), s.lead_score, s.lead_source, s.owner_id, s.company_id, s.contact_id,
        s.expected_close_date,
        case when ${closed(sql`s.stage`)} then least(s.expected_close_date::timestamptz, ${now}::timestamptz) end,
        case when s.stage = 'CLOSED_LOST' then 'Lost according to the import' end,
        s.notes, s.import_key, ${now}, ${now}
      from staged_deals s
      where not exists (select 1 from deals d where d.tenant_id = ${t} and d.import_key = s.import_key)
      order by s.line
      returning id, stage
    )
    insert into stage_changes (tenant_id, id, deal_id, to_stage, actor_id, created_at)
    select ${t}, uuidv7(), id, stage, ${actorId}::uuid, ${now} from created`)
}

/**
 * Foreign keys are checked row by row with plans that Postgres keeps for the life of a connection. One that was made
 * while a table was nearly empty reads the whole table for each row: 20,000 rows took 34 s instead of one. So they are
 * made anew, with an index; the setting ends with the transaction.
 */
async function planForManyRows(db: TenantDb): Promise<void> {
  await db.execute(sql`discard plans`)
  await db.execute(sql`select set_config('enable_seqscan', 'off', true)`)
}

/** Merges what `stageDeals` has staged, in the same transaction. Imports of one tenant merge one after the other. */
export async function mergeStagedDeals(db: TenantDb, merge: Merge): Promise<{ created: number; updated: number }> {
  db.requireTransaction('a merge')
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`deal-import/${db.tenantId}`}, 0))`)
  await planForManyRows(db)
  await mergeCompanies(db, merge.now)
  await mergeContacts(db, merge.now)
  const updated = await updateDeals(db, merge)
  return { created: await insertDeals(db, merge), updated }
}
