// The snapshot says what the migrations should have made; this looks at what they did make.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, type TestWorld } from '../../../testing/src/index.ts'
import { loadTestServices } from '../../../testing/src/services.ts'
import { diffSchemas } from './diff.ts'

const name = `tl_test_${randomBytes(6).toString('hex')}`
let world: TestWorld
let admin: pg.Client

async function read(url: string, text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows.map((row) => JSON.stringify(row))
  } finally {
    await client.end()
  }
}

const fromSchema = () => {
  const url = new URL(loadTestServices().adminUrl)
  url.pathname = `/${name}`
  return url.href
}

beforeAll(async () => {
  world = await createTestWorld()
  admin = new pg.Client({ connectionString: loadTestServices().adminUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await read(fromSchema(), 'select 1')
  const client = new pg.Client({ connectionString: fromSchema() })
  await client.connect()
  await client.query(await diffSchemas(''))
  await client.end()
})
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  await world.close()
})

// A partition repeats its parent, as what is referred to too, and is made by a migration and not by the schema.
const noPartition = (oid: string) => `not coalesce((select relispartition from pg_class where oid = ${oid}), false)`
const columns = `select table_name, column_name, udt_name, is_nullable, column_default, numeric_precision, numeric_scale,
  datetime_precision, character_maximum_length from information_schema.columns
  where table_schema = 'public' and table_name <> '_prisma_migrations'
    and ${noPartition("to_regclass('public.' || table_name)")} order by 1, 2`
/** One for all parts: where tables are parted alike, each part refers to the part of the same number. */
const keysFromPartToPart = `
  select pg_partition_root(k.conrelid)::regclass::text,
    replace(pg_get_constraintdef(k.oid), k.confrelid::regclass::text, pg_partition_root(k.confrelid)::regclass::text)
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0 and c.relispartition and r.relispartition
  group by 1, 2 having count(*) = (select count(*) from pg_inherits where inhparent = min(pg_partition_root(k.conrelid)::oid))
    and bool_and(right(c.relname, 2) = right(r.relname, 2))`
const foreignKeys = `select conrelid::regclass::text as t, pg_get_constraintdef(oid) as definition from pg_constraint
  where contype in ('f', 'p') and connamespace = 'public'::regnamespace and conrelid::regclass::text <> '_prisma_migrations'
    and ${noPartition('conrelid')} and conparentid = 0
  union all ${keysFromPartToPart} order by 1, 2`
// How an index is stored is no part of the schema language.
const indexes = `select indexname, regexp_replace(replace(indexdef, ' ON ONLY ', ' ON '), ' WITH \\([^)]*\\)', '') as indexdef from pg_indexes where schemaname = 'public' order by 1`

it('made every column and key that the schema describes, and no other', async () => {
  for (const question of [columns, foreignKeys])
    expect(await read(world.ownerUrl, question)).toEqual(await read(fromSchema(), question))
})

it('made every index that the schema describes', async () => {
  const made = await read(world.ownerUrl, indexes)
  for (const index of await read(fromSchema(), indexes)) expect(made).toContain(index)
})
