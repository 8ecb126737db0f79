// What would become of each row: `create`, `update`, `leave`, or a reason to refuse it. A dry run ends here.
import type { RecordKind } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'
import { nowhere, planCompanies, planContacts } from './plan-relations.repo.ts'

export interface PlanRules {
  /** What to say of a deal that was lost for no known reason; null when there is a reason for all of them. */
  lossUnexplained: string | null
}

/** `found`: the staged rows with the record that each is about, if it is there, and what speaks against it. */
async function findDeals(db: TenantDb, { lossUnexplained }: PlanRules): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table found on commit drop as
    select s.*, k.id as known_id,
      case
        when k.stage in ('CLOSED_WON', 'CLOSED_LOST') and s.stage in ('CLOSED_WON', 'CLOSED_LOST') and s.stage <> k.stage
          then 'The deal is closed: it must be re-opened before it can be closed another way.'
        when k.stage in ('CLOSED_WON', 'CLOSED_LOST') and s.stage <> k.stage
          then 'The deal cannot be re-opened: ' || h.label || ' stands on it.'
        when s.stage = 'CLOSED_LOST' and s.lost_reason is null and k.lost_reason is null then ${lossUnexplained}::text
        when s.value < f.amount or (f.amount is not null and s.currency <> k.currency)
          then 'The deal cannot be worth less than ' || f.amount || ', or in another currency: there is ' || f.label || '.'
        when k.stage in ('CLOSED_WON', 'CLOSED_LOST')
            and (s.value <> k.value or s.currency <> k.currency or s.probability <> coalesce(k.probability, -1))
          then 'What the deal came to cannot be changed: ' || h.label || ' stands on it.'
      end as reason
    from staged s
      left join deals o on o.tenant_id = ${t} and o.deleted_at is null and o.id = s.record_id
      left join deals d on d.tenant_id = ${t} and d.deleted_at is null and d.import_key = s.import_key
      left join deals k on k.tenant_id = ${t} and k.id = coalesce(o.id, d.id)
      left join (select deal_id, min(label) as label from deal_holds where tenant_id = ${t} and at_least is null group by deal_id) h
        on h.deal_id = k.id
      left join (select deal_id, sum(at_least) as amount, min(label) as label from deal_holds
        where tenant_id = ${t} and at_least is not null group by deal_id) f on f.deal_id = k.id`)
}

async function findCompanies(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table found on commit drop as
    with names as (
      select distinct on (lower(name)) lower(name) as lname, id, domain from companies
      where tenant_id = ${t} and deleted_at is null order by lower(name), domain is not null, id
    )
    select s.*, coalesce(o.id, i.id, d.id, n.id) as known_id,
      case when d.id <> coalesce(o.id, i.id) then 'The domain ' || s.domain || ' is another company’s.' end as reason
    from staged s
      left join companies o on o.tenant_id = ${t} and o.deleted_at is null and o.id = s.record_id
      left join companies i on i.tenant_id = ${t} and i.deleted_at is null and i.import_key = s.import_key
      left join companies d on d.tenant_id = ${t} and d.deleted_at is null and d.domain = s.domain
      left join names n on s.import_key is null and n.lname = lower(s.name) and (s.domain is null or n.domain is null)`)
}

