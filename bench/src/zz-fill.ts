import { migrate, provision, randomPasswords } from '@throughline/db/admin'
import pg from 'pg'
const adminUrl = process.env.TEST_DATABASE_ADMIN_URL
const name = 'insight_bench'
const admin = new pg.Client({ connectionString: adminUrl }); await admin.connect()
await admin.query(`drop database if exists ${name} with (force)`)
const pw = randomPasswords()
// roles are shared: keep the passwords of the test template
const { createHash } = await import('node:crypto')
const password = (role) => createHash('sha256').update(`${adminUrl}#${role}`).digest('base64url').slice(0, 24)
const urls = await provision(adminUrl, { owner: password('owner'), platform: password('platform'), tenant: password('tenant') }, name)
await migrate(urls.owner)
const inside = new URL(adminUrl); inside.pathname = '/' + name
const c = new pg.Client({ connectionString: inside.href }); await c.connect()
const t0 = Date.now()
await c.query("set max_parallel_maintenance_workers=0")
await c.query(`insert into tenants (id, name, slug, currency, timezone) select uuidv7(), 'Firm ' || g, 'firm-' || g, 'USD', 'America/New_York' from generate_series(1, 2) g`)
await c.query(`insert into users (id, email, name, password_hash, email_verified_at) select uuidv7(), 'm' || g || '@firm-' || t || '.test', 'Member ' || g, 'none', now() from generate_series(1, 2) t, generate_series(1, 20) g`)
await c.query(`insert into members (tenant_id, id, email, name, role) select t.id, u.id, u.email, u.name, 'MANAGER' from tenants t join users u on u.email like '%@' || t.slug || '.test'`)
const N = Number(process.argv[2] ?? 1000000)
for (let from = 1; from <= N; from += 100000) {
  await c.query(`
  with m as (select tenant_id, id, row_number() over (partition by tenant_id order by id) rn from members where tenant_id = (select id from tenants where slug='firm-1'))
  insert into deals (tenant_id, id, title, value, currency, stage, priority, lead_source, notes, owner_id, probability, expected_close_date, created_at, updated_at, closed_at, lost_reason, qualified_at, negotiated_at)
  select m.tenant_id, uuidv7(), 'Deal number ' || g, (g * 37 % 100000)::numeric, (array['USD','USD','EUR'])[1 + g % 3], s.stage::"DealStage",
    (array['LOW','MEDIUM','HIGH','URGENT'])[1 + g % 4]::"DealPriority", (array['Referral','Website','Conference','Outbound','Partner','Webinar','Event',null])[1 + g * 13 % 8],
    'Some notes about the deal that are a little longer ' || g, m.id, case when g % 7 = 0 then g % 101 end,
    case when g % 10 > 0 then (now() + ((g * 17 % 500) - 130) * interval '1 day')::date end,
    created, created, case when s.stage like 'CLOSED%' then least(now(), created + (g % 120) * interval '1 day') end, case when s.stage = 'CLOSED_LOST' then (array['Price','Time','Competitor','No budget','No decision'])[1 + g * 11 % 5] end,
    case when g % 11 < 7 then created + (g % 20) * interval '1 day' end, case when g % 11 < 4 then created + (g % 50) * interval '1 day' end
  from generate_series(${from}, ${Math.min(N, from + 99999)}) g cross join lateral (select now() - (g::bigint * 7919 % 1000000 || ' minutes')::interval as created) z
    join m on m.rn = 1 + g % 20
    cross join lateral (select (array['LEAD','QUALIFIED','NEGOTIATION','CLOSED_WON','CLOSED_LOST'])[1 + (g / 3) % 5] as stage) s`)
  console.log(from, Date.now() - t0)
}
await c.query(`insert into stage_changes (tenant_id, id, deal_id, to_stage, created_at) select tenant_id, uuidv7(), id, 'LEAD', created_at from deals`)
await c.query(`insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, created_at) select tenant_id, uuidv7(), id, 'LEAD', 'QUALIFIED', qualified_at from deals where qualified_at is not null`)
await c.query(`insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, created_at) select tenant_id, uuidv7(), id, 'QUALIFIED', 'NEGOTIATION', negotiated_at from deals where negotiated_at is not null`)
console.log('history', Date.now() - t0)
await c.query('vacuum analyze')
console.log((await c.query(`select (select count(*) from deal_total_changes) changes, (select count(*) from deals) deals, pg_size_pretty(pg_database_size(current_database())) size`)).rows, Date.now() - t0)
await c.end(); await admin.end()
console.log(JSON.stringify(urls))
