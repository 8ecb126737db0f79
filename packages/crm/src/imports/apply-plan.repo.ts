// The plan becomes true: a fixed number of statements, however many rows. What is touched is remembered in
// `import_changes`, with the whole row as it was; it is locked where it is read, so that this is what it was.
import type { RecordKind } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { rescoreDeals } from './rescore.repo.ts'

export interface Apply {
  importId: string
  /** For deals that name none. */
  currency: string
  /** Of deals that were lost for no reason that is known; the plan has refused them when there is none. */
  lostReason: string | null
  actorId: string | null
  now: Date
}

const values = (db: TenantDb, { importId, now, actorId }: Apply) => ({
  t: sql`${db.tenantId}::uuid`,
  i: sql`${importId}::uuid`,
  at: sql`${now}::timestamptz`,
  by: sql`${actorId}::uuid`,
})

const rememberCreated = (db: TenantDb, apply: Apply, kind: RecordKind, ids: Sql): Promise<number> => {
  const { t, i } = values(db, apply)
  return db.execute(sql`insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, ${kind}::"RecordKind", id, null, 1 from (${ids}) c`)
}

async function applyCompanies(db: TenantDb, apply: Apply): Promise<void> {
  const { t, i, at } = values(db, apply)
  await db.execute(sql`
    insert into companies (tenant_id, id, name, domain, created_at, updated_at)
    select ${t}, id, name, domain, ${at}, ${at} from company_of_domain where effect = 'create'
    union all select ${t}, id, name, null, ${at}, ${at} from company_of_name where effect = 'create'`)
  await rememberCreated(
    db,
    apply,
    'COMPANY',
    sql`select id from company_of_domain where effect = 'create' union all select id from company_of_name where effect = 'create'`,
  )
  await db.execute(sql`
    insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, 'COMPANY', id, row, version + 1 from (
      select c.id, c.version, jsonb_build_object('row', to_jsonb(c)) as row
      from companies c join company_of_domain p on p.id = c.id and p.effect = 'learn'
      where c.tenant_id = ${t} order by c.id for no key update of c) known`)
  await db.execute(sql`
    update companies c set domain = p.domain, version = c.version + 1, updated_at = ${at}
    from company_of_domain p where p.effect = 'learn' and c.tenant_id = ${t} and c.id = p.id`)
}

async function applyContacts(db: TenantDb, apply: Apply): Promise<void> {
  const { t, i, at } = values(db, apply)
  await db.execute(sql`
    insert into contacts (tenant_id, id, name, email, company_id, created_at, updated_at)
    select ${t}, id, name, email, company_id, ${at}, ${at} from contact_of_email where effect = 'create'
    union all select ${t}, id, name, null, company_id, ${at}, ${at} from contact_of_name where effect = 'create'`)
  await rememberCreated(
    db,
    apply,
    'CONTACT',
    sql`select id from contact_of_email where effect = 'create' union all select id from contact_of_name where effect = 'create'`,
  )
  await db.execute(sql`
    insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, 'CONTACT', id, row, version + 1 from (
      select k.id, k.version, jsonb_build_object('row', to_jsonb(k)) as row
      from contacts k join contact_of_email p on p.id = k.id and p.effect = 'adopt'
      where k.tenant_id = ${t} order by k.id for no key update of k) known`)
  await db.execute(sql`
    update contacts k set company_id = p.company_id, version = k.version + 1, updated_at = ${at}
    from contact_of_email p where p.effect = 'adopt' and k.tenant_id = ${t} and k.id = p.id`)
}

const closed = (stage: Sql): Sql => sql`${stage} in ('CLOSED_WON', 'CLOSED_LOST')`

