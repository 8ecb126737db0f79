import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadTestServices } from '../../../testing/src/services.ts'
import { type Migration, noTransactionMark } from './files.ts'
import { migrate, migrationStatus } from './migrator.ts'

const { adminUrl } = loadTestServices()
const name = `tl_test_${randomBytes(6).toString('hex')}`
const url = new URL(adminUrl)
url.pathname = `/${name}`
const admin = new pg.Client({ connectionString: adminUrl })
const client = new pg.Client({ connectionString: url.href })

const file = (label: string, sql: string): Migration => ({
  name: label,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
  inTransaction: !sql.startsWith(noTransactionMark),
})
const first = file(
  '20260101000000_first',
  'create table a (id int); create function f() returns int language plpgsql as $$ begin return 1; end $$;',
)

beforeAll(async () => {
  await admin.connect()
  await admin.query(`create database ${name}`)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
})

describe('migrate', () => {
  it('applies a file once when two runners start together, function bodies included', async () => {
    const applied = await Promise.all([1, 2].map(() => migrate(url.href, { migrations: [first] })))
    expect(applied.flat()).toEqual([first.name])
    expect((await client.query('select f() as one')).rows[0].one).toBe(1)
  })

  it('leaves nothing of a file that fails halfway, and says which file', async () => {
    const broken = file('20260102000000_broken', 'create table b (id int); select 1 / 0;')
    await expect(migrate(url.href, { migrations: [first, broken] })).rejects.toThrow(
      /20260102000000_broken.*division by zero/,
    )
    expect((await client.query("select to_regclass('b') as b")).rows[0].b).toBeNull()
    expect(await migrationStatus(url.href, [first, broken])).toMatchObject({
      applied: [first.name],
      pending: [broken.name],
    })
  })

  it('refuses a file that was edited after it was applied', async () => {
    const edited = file(first.name, 'create table a (id bigint);')
    await expect(migrate(url.href, { migrations: [edited] })).rejects.toThrow(
      /edited after they were applied: 20260101000000_first/,
    )
    expect((await migrationStatus(url.href, [edited])).edited).toEqual([first.name])
  })

  it('runs a marked file outside of a transaction', async () => {
    const concurrent = file(
      '20260103000000_index',
      `${noTransactionMark}\ncreate index concurrently a_by_id on a (id);\n`,
    )
    expect(await migrate(url.href, { migrations: [first, concurrent] })).toEqual([concurrent.name])
    expect((await client.query("select to_regclass('a_by_id') as i")).rows[0].i).toBe('a_by_id')
  })

  it('gives up on a locked table instead of queueing everybody behind it', async () => {
    await client.query('begin; lock table a in access exclusive mode')
    const blocked = file('20260104000000_blocked', 'alter table a add column n int;')
    await expect(migrate(url.href, { migrations: [first, blocked], lockTimeoutMs: 100 })).rejects.toThrow(
      /lock timeout/,
    )
    await client.query('rollback')
    expect(await migrate(url.href, { migrations: [first, blocked] })).toEqual([blocked.name])
  })
})