async function findContacts(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table found on commit drop as
    with other as (
      select distinct on (e) e as email, k.id from contacts k, unnest(k.other_emails) e
      where k.tenant_id = ${t} and k.deleted_at is null and k.other_emails <> '{}' order by e, k.id
    )
    select s.*, coalesce(o.id, i.id, e.id, a.id) as known_id,
      case when e.id <> coalesce(o.id, i.id) then 'The e-mail ' || s.email || ' is another contact’s.' end as reason
    from staged s
      left join contacts o on o.tenant_id = ${t} and o.deleted_at is null and o.id = s.record_id
      left join contacts i on i.tenant_id = ${t} and i.deleted_at is null and i.import_key = s.import_key
      left join contacts e on e.tenant_id = ${t} and e.deleted_at is null and e.email = s.email
      left join other a on a.email = s.email`)
}

/** Two rows that are the same record would overwrite each other: the second is refused and told of the first. */
async function refuseRepeated(db: TenantDb, kind: RecordKind): Promise<void> {
  await db.execute(sql`analyze found`)
  const words = { DEAL: 'deal', COMPANY: 'company', CONTACT: 'contact' }[kind]
  await db.execute(sql`
    update found f set reason = case when f.import_key like 'id:%' then 'Line ' || r.line || ' has the same id.'
      else 'Line ' || r.line || ${` is the same ${words}. Give the rows an id to keep both.`} end
    from (select coalesce(known_id::text, import_key) as identity, min(line) as line from found
      where reason is null and coalesce(known_id::text, import_key) is not null group by 1 having count(*) > 1) r
    where coalesce(f.known_id::text, f.import_key) = r.identity and f.line > r.line and f.reason is null`)
  if (kind === 'COMPANY')
    await db.execute(sql`
      update found f set reason = 'Line ' || r.line || ' has the same ' || r.what || '.' from (
        select min(line) as line, 'domain' as what, domain as identity from found where reason is null and domain is not null
        group by domain having count(*) > 1
        union all
        select min(line), 'name', lower(name) from found
        where reason is null and domain is null and import_key is null and known_id is null group by lower(name) having count(*) > 1) r
      where f.reason is null and f.line > r.line and case r.what when 'domain' then f.domain = r.identity
        else f.domain is null and f.import_key is null and f.known_id is null and lower(f.name) = r.identity end`)
  if (kind === 'CONTACT')
    await db.execute(sql`
      update found f set reason = 'Line ' || r.line || ' has the same e-mail.'
      from (select min(line) as line, email from found where reason is null and email is not null
        group by email having count(*) > 1) r
      where f.reason is null and f.line > r.line and f.email = r.email`)
}

async function planDeals(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table planned on commit drop as
    select l.*, coalesce(e.id, n.id) as contact_id, coalesce(l.known_id, uuidv7()) as id,
      case when d.id is null then 'create' when (
        row(d.title, d.value, d.currency, d.stage, d.priority, d.probability, d.lead_source, d.owner_id, d.company_id,
          d.contact_id, d.expected_close_date, d.notes, d.tags, d.custom)
        is not distinct from
        row(l.title, coalesce(l.value, d.value), coalesce(l.currency, d.currency), coalesce(l.stage, d.stage),
          coalesce(l.priority, d.priority), coalesce(l.probability, d.probability), coalesce(l.lead_source, d.lead_source),
          coalesce(l.owner_id, d.owner_id), coalesce(l.company_id, d.company_id), coalesce(e.id, n.id, d.contact_id),
          coalesce(l.expected_close_date, d.expected_close_date), coalesce(l.notes, d.notes), coalesce(l.tags, d.tags),
          d.custom || coalesce(l.custom, '{}')))
        and (l.lost_reason is null or coalesce(l.stage, d.stage) <> 'CLOSED_LOST' or l.lost_reason is not distinct from d.lost_reason)
        and (l.people is null or not exists (
          select 1 from planned_people p left join deal_contacts c
            on c.tenant_id = ${t} and c.deal_id = d.id and c.contact_id = p.contact_id
          where p.line = l.line and c.role is distinct from p.role))
        then 'leave' else 'update' end as effect
    from linked l
      left join contact_of_email e on e.email = l.contact_email
      left join contact_of_name n on l.contact_email is null and n.lname = lower(l.contact_name)
        and n.company_key = coalesce(l.company_id, ${nowhere})
      left join deals d on d.tenant_id = ${t} and d.id = l.known_id`)
}

