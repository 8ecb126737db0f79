// The audit log is a chain: whoever changes, removes or slips in a row, by whatever means, is found with the row.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Ctx, platformScope, sql } from '@throughline/db'
import { createStorage, type Storage } from '@throughline/storage'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit, keepPartitions, readSeals, sealAudit, verifyChain } from './index.ts'

let world: TestWorld
let storage: Storage
let owner: pg.Client
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  storage = createStorage(world.config.storage)
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  // The one who could: the owner of the tables, with the policies out of the way.
  await owner.query('alter table audit_entries no force row level security')
})
beforeEach(async () => {
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await owner?.end()
  await world?.close()
})

const write = (ctx: Ctx, action = 'deal.updated') =>
  ctx.db.transaction(async () =>
    audit(ctx, { action, subject: 'deal', subjectId: null, before: { b: 1, a: 2 }, after: { é: '"' } }),
  )
const verify = async (tenantId: string) =>
  verifyChain(world.database.platform, tenantId, await readSeals(world.database.platform, storage))

describe('the chain of a firm', () => {
  it('holds under forty writers at once, with no gap and no fork, and beside another firm’s', async () => {
    const writers = [acme, globex].flatMap((tenant) =>
      Array.from({ length: 40 }, (_, n) => write(tenant.ctx(n % 2 ? 'owner' : 'manager'))),
    )
    await Promise.all(writers)
    for (const { id } of [acme, globex]) expect(await verify(id)).toMatchObject({ entries: 40, intact: true })
    const seqs = await acme
      .systemCtx()
      .db.query<{ seq: string }>(sql`select seq::text from audit_entries order by audit_entries.seq`)
    expect(seqs.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  })

  it('has no row of a change that was rolled back, and no change without its row', async () => {
    const ctx = acme.ctx('owner')
    const failing = ctx.db.transaction(async () => {
      audit(ctx, { action: 'deal.updated', subject: 'deal', subjectId: null })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await write(ctx)
    expect(await verify(acme.id)).toMatchObject({ entries: 1, intact: true })
    expect(() => audit(ctx, { action: 'x', subject: 'deal', subjectId: null })).toThrow(/inside a transaction/)
  })

  it('chains a thousand rows of one transaction, each with what it says', async () => {
    const ctx = acme.ctx('owner')
    const texts = [`o'brien`, '{"a":"\\u0041"}', '日本 👩‍👩‍👧', 'a\nb']
    await ctx.db.transaction(async () => {
      for (let n = 0; n < 1_000; n++)
        audit(ctx, { action: 'x', subject: 'deal', subjectId: null, after: { n, text: texts[n % texts.length] } })
    })
    expect(await verify(acme.id)).toMatchObject({ entries: 1_000, intact: true })
    const rows = await ctx.db.query<{ after: object }>(
      sql`select after from audit_entries where seq in (1, 2, 1000) order by seq`,
    )
    expect(rows.map(({ after }) => after)).toEqual([0, 1, 999].map((n) => ({ n, text: texts[n % texts.length] })))
  })

  it('goes on through transactions of one row and of many, and of two firms beside each other', async () => {
    const many = ({ ctx }: TestTenant, rows: number) => {
      const actor = ctx('owner')
      return actor.db.transaction(async () => {
        for (let n = 0; n < rows; n++) audit(actor, { action: 'x', subject: 'deal', subjectId: null, before: { n } })
      })
    }
    const sizes = [1, 30, 2, 1, 7, 50, 1]
    await Promise.all(sizes.flatMap((rows) => [many(acme, rows), many(globex, rows)]))
    for (const { id } of [acme, globex]) expect(await verify(id)).toMatchObject({ entries: 92, intact: true })
  })

  it('is numbered and chained by the database, whatever a runtime role says of it', async () => {
    const { db } = acme.ctx('owner')
    await write(acme.ctx('owner'))
    await db.execute(sql`insert into audit_entries (tenant_id, seq, actor_kind, action, subject, prev_hash, hash)
      values (${acme.id}::uuid, 77, 'user', 'x', 'deal', 'forged', 'forged')`)
    // The function takes no firm, no number and no hash.
    await db.execute(sql`select chain_audit_entries('{null,null}', '{user,user}', '{null,null}', '{x,x}', '{deal,deal}', '{null,null}',
      E'\\n', E'\\n', '{null,null}', '{null,null}')`)
    const uneven = sql`select chain_audit_entries('{null,null}', '{user}', '{}', '{x}', '{deal}', '{}', '', '', '{}', '{}')`
    await expect(db.execute(uneven)).rejects.toThrow(/violates not-null constraint/)
    expect(await verify(acme.id)).toMatchObject({ entries: 4, intact: true })
    expect(await verify(globex.id), 'nothing of another firm').toMatchObject({ entries: 0, intact: true })
    const { platform } = world.database
    await expect(
      platform.execute(sql`select chain_audit_entries('{}', '{}', '{}', '{}', '{}', '{}', '', '', '{}', '{}')`),
    ).rejects.toThrow(/permission denied/)
  })

  it('keeps two firms’ rows of one transaction of the platform in order', async () => {
    const { platform } = world.database
    const actor = { kind: 'platform', id: crypto.randomUUID(), role: 'super_admin' } as const
    const both = (first: TestTenant, second: TestTenant) =>
      platform.transaction(async () => {
        for (const { id: tenantId } of [first, second])
          audit({ db: platform, tenantId, actor, requestId: null }, { action: 'x', subject: 'tenant', subjectId: null })
      })
    // In opposite orders at the same time: whoever took locks as they come would stand still here.
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? both(acme, globex) : both(globex, acme))))
    for (const { id } of [acme, globex]) expect(await verify(id)).toMatchObject({ entries: 20, intact: true })
  })
})

