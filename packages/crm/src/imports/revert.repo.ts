// An import taken back, a thousand rows at once: what it has made goes, what it has changed becomes the row that
// was remembered. Deals first, then contacts, then companies: each lets go of the next.
import type { ImportRevert, KeptReason, RecordKind } from '@throughline/contracts'
import { rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import { rescoreDeals } from './rescore.repo.ts'

interface Table {
  kind: RecordKind
  table: Sql
  /** What a person calls it. */
  label: Sql
  /** Reasons to keep a record `r` that the import has made, the first that holds. */
  keep: (t: Sql) => Sql
  /** Reasons not to put back the row `b`, the remembered one of `r`. */
  stay: (t: Sql) => Sql
  columns: Sql
}

const living = (table: Sql, t: Sql, id: Sql): Sql =>
  sql`(${id} is null or exists (select 1 from ${table} x where x.tenant_id = ${t} and x.id = ${id}))`
const taken = (table: Sql, column: Sql, t: Sql): Sql =>
  sql`exists (select 1 from ${table} x where x.tenant_id = ${t} and x.deleted_at is null and x.${column} = b.${column} and x.id <> r.id)`

/** As it is by hand: on a call (no `at_least`) the deal stays what it came to; of what is allocated only, its currency and so much of its worth. */
const deals: Table = {
  kind: 'DEAL',
  table: sql`deals`,
  label: sql`title`,
  keep: (t) => sql`
    when exists (select 1 from deal_holds h where h.tenant_id = ${t} and h.deal_id = r.id) then 'has_holds'
    when exists (select 1 from timeline_entries e where e.tenant_id = ${t} and e.deal_id = r.id) then 'has_timeline'`,
  stay: (t) => sql`
    when (r.stage, r.value, r.currency, r.probability) is distinct from (b.stage, b.value, b.currency, b.probability)
      and exists (select 1 from deal_holds h where h.tenant_id = ${t} and h.deal_id = r.id and h.at_least is null) then 'has_holds'
    when r.currency <> b.currency and exists (select 1 from deal_holds h where h.tenant_id = ${t} and h.deal_id = r.id)
      or b.value < (select sum(h.at_least) from deal_holds h where h.tenant_id = ${t} and h.deal_id = r.id) then 'has_holds'
    when not (${living(sql`companies`, t, sql`b.company_id`)} and ${living(sql`contacts`, t, sql`b.contact_id`)}
      and ${living(sql`members`, t, sql`b.owner_id`)}) then 'reference_gone'`,
  columns: sql`title = b.title, value = b.value, currency = b.currency, stage = b.stage, priority = b.priority,
    probability = b.probability, lead_score = b.lead_score, fit_score = b.fit_score, engagement = b.engagement,
    engagement_at = b.engagement_at, score_reasons = b.score_reasons, lead_source = b.lead_source, owner_id = b.owner_id,
    company_id = b.company_id, contact_id = b.contact_id, expected_close_date = b.expected_close_date,
    closed_at = b.closed_at, lost_reason = b.lost_reason, notes = b.notes, tags = b.tags, custom = b.custom,
    import_key = b.import_key, stage_entered_at = b.stage_entered_at, qualified_at = b.qualified_at,
    negotiated_at = b.negotiated_at, lead_seconds = b.lead_seconds, qualified_seconds = b.qualified_seconds,
    negotiation_seconds = b.negotiation_seconds, version = b.version, updated_at = b.updated_at`,
}
const contacts: Table = {
  kind: 'CONTACT',
  table: sql`contacts`,
  label: sql`name`,
  keep: (t) => sql`
    when exists (select 1 from deals d where d.tenant_id = ${t} and d.contact_id = r.id)
      or exists (select 1 from deal_contacts c where c.tenant_id = ${t} and c.contact_id = r.id) then 'used_by_deals'
    when exists (select 1 from timeline_entries e where e.tenant_id = ${t} and e.contact_id = r.id) then 'has_timeline'`,
  stay: (t) => sql`
    when ${taken(sql`contacts`, sql`email`, t)} or ${taken(sql`contacts`, sql`import_key`, t)} then 'name_taken'
    when not (${living(sql`companies`, t, sql`b.company_id`)} and ${living(sql`members`, t, sql`b.owner_id`)}) then 'reference_gone'`,
  columns: sql`name = b.name, email = b.email, other_emails = b.other_emails, phones = b.phones, title = b.title,
    source = b.source, consent = b.consent, consent_at = b.consent_at, tags = b.tags, company_id = b.company_id,
    owner_id = b.owner_id, import_key = b.import_key, version = b.version, updated_at = b.updated_at`,
}
const companies: Table = {
  kind: 'COMPANY',
  table: sql`companies`,
  label: sql`name`,
  keep: (t) => sql`
    when exists (select 1 from deals d where d.tenant_id = ${t} and d.company_id = r.id) then 'used_by_deals'
    when exists (select 1 from contacts k where k.tenant_id = ${t} and k.company_id = r.id) then 'used_by_contacts'
    when exists (select 1 from timeline_entries e where e.tenant_id = ${t} and e.company_id = r.id) then 'has_timeline'`,
  stay: (t) => sql`
    when ${taken(sql`companies`, sql`domain`, t)} or ${taken(sql`companies`, sql`import_key`, t)} then 'name_taken'
    when not ${living(sql`members`, t, sql`b.owner_id`)} then 'reference_gone'`,
  columns: sql`name = b.name, domain = b.domain, industry = b.industry, size = b.size, country = b.country, tags = b.tags,
    owner_id = b.owner_id, import_key = b.import_key, version = b.version, updated_at = b.updated_at`,
}

const changedSince = sql`when r.version <> c.version or r.deleted_at is not null then 'changed_since'`

/** What follows a removal (search, totals) is worked out a statement at once, and takes longer than in step with its rows. */
const rowsAtOnce = 1_000

/** Notes in `kept` what stays, removes the rest of what the import has made. @returns how many are gone */
async function removeCreated(db: TenantDb, importId: string, { kind, table, label, keep }: Table): Promise<number> {
  const t = sql`${db.tenantId}::uuid`
  const mine = sql`c.tenant_id = ${t} and c.import_id = ${importId}::uuid and c.kind = ${kind}::"RecordKind" and c.before is null`
  await db.execute(sql`
    insert into kept select ${kind}, r.id, r.${label}, r.reason from (
      select r.id, r.${label}, case ${changedSince} ${keep(t)} end as reason
      from import_changes c join ${table} r on r.tenant_id = c.tenant_id and r.id = c.record_id where ${mine}) r
    where r.reason is not null`)
  let removed = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await db.queryOne<{ last: string | null; gone: number }>(sql`
      with page as materialized (
        select c.record_id as id from import_changes c where ${mine} and c.record_id > ${after}::uuid
        order by c.record_id limit ${rowLimit(rowsAtOnce)}
      ), gone as (
        delete from ${table} r using page p
        where r.tenant_id = ${t} and r.id = p.id and not exists (select 1 from kept k where k.id = p.id) returning 1
      )
      select (select id::text from page order by id desc limit 1) as last, (select count(*)::int from gone) as gone`)
    if (!page?.last) return removed
    removed += page.gone
    after = page.last
  }
}

