// Walks the database's own catalog: a table that somebody adds next year is checked without being named here.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, type TestWorld } from '../../testing/src/index.ts'
import { sql } from './index.ts'

let world: TestWorld

beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

const tenantTables = sql`
  select c.oid, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')
    and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
    and not c.relispartition and c.relname not in ('sessions', 'link_tokens')`

const platform = () => world.database.platform
const namesOf = async (statement: ReturnType<typeof sql>) =>
  (await platform().query<{ name: string }>(statement)).map((row) => row.name)

it('finds the tenant tables at all', async () => {
  expect((await platform().query(tenantTables)).length).toBeGreaterThan(15)
})

it('has row-level security enabled and forced on every tenant table', async () => {
  const open = await namesOf(sql`select t.name from (${tenantTables}) t join pg_class c on c.oid = t.oid
    where not (c.relrowsecurity and c.relforcerowsecurity)`)
  expect(open).toEqual([])
})

it('has one restrictive tenant policy for everything, with USING and WITH CHECK, on every tenant table', async () => {
  const rule = `(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"))`
  const bare = await namesOf(sql`select t.name from (${tenantTables}) t where not exists (
    select 1 from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
      and pg_get_expr(p.polqual, p.polrelid) = ${rule} and pg_get_expr(p.polwithcheck, p.polrelid) = ${rule})`)
  expect(bare).toEqual([])
})

it('has tenant_id first in the primary key and every unique index of a tenant table', async () => {
  const wrong = await namesOf(sql`select i.indexrelid::regclass::text as name from (${tenantTables}) t
    join pg_index i on i.indrelid = t.oid and i.indisunique
    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where a.attname <> 'tenant_id'`)
  expect(wrong).toEqual([])
})

it('has tenant_id first on both sides of every foreign key between tenant tables', async () => {
  const wrong = await namesOf(sql`select k.conname as name from pg_constraint k
    join (${tenantTables}) a on a.oid = k.conrelid join (${tenantTables}) b on b.oid = k.confrelid
    join pg_attribute x on x.attrelid = k.conrelid and x.attnum = k.conkey[1]
    join pg_attribute y on y.attrelid = k.confrelid and y.attnum = k.confkey[1]
    where k.contype = 'f' and (x.attname <> 'tenant_id' or y.attname <> 'tenant_id')`)
  expect(wrong).toEqual([])
})

it('opens a partition to nobody: its rows are reached through the parent and its policies', async () => {
  const open =
    await namesOf(sql`select c.relname as name from pg_class c where c.relispartition and c.relkind = 'r' and (
    not (c.relrowsecurity and c.relforcerowsecurity)
    or has_any_column_privilege('app_tenant', c.oid, 'select, insert, update')
    or has_any_column_privilege('app_platform', c.oid, 'select, insert, update'))`)
  expect(open).toEqual([])
  const partitions = await namesOf(sql`select relname as name from pg_class where relispartition and relkind = 'r'`)
  expect(partitions.length).toBeGreaterThan(3)
})

it('lets no runtime role change or remove what is in the audit log', async () => {
  for (const table of ['audit_entries', 'audit_seals'])
    for (const role of ['app_tenant', 'app_platform'])
      expect(
        await platform().queryOne(sql`select has_table_privilege(${role}, ${table}, 'delete') as remove,
          has_table_privilege(${role}, ${table}, 'truncate') as empty,
          has_any_column_privilege(${role}, ${table}, 'update') as change`),
      ).toEqual({ remove: false, empty: false, change: false })
})

it('runs as its owner only what fixes its search path and is not open to everybody', async () => {
  const careless = await namesOf(sql`select p.proname as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and (p.proconfig is null or not exists (select 1 from unnest(p.proconfig) c where c = 'search_path=pg_catalog, pg_temp')
        or has_function_privilege('public', p.oid, 'execute'))`)
  expect(careless).toEqual([])
})

it('gives the runtime roles nothing to own and tenant work no way around the policies', async () => {
  const roles = await platform().query<{ rolname: string; rolbypassrls: boolean; rolsuper: boolean; owns: number }>(
    sql`select r.rolname, r.rolbypassrls, r.rolsuper, (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
        from pg_roles r where r.rolname in ('app_tenant', 'app_platform') order by 1`,
  )
  expect(roles).toEqual([
    { rolname: 'app_platform', rolbypassrls: true, rolsuper: false, owns: 0 },
    { rolname: 'app_tenant', rolbypassrls: false, rolsuper: false, owns: 0 },
  ])
})

it('lets tenant work reach no table without a tenant', async () => {
  const reachable =
    await namesOf(sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> 'tenants'
      and c.oid not in (select oid from (${tenantTables}) t)
      and has_any_column_privilege('app_tenant', c.oid, 'select, insert, update')`)
  expect(reachable).toEqual([])
})

it('may look a stage, an amount and a tag up by an index, under row-level security', async () => {
  const guarded = await namesOf(sql`select proname as name from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and not proleakproof
      and proname in ('enum_eq', 'numeric_eq', 'numeric_lt', 'numeric_le', 'numeric_gt', 'numeric_ge', 'arraycontains')`)
  expect(guarded).toEqual([])
})