/** Changes deals that are there and say something else now; an empty cell never wipes out what is known. */
async function updateDeals(db: TenantDb, apply: Apply): Promise<void> {
  const { t, i, at, by } = values(db, apply)
  await db.execute(sql`
    insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, 'DEAL', id, before, version + 1 from (
      select d.id, d.version, jsonb_build_object('row', to_jsonb(d))
        || case when p.stage <> d.stage then jsonb_build_object('stageChangeId', uuidv7()) else '{}' end
        || case when p.people is null then '{}' else jsonb_build_object('people', (
          select coalesce(jsonb_agg(jsonb_build_object('contactId', c.contact_id, 'role', c.role)), '[]')
          from deal_contacts c where c.tenant_id = ${t} and c.deal_id = d.id)) end as before
      from deals d join planned p on p.id = d.id and p.effect = 'update'
      where d.tenant_id = ${t} order by d.id for no key update of d) known`)
  await db.execute(sql`
    insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, reason, actor_id, created_at)
    select ${t}, (c.before->>'stageChangeId')::uuid, c.record_id, (c.before->'row'->>'stage')::"DealStage", p.stage,
      case when p.stage = 'CLOSED_LOST' then coalesce(p.lost_reason, ${apply.lostReason}) end, ${by}, ${at}
    from import_changes c join planned p on p.id = c.record_id
    where c.tenant_id = ${t} and c.import_id = ${i} and c.kind = 'DEAL' and c.before ? 'stageChangeId'`)
  await db.execute(sql`
    update deals d set title = p.title, value = coalesce(p.value, d.value), currency = coalesce(p.currency, d.currency),
      stage = coalesce(p.stage, d.stage), priority = coalesce(p.priority, d.priority),
      probability = coalesce(p.probability, d.probability), lead_source = coalesce(p.lead_source, d.lead_source),
      owner_id = coalesce(p.owner_id, d.owner_id), company_id = coalesce(p.company_id, d.company_id),
      contact_id = coalesce(p.contact_id, d.contact_id),
      expected_close_date = coalesce(p.expected_close_date, d.expected_close_date), notes = coalesce(p.notes, d.notes),
      tags = coalesce(p.tags, d.tags), custom = d.custom || coalesce(p.custom, '{}'),
      closed_at = case when p.stage is null then d.closed_at when ${closed(sql`p.stage`)} then coalesce(d.closed_at, ${at}) end,
      lost_reason = case when coalesce(p.stage, d.stage) = 'CLOSED_LOST' then coalesce(p.lost_reason, d.lost_reason, ${apply.lostReason}) end,
      version = d.version + 1, updated_at = ${at}
    from planned p where p.effect = 'update' and d.tenant_id = ${t} and d.id = p.id`)
}