/** Notes in `kept` what stays, puts back the rest of what the import has changed. @returns how many are what they were */
async function restoreUpdated(db: TenantDb, importId: string, of: Table): Promise<number> {
  const { kind, table, label, stay, columns } = of
  const t = sql`${db.tenantId}::uuid`
  const remembered = sql`import_changes c cross join lateral jsonb_populate_record(null::${table}, c.before->'row') b
    join ${table} r on r.tenant_id = c.tenant_id and r.id = c.record_id`
  const mine = sql`c.tenant_id = ${t} and c.import_id = ${importId}::uuid and c.kind = ${kind}::"RecordKind" and c.before is not null`
  await db.execute(sql`
    insert into kept select ${kind}, r.id, r.${label}, r.reason from (
      select r.id, r.${label}, case ${changedSince} ${stay(t)} end as reason from ${remembered} where ${mine}) r
    where r.reason is not null`)
  if (kind === 'DEAL') await restorePeople(db, importId)
  return db.execute(sql`
    update ${table} r set ${columns}
    from import_changes c cross join lateral jsonb_populate_record(null::${table}, c.before->'row') b
    where ${mine} and r.tenant_id = c.tenant_id and r.id = c.record_id and not exists (select 1 from kept k where k.id = r.id)`)
}

/** The people of a deal as they were, where the import has changed them. Those who are gone since stay away. */
async function restorePeople(db: TenantDb, importId: string): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  const touched = sql`c.tenant_id = ${t} and c.import_id = ${importId}::uuid and c.kind = 'DEAL' and c.before ? 'people'
    and not exists (select 1 from kept k where k.id = c.record_id)`
  await db.execute(sql`delete from deal_contacts p using import_changes c
    where ${touched} and p.tenant_id = c.tenant_id and p.deal_id = c.record_id`)
  await db.execute(sql`
    insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    select ${t}, c.record_id, (p->>'contactId')::uuid, p->>'role' from import_changes c, jsonb_array_elements(c.before->'people') p
    where ${touched} and exists (select 1 from contacts k where k.tenant_id = ${t} and k.id = (p->>'contactId')::uuid)`)
}

const shownKept = 50

async function readKept(db: TenantDb): Promise<Pick<ImportRevert, 'kept' | 'examples'>> {
  const kept = await db.query<{ reason: KeptReason; count: number }>(
    sql`select reason, count(*)::int as count from kept group by reason order by reason`,
  )
  const examples = await db.query<ImportRevert['examples'][number]>(
    sql`select kind, id, name, reason from kept order by kind, name, id limit ${shownKept}`,
  )
  return { kept, examples }
}

/** Takes back what `import_changes` remembers, and forgets it. In a transaction. */
export async function takeBack(db: TenantDb, importId: string): Promise<ImportRevert> {
  db.requireTransaction('a revert')
  await db.execute(
    sql`create temporary table kept (kind text, id uuid primary key, name text, reason text) on commit drop`,
  )
  const counts = { removed: 0, restored: 0 }
  for (const table of [deals, contacts, companies]) {
    counts.removed += await removeCreated(db, importId, table)
    // A trigger that scores a deal anew, or dates its stage, would not leave it as it was.
    if (table === deals) await db.execute(sql`select set_config('app.restoring', 'on', true)`)
    counts.restored += await restoreUpdated(db, importId, table)
    if (table === deals) await db.execute(sql`select set_config('app.restoring', 'off', true)`)
  }
  await db.execute(sql`select take_back_stage_changes(${importId}::uuid)`)
  await rescoreDeals(db, importId)
  const kept = await readKept(db)
  await db.execute(
    sql`delete from import_changes where tenant_id = ${db.tenantId}::uuid and import_id = ${importId}::uuid`,
  )
  return { ...counts, ...kept }
}
