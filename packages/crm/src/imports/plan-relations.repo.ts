// Which company and which contact a row means: one that is there, or one that is to come. Nothing is written here but
// temporary tables; new records have their ids already, so that whatever refers to them can be planned too.
import { type Sql, sql, type TenantDb } from '@throughline/db'

export const nowhere = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/**
 * `company_of_domain` and `company_of_name` for the rows of `found` that are taken. Effects: `known`, `create`, and `learn`
 * for a company that was known by name alone and learns its domain, rather than being there twice.
 */
export async function planCompanies(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table company_of_domain on commit drop as
    with given as (
      select distinct on (company_domain) company_domain as domain, company_name as name
      from found where reason is null and company_domain is not null order by company_domain, line
    ), nameless as (
      select distinct on (lower(name)) id, lower(name) as lname from companies
      where tenant_id = ${t} and deleted_at is null and domain is null order by lower(name), id
    ), looked_up as (
      select g.domain, g.name, c.id as known_id,
        row_number() over (partition by lower(g.name), c.id is null order by g.domain) as nth
      from given g left join companies c on c.tenant_id = ${t} and c.deleted_at is null and c.domain = g.domain
    )
    select l.domain, l.name, coalesce(l.known_id, n.id, uuidv7()) as id,
      case when l.known_id is not null then 'known' when n.id is not null then 'learn' else 'create' end as effect
    from looked_up l left join nameless n on l.known_id is null and l.nth = 1 and n.lname = lower(l.name)`)
  await db.execute(sql`
    create temporary table company_of_name on commit drop as
    with given as (
      select distinct on (lower(company_name)) lower(company_name) as lname, company_name as name
      from found where reason is null and company_domain is null and company_name is not null
      order by lower(company_name), line
    ), known as (
      select distinct on (lower(name)) lower(name) as lname, id from companies
      where tenant_id = ${t} and deleted_at is null order by lower(name), id
    ), coming as (
      select distinct on (lower(name)) lower(name) as lname, id from company_of_domain where effect = 'create'
      order by lower(name), id
    )
    select g.lname, g.name, coalesce(k.id, n.id, uuidv7()) as id,
      case when k.id is null and n.id is null then 'create' else 'known' end as effect
    from given g left join known k on k.lname = g.lname left join coming n on n.lname = g.lname`)
  await db.execute(sql`analyze company_of_domain, company_of_name`)
  await db.execute(sql`
    create temporary table linked on commit drop as
    select f.*, coalesce(d.id, n.id) as company_id from found f
    left join company_of_domain d on d.domain = f.company_domain
    left join company_of_name n on f.company_domain is null and n.lname = lower(f.company_name)
    where f.reason is null`)
  await db.execute(sql`analyze linked`)
}

/**
 * `contact_of_email` and `contact_of_name` for the people of `linked`. Effects: `known`, `create`, and `adopt` for a contact
 * that had no company and gets one.
 */
export async function planContacts(db: TenantDb): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table given_contacts on commit drop as
    select line, contact_name as name, contact_email as email, company_id, null::text as role
    from linked where contact_name is not null
    union all
    select l.line, coalesce(p->>'name', p->>'email'), p->>'email', l.company_id, p->>'role'
    from linked l, jsonb_array_elements(l.people) p where l.people is not null`)
  await db.execute(sql`
    create temporary table contact_of_email on commit drop as
    with given as (
      select distinct on (email) email, name, company_id from given_contacts where email is not null
      order by email, role is not null, line
    ), other as (
      select distinct on (e) e as email, k.id from contacts k, unnest(k.other_emails) e
      where k.tenant_id = ${t} and k.deleted_at is null and k.other_emails <> '{}' order by e, k.id
    )
    select g.email, g.name, g.company_id, coalesce(k.id, o.id, uuidv7()) as id,
      case when k.id is null and o.id is null then 'create'
        when k.company_id is null and k.id is not null and g.company_id is not null then 'adopt' else 'known' end as effect
    from given g left join contacts k on k.tenant_id = ${t} and k.deleted_at is null and k.email = g.email
      left join other o on o.email = g.email`)
  const whose = (company: Sql) => sql`coalesce(${company}, ${nowhere})`
  await db.execute(sql`
    create temporary table contact_of_name on commit drop as
    with given as (
      select distinct on (lower(name), ${whose(sql`company_id`)}) lower(name) as lname, ${whose(sql`company_id`)} as company_key,
        name, company_id
      from given_contacts where email is null order by lower(name), ${whose(sql`company_id`)}, line
    ), known as (
      select distinct on (lower(name), ${whose(sql`company_id`)}) lower(name) as lname, ${whose(sql`company_id`)} as company_key, id
      from contacts where tenant_id = ${t} and deleted_at is null order by lower(name), ${whose(sql`company_id`)}, id
    ), coming as (
      select distinct on (lower(name), ${whose(sql`company_id`)}) lower(name) as lname, ${whose(sql`company_id`)} as company_key, id
      from contact_of_email where effect = 'create' order by lower(name), ${whose(sql`company_id`)}, id
    )
    select g.lname, g.company_key, g.name, g.company_id, coalesce(k.id, n.id, uuidv7()) as id,
      case when k.id is null and n.id is null then 'create' else 'known' end as effect
    from given g left join known k on k.lname = g.lname and k.company_key = g.company_key
      left join coming n on n.lname = g.lname and n.company_key = g.company_key`)
  await db.execute(sql`analyze contact_of_email, contact_of_name`)
  await db.execute(sql`
    create temporary table planned_people on commit drop as
    select distinct on (g.line, coalesce(e.id, n.id)) g.line, coalesce(e.id, n.id) as contact_id, g.role
    from given_contacts g left join contact_of_email e on e.email = g.email
      left join contact_of_name n on g.email is null and n.lname = lower(g.name) and n.company_key = ${whose(sql`g.company_id`)}
    where g.role is not null order by g.line, coalesce(e.id, n.id)`)
  await db.execute(sql`analyze planned_people`)
}