/** A deal that is closed when it comes was closed on its close date, unless that is still to come. */
async function createDeals(db: TenantDb, apply: Apply): Promise<void> {
  const { t, at, by } = values(db, apply)
  await db.execute(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, priority, probability, lead_source, owner_id, company_id,
      contact_id, expected_close_date, closed_at, lost_reason, notes, tags, custom, import_key, created_at, updated_at)
    select ${t}, id, title, coalesce(value, 0), coalesce(currency, ${apply.currency}), coalesce(stage, 'LEAD'),
      coalesce(priority, 'MEDIUM'), probability, lead_source, owner_id, company_id, contact_id, expected_close_date,
      case when ${closed(sql`stage`)} then least(expected_close_date::timestamptz, ${at}) end,
      case when stage = 'CLOSED_LOST' then coalesce(lost_reason, ${apply.lostReason}) end,
      notes, coalesce(tags, '{}'), coalesce(custom, '{}'), import_key, ${at}, ${at}
    from planned where effect = 'create'`)
  await db.execute(sql`
    insert into stage_changes (tenant_id, id, deal_id, to_stage, reason, actor_id, created_at)
    select ${t}, uuidv7(), id, coalesce(stage, 'LEAD'),
      case when stage = 'CLOSED_LOST' then coalesce(lost_reason, ${apply.lostReason}) end, ${by}, ${at}
    from planned where effect = 'create'`)
  await rememberCreated(db, apply, 'DEAL', sql`select id from planned where effect = 'create'`)
}

async function applyDeals(db: TenantDb, apply: Apply): Promise<void> {
  await applyCompanies(db, apply)
  await applyContacts(db, apply)
  await updateDeals(db, apply)
  await createDeals(db, apply)
  await db.execute(sql`
    insert into deal_contacts as c (tenant_id, deal_id, contact_id, role)
    select ${db.tenantId}::uuid, p.id, g.contact_id, g.role from planned_people g join planned p on p.line = g.line
    where p.effect <> 'leave'
    on conflict (tenant_id, deal_id, contact_id) do update set role = excluded.role where c.role <> excluded.role`)
}

async function applyCompanyRows(db: TenantDb, apply: Apply): Promise<void> {
  const { t, i, at } = values(db, apply)
  await db.execute(sql`
    insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, 'COMPANY', id, row, version + 1 from (
      select c.id, c.version, jsonb_build_object('row', to_jsonb(c)) as row
      from companies c join planned p on p.id = c.id and p.effect = 'update'
      where c.tenant_id = ${t} order by c.id for no key update of c) known`)
  await db.execute(sql`
    update companies c set name = coalesce(p.name, c.name), domain = coalesce(p.domain, c.domain),
      industry = coalesce(p.industry, c.industry), size = coalesce(p.size, c.size), country = coalesce(p.country, c.country),
      owner_id = coalesce(p.owner_id, c.owner_id), tags = coalesce(p.tags, c.tags),
      import_key = case when p.record_id is null then coalesce(c.import_key, p.import_key) else c.import_key end,
      version = c.version + 1, updated_at = ${at}
    from planned p where p.effect = 'update' and c.tenant_id = ${t} and c.id = p.id`)
  await db.execute(sql`
    insert into companies (tenant_id, id, name, domain, industry, size, country, owner_id, tags, import_key, created_at, updated_at)
    select ${t}, id, coalesce(name, domain), domain, industry, size, country, owner_id, coalesce(tags, '{}'), import_key, ${at}, ${at}
    from planned where effect = 'create'`)
  await rememberCreated(db, apply, 'COMPANY', sql`select id from planned where effect = 'create'`)
}

async function applyContactRows(db: TenantDb, apply: Apply): Promise<void> {
  const { t, i, at } = values(db, apply)
  await applyCompanies(db, apply)
  await db.execute(sql`
    insert into import_changes (tenant_id, import_id, kind, record_id, before, version)
    select ${t}, ${i}, 'CONTACT', id, row, version + 1 from (
      select k.id, k.version, jsonb_build_object('row', to_jsonb(k)) as row
      from contacts k join planned p on p.id = k.id and p.effect = 'update'
      where k.tenant_id = ${t} order by k.id for no key update of k) known`)
  await db.execute(sql`
    update contacts k set name = coalesce(p.name, k.name),
      email = case when p.email = any (k.other_emails) then k.email else coalesce(p.email, k.email) end,
      other_emails = coalesce(p.other_emails, k.other_emails), phones = coalesce(p.phones, k.phones),
      title = coalesce(p.title, k.title), source = coalesce(p.source, k.source), consent = coalesce(p.consent, k.consent),
      consent_at = case when p.consent <> k.consent then ${at} else k.consent_at end,
      company_id = coalesce(p.company_id, k.company_id), owner_id = coalesce(p.owner_id, k.owner_id),
      tags = coalesce(p.tags, k.tags),
      import_key = case when p.record_id is null then coalesce(k.import_key, p.import_key) else k.import_key end,
      version = k.version + 1, updated_at = ${at}
    from planned p where p.effect = 'update' and k.tenant_id = ${t} and k.id = p.id`)
  await db.execute(sql`
    insert into contacts (tenant_id, id, name, email, other_emails, phones, title, source, consent, consent_at, company_id, owner_id,
      tags, import_key, created_at, updated_at)
    select ${t}, id, coalesce(name, email), email, coalesce(other_emails, '{}'), coalesce(phones, '{}'), title, source,
      coalesce(consent, 'UNKNOWN'), case when consent <> 'UNKNOWN' then ${at} end, company_id, owner_id, coalesce(tags, '{}'),
      import_key, ${at}, ${at}
    from planned where effect = 'create'`)
  await rememberCreated(db, apply, 'CONTACT', sql`select id from planned where effect = 'create'`)
}

/** Applies what `planRows` has planned, in the same transaction. */
export async function applyPlan(db: TenantDb, kind: RecordKind, apply: Apply): Promise<void> {
  db.requireTransaction('an import')
  await { DEAL: applyDeals, COMPANY: applyCompanyRows, CONTACT: applyContactRows }[kind](db, apply)
  await rescoreDeals(db, apply.importId)
}
