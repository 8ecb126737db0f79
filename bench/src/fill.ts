// Firms with many deals, made by SQL so that a million takes a minute.

import { hashPassword } from '@throughline/accounts'
import { migrate, provision, randomPasswords } from '@throughline/db/admin'
import pg from 'pg'
import { adminUrl } from './services.ts'

export const password = 'a password for the benchmark'
const name = 'throughline_bench'

/** Firms `firm-1` to `firm-n`, with as many deals each as the list says. */
const fillStatements = (sizes: readonly number[]): string[] => [
  `insert into tenants (id, name, slug, currency) select uuidv7(), 'Firm ' || g, 'firm-' || g, 'USD' from generate_series(1, ${sizes.length}) g`,
  `insert into members (tenant_id, id, email, name, role)
   select t.id, u.id, u.email, u.name, 'MANAGER' from tenants t join users u on u.email like '%@' || t.slug || '.test'`,
  `insert into companies (tenant_id, id, name, domain) select t.id, uuidv7(), 'Company ' || g, 'c' || g || '.' || t.slug || '.test'
   from tenants t, generate_series(1, 500) g`,
  `insert into contacts (tenant_id, id, name, email, company_id)
   select c.tenant_id, uuidv7(), 'Contact of ' || c.name, 'x@' || c.domain, c.id from companies c`,
  `with c as (select tenant_id, company_id, id, row_number() over (partition by tenant_id order by id) rn from contacts),
     m as (select tenant_id, id, row_number() over (partition by tenant_id order by id) rn from members),
     sizes as (select 'firm-' || n as slug, deals from unnest('{${sizes.join(',')}}'::int[]) with ordinality as s(deals, n)),
     g as (select t.id as tenant_id, g from tenants t join sizes s on s.slug = t.slug cross join lateral generate_series(1, s.deals) g)
   insert into deals (tenant_id, id, title, value, currency, stage, priority, notes, company_id, contact_id, owner_id,
     created_at, closed_at, lost_reason, expected_close_date, lead_source)
   select g.tenant_id, uuidv7(), 'Deal number ' || g.g, (g.g * 37 % 100000)::numeric, 'USD', s.stage::"DealStage",
     (array['LOW','MEDIUM','HIGH','URGENT'])[1 + g.g % 4]::"DealPriority",
     'Some notes about the deal that are a little longer ' || g.g, c.company_id, c.id, m.id,
     now() - (g.g || ' minutes')::interval, case when s.stage like 'CLOSED%' then now() end, case when s.stage = 'CLOSED_LOST' then 'price' end,
     current_date + g.g % 365, (array['Referral','Website','Conference','Outbound',null])[1 + g.g % 5]
   from g join c on c.tenant_id = g.tenant_id and c.rn = 1 + g.g % 500 join m on m.tenant_id = g.tenant_id and m.rn = 1 + g.g % 20
     cross join lateral (select (array['LEAD','QUALIFIED','NEGOTIATION','CLOSED_WON','CLOSED_LOST'])[1 + g.g % 5] as stage) s`,
  'vacuum analyze',
]

/** Ten firms of the same size. */
export const tenFirms = (deals: number): number[] => Array.from({ length: 10 }, () => deals)

/**
 * A database of its own. @param sizes the deals of each firm, 20 members in each
 * @returns the URLs of its roles, and where to begin
 */
export async function fillDatabase(sizes: readonly number[]) {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  const urls = await provision(adminUrl, randomPasswords(), name)
  await admin.end()
  await migrate(urls.owner)

  const inside = new URL(adminUrl)
  inside.pathname = `/${name}`
  const client = new pg.Client({ connectionString: inside.href })
  await client.connect()
  const hash = await hashPassword(password)
  await client.query(
    `insert into users (id, email, name, password_hash, email_verified_at)
     select uuidv7(), 'm' || g || '@firm-' || t || '.test', 'Member ' || g, $1, now() from generate_series(1, ${sizes.length}) t, generate_series(1, 20) g`,
    [hash],
  )
  for (const statement of fillStatements(sizes)) await client.query(statement)
  const { rows: tenants } = await client.query<{ id: string; slug: string }>(
    'select id, slug from tenants order by slug',
  )
  const { rows: ids } = await client.query<{ id: string }>(
    `select d.id from deals d join tenants t on t.id = d.tenant_id where t.slug = 'firm-1' limit 500`,
  )
  await client.end()
  const tenantId = tenants.find(({ slug }) => slug === 'firm-1')?.id
  if (!tenantId) throw new Error('the first firm is missing')
  return {
    urls,
    adminUrl: inside.href,
    tenantId,
    /** Of `firm-1` to `firm-n`, by that name. */
    tenantIds: Object.fromEntries(tenants.map(({ slug, id }) => [slug, id])),
    firms: sizes.length,
    dealIds: ids.map(({ id }) => id),
    email: 'm1@firm-1.test',
  }
}
export type Filled = Awaited<ReturnType<typeof fillDatabase>>