describe('tampering', () => {
  const fill = async (rows: number) => {
    for (let n = 0; n < rows; n++) await write(acme.ctx('owner'))
  }
  const asOwner = (text: string) => owner.query(text.replaceAll('ACME', `'${acme.id}'`))

  it.each([
    [
      'another action',
      `update audit_entries set action = 'deal.deleted' where tenant_id = ACME and seq = 3`,
      '3',
      /content/,
    ],
    [
      'another value before',
      `update audit_entries set before = '{"b":1,"a":3}' where tenant_id = ACME and seq = 2`,
      '2',
      /content/,
    ],
    [
      'the same value in another order',
      `update audit_entries set before = '{"a":2,"b":1}' where tenant_id = ACME and seq = 2`,
      '2',
      /content/,
    ],
    [
      'another time',
      `update audit_entries set created_at = created_at - interval '1 second' where tenant_id = ACME and seq = 4`,
      '4',
      /content/,
    ],
    ['another actor', `update audit_entries set actor_id = null where tenant_id = ACME and seq = 1`, '1', /content/],
    ['a row that is gone', `delete from audit_entries where tenant_id = ACME and seq = 2`, '3', /missing/],
    ['the first row gone', `delete from audit_entries where tenant_id = ACME and seq = 1`, '2', /missing/],
    [
      'a content with its own hash made anew',
      `update audit_entries e set action = 'x', hash = audit_hash(prev_hash,
        audit_record((tenant_id, seq, actor_id, actor_kind, impersonator_id, 'x', subject, subject_id, before, after, request_id, address, prev_hash, hash, created_at)::audit_entries))
      where tenant_id = ACME and seq = 3`,
      '4',
      /follow/,
    ],
  ])('with %s is found, with the row', async (_what, statement, seq, reason) => {
    await fill(5)
    expect(await verify(acme.id)).toMatchObject({ entries: 5, intact: true })
    await asOwner(statement)
    expect(await verify(acme.id)).toMatchObject({
      intact: false,
      broken: { seq, reason: expect.stringMatching(reason) },
    })
    expect(await verify(globex.id), 'and only there').toMatchObject({ intact: true })
  })

  it('with the end, or with everything, is found by what was sealed', async () => {
    await fill(4)
    await sealAudit(world.database.platform, storage, new Date())
    await fill(1)
    expect(await verify(acme.id)).toMatchObject({ entries: 5, intact: true })
    await asOwner('delete from audit_entries where tenant_id = ACME and seq >= 4')
    expect(await verify(acme.id)).toMatchObject({
      intact: false,
      broken: { seq: '4', reason: expect.stringContaining('gone') },
    })
    await asOwner('delete from audit_entries where tenant_id = ACME')
    await fill(5)
    expect(await verify(acme.id), 'also when it was written anew').toMatchObject({
      intact: false,
      broken: { seq: '4', reason: expect.stringContaining('not the row that was sealed') },
    })
  })

  it('is not possible for the roles that the platform runs with', async () => {
    await fill(1)
    for (const db of [acme.systemCtx().db, world.database.platform])
      for (const statement of [
        sql`update audit_entries set action = 'x'`,
        sql`delete from audit_entries`,
        sql`truncate audit_entries`,
        sql`update audit_seals set chains = 0`,
      ])
        await expect(db.execute(statement)).rejects.toThrow(/permission denied/)
  })

  it('is named by the command, which then ends with 1', async () => {
    await fill(3)
    await asOwner(`update audit_entries set subject = 'company' where tenant_id = ACME and seq = 2`)
    const { config } = world
    const env = {
      PATH: process.env.PATH,
      THROUGHLINE_MODE: 'test',
      DATABASE_PLATFORM_URL: config.database.platformUrl,
      DATABASE_TENANT_URL: config.database.tenantUrl,
      REDIS_URL: config.redis.url,
      JWT_SECRET: config.tokens.secret,
      ENCRYPTION_KEY: config.encryption.key,
      STORAGE_DIR: config.storage.dir,
    }
    const script = path.join(import.meta.dirname, '../cli/audit-verify.ts')
    const failure = await promisify(execFile)(process.execPath, [script], { env }).then(
      () => undefined,
      (error: { code: number; stdout: string }) => error,
    )
    expect(failure?.code).toBe(1)
    expect(failure?.stdout).toContain(`BROKEN  tenant ${acme.id}: row 2: its content was changed`)
  })
})

describe('the partitions', () => {
  it('are made for the months to come, again without harm, by a role that may make nothing else', async () => {
    const { platform } = world.database
    const count = async () =>
      (
        await platform.queryOne<{ n: number }>(
          sql`select count(*)::int as n from pg_inherits where inhparent = 'audit_entries'::regclass`,
        )
      )?.n
    const before = await count()
    await Promise.all([keepPartitions(platform), keepPartitions(platform)])
    expect(await count()).toBe(before)
    await platform.execute(sql`call keep_audit_partitions(6)`)
    expect(await count()).toBe((before ?? 0) + 3)
    await expect(platform.execute(sql`create table mine (id int)`)).rejects.toThrow(/permission denied/)
    await expect(acme.systemCtx().db.execute(sql`call keep_audit_partitions()`)).rejects.toThrow(/permission denied/)
  })

  it('are reached through the log alone', async () => {
    await write(acme.ctx('owner'))
    const { rows } = await owner.query(`select relname from pg_class where relispartition and relkind = 'r'`)
    for (const { relname } of rows)
      for (const db of [acme.systemCtx().db, world.database.platform])
        await expect(db.query(sql([`select 1 from ${relname}`]))).rejects.toThrow(/permission denied/)
    expect(platformScope).toMatch(/^0/)
  })
})