async function planCompanyRows(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table planned on commit drop as
    select f.*, coalesce(f.known_id, uuidv7()) as id,
      case when c.id is null then 'create' when
        row(c.name, c.domain, c.industry, c.size, c.country, c.owner_id, c.tags, c.import_key) is not distinct from
        row(coalesce(f.name, c.name), coalesce(f.domain, c.domain), coalesce(f.industry, c.industry), coalesce(f.size, c.size),
          coalesce(f.country, c.country), coalesce(f.owner_id, c.owner_id), coalesce(f.tags, c.tags),
          case when f.record_id is null then coalesce(c.import_key, f.import_key) else c.import_key end)
        then 'leave' else 'update' end as effect
    from found f left join companies c on c.tenant_id = ${t} and c.id = f.known_id
    where f.reason is null`)
}

/** Without an id and an e-mail, a name within its company tells who it is; that needs the companies first. */
async function planContactRows(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    update linked l set known_id = k.id from (
      select distinct on (lower(name), coalesce(company_id, ${nowhere})) lower(name) as lname,
        coalesce(company_id, ${nowhere}) as company_key, id
      from contacts where tenant_id = ${t} and deleted_at is null
      order by lower(name), coalesce(company_id, ${nowhere}), id) k
    where l.known_id is null and l.import_key is null and l.email is null
      and k.lname = lower(l.name) and k.company_key = coalesce(l.company_id, ${nowhere})`)
  await db.execute(sql`
    with repeated as (
      select coalesce(known_id::text, lower(name) || coalesce(company_id, ${nowhere})) as identity, min(line) as line from linked
      where import_key is null and email is null group by 1 having count(*) > 1
    ), refused as (
      delete from linked l using repeated r
      where l.import_key is null and l.email is null and l.line > r.line
        and coalesce(l.known_id::text, lower(l.name) || coalesce(l.company_id, ${nowhere})) = r.identity
      returning l.line, r.line as first
    )
    update found f set reason = 'Line ' || r.first || ' is the same contact. Give the rows an e-mail or an id to keep both.'
    from refused r where f.line = r.line`)
  await db.execute(sql`
    create temporary table planned on commit drop as
    select l.*, coalesce(l.known_id, uuidv7()) as id,
      case when k.id is null then 'create' when
        row(k.name, k.email, k.other_emails, k.phones, k.title, k.source, k.consent, k.company_id, k.owner_id, k.tags, k.import_key)
        is not distinct from
        row(coalesce(l.name, k.name), case when l.email = any (k.other_emails) then k.email else coalesce(l.email, k.email) end,
          coalesce(l.other_emails, k.other_emails), coalesce(l.phones, k.phones), coalesce(l.title, k.title),
          coalesce(l.source, k.source), coalesce(l.consent, k.consent), coalesce(l.company_id, k.company_id),
          coalesce(l.owner_id, k.owner_id), coalesce(l.tags, k.tags),
          case when l.record_id is null then coalesce(k.import_key, l.import_key) else k.import_key end)
        then 'leave' else 'update' end as effect
    from linked l left join contacts k on k.tenant_id = ${t} and k.id = l.known_id`)
}

/** Plans what `stageRows` has staged, in the same transaction. */
export async function planRows(db: TenantDb, kind: RecordKind, rules: PlanRules): Promise<void> {
  db.requireTransaction('a plan')
  await { DEAL: findDeals, COMPANY: findCompanies, CONTACT: findContacts }[kind](db, rules)
  await refuseRepeated(db, kind)
  if (kind !== 'COMPANY') await planCompanies(db)
  if (kind === 'DEAL') await planContacts(db)
  await { DEAL: planDeals, COMPANY: planCompanyRows, CONTACT: planContactRows }[kind](db)
  // Without a key, and with a firm whose records nobody has counted yet, each record would be compared with each row.
  await db.execute(sql`create index on planned (id)`)
  await db.execute(sql`analyze planned`)
}
