// What travels together must still fail together.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestWorld, type TestTenant, type TestWorld } from '../../testing/src/index.ts'
import { type CommitBatch, type Sql, sql, type TenantDb, violates } from './index.ts'

let world: TestWorld
let acme: TestTenant
let db: TenantDb

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  db = acme.systemCtx().db
})
beforeEach(() => db.execute(sql`delete from companies`))
afterAll(() => world?.close())

const insert = (name: string | null): Sql =>
  sql`insert into companies (tenant_id, id, name) values (${acme.id}::uuid, uuidv7(), ${name})`
const atTheEnd: CommitBatch<Sql> = { order: 1, statements: (statements) => statements }
const names = async () =>
  (await db.query<{ name: string }>(sql`select name from companies order by id`)).map((row) => row.name)
const pid = sql`select pg_backend_pid() as pid`

describe('the last statements and the commit, in one flight', () => {
  it('leave nothing behind when one of them fails, be it the first or the last', async () => {
    for (const statements of [
      [insert(null), insert('after')],
      [insert('before'), insert(null)],
    ]) {
      const failing = db.transaction(async () => {
        await db.execute(insert('work'))
        for (const statement of statements) db.gather(atTheEnd, statement)
        db.afterCommit(() => expect.unreachable('it was not committed'))
      })
      await expect(failing).rejects.toMatchObject({ code: '23502', column: 'name' })
      expect(await names()).toEqual([])
    }
  })

  it('say by which constraint they were refused', async () => {
    const id = '01a1fd9e-2989-7e4a-8d5f-30fdfa85b8ac'
    const twice = sql`insert into companies (tenant_id, id, name) values (${acme.id}::uuid, ${id}::uuid, 'twice')`
    const failing = db.transaction(async () => {
      db.gather(atTheEnd, twice)
      db.gather(atTheEnd, twice)
    })
    const error = await failing.catch((thrown: unknown) => thrown)
    expect([violates(error, 'companies_pkey'), violates(error, 'another')]).toEqual([true, false])
    expect(await names()).toEqual([])
  })

  it('are not sent when one of them cannot be made', async () => {
    const broken: CommitBatch<string> = {
      order: 2,
      statements: () => {
        throw new Error('cannot be written down')
      },
    }
    const failing = db.transaction(async () => {
      db.gather(atTheEnd, insert('first'))
      db.gather(broken, 'x')
    })
    await expect(failing).rejects.toThrow('cannot be written down')
    const notPlain = db.transaction(async () => {
      await db.execute(insert('work'))
      const itself: { of?: object } = {}
      itself.of = itself
      db.gather(atTheEnd, insert('before'))
      db.gather(atTheEnd, sql`select ${itself}::jsonb`)
    })
    await expect(notPlain).rejects.toThrow(TypeError)
    expect(await names()).toEqual([])
  })

  it('are not joined by a statement that somebody forgot to await', async () => {
    const late = Promise.withResolvers<unknown>()
    await db.transaction(async () => {
      await db.execute(insert('work'))
      setImmediate(() => late.resolve(db.execute(insert('forgotten')).catch((error: unknown) => error)))
    })
    expect(await late.promise).toMatchObject({ name: 'TransactionEndedError' })
    expect(await names()).toEqual(['work'])
  })

  it('leave the connection fit for COPY, for Prisma and for the next one', async () => {
    await db.transaction(async () => {
      await db.execute(insert('one'))
      db.gather(atTheEnd, insert('two'))
    })
    const rows = async function* () {
      yield 'copied\n'
    }
    await db.transaction(async () => {
      await db.execute(sql`create temp table copied (name text) on commit drop`)
      await db.copyIn('copy copied from stdin', rows())
      await db.execute(
        sql`insert into companies (tenant_id, id, name) select ${acme.id}::uuid, uuidv7(), name from copied`,
      )
      expect(await db.prisma.company.count()).toBe(3)
      db.gather(atTheEnd, insert('three'))
    })
    expect((await names()).toSorted()).toEqual(['copied', 'one', 'three', 'two'])
  })
})

describe('statements that are asked together', () => {
  it('are all answered, in the order in which they were asked', async () => {
    const answers = await db.transaction(() =>
      db.together(() => [
        db.execute(insert('one')),
        db.query(sql`select name from companies`),
        db.queryTexts(sql`select 1 as a, null as b, true as c`),
      ]),
    )
    expect(answers).toEqual([1, [{ name: 'one' }], [['1', null, 't']]])
  })

  it('fail with the first that fails, and with them the transaction', async () => {
    const failing = db.transaction(() =>
      db.together(() => [db.execute(insert('one')), db.execute(insert(null)), db.execute(insert('three'))]),
    )
    await expect(failing).rejects.toMatchObject({ code: '23502' })
    expect(await names()).toEqual([])
    await expect(db.together(() => [])).rejects.toThrow(/no transaction/)
  })

  it('leave a transaction that has caught their failure unable to commit', async () => {
    const caught = db.transaction(async () => {
      await db.together(() => [db.execute(insert('one')), db.execute(insert(null))]).catch(() => undefined)
      db.gather(atTheEnd, insert('end'))
    })
    await expect(caught).rejects.toThrow(/aborted|rolled back/)
    expect(await names()).toEqual([])
  })
})

describe('a first statement that travels with the BEGIN', () => {
  it('is answered inside the transaction', async () => {
    const same = await db.transactionAfter<{ pid: number }, boolean>(pid, async ([first]) => {
      const inside = await db.queryOne<{ pid: number }>(pid)
      await db.execute(insert('work'))
      return db.inTransaction() && first?.pid === inside?.pid
    })
    expect(same).toBe(true)
    expect(await names()).toEqual(['work'])
  })

  it('joins the transaction that is open, and ends it with its own failure', async () => {
    const outer = db.transaction(async () => {
      await db.execute(insert('outer'))
      await db.transactionAfter(sql`select 1 / 0`, async () => expect.unreachable('it has failed'))
    })
    await expect(outer).rejects.toThrow(/division by zero/)
    await expect(db.transactionAfter(sql`select 1 / 0`, async () => 1)).rejects.toThrow(/division by zero/)
    expect(await names()).toEqual([])
  })
})

describe('questions whose plans are kept', () => {
  const mode = sql`select current_setting('plan_cache_mode') as mode, ${1}::int as n`

  it('are answered in their order, and leave the connection and an open transaction as they were', async () => {
    const answers = await db.queryWithKeptPlans<[{ mode: string; n: number }, { pid: number }]>([mode, pid])
    expect(answers[0]).toEqual([{ mode: 'force_generic_plan', n: 1 }])
    expect(answers[1]).toHaveLength(1)
    expect(await db.query(mode)).toEqual([{ mode: 'auto', n: 1 }])
    await db.transaction(async () => {
      expect(await db.queryWithKeptPlans([mode])).toEqual([[{ mode: 'force_generic_plan', n: 1 }]])
      expect(await db.query(mode)).toEqual([{ mode: 'auto', n: 1 }])
    })
  })

  it('fail together, with the first failure, and the connection is fit for the next', async () => {
    await expect(db.queryWithKeptPlans([pid, sql`select 1 / 0`, pid])).rejects.toThrow(/division by zero/)
    expect(await db.query(mode)).toEqual([{ mode: 'auto', n: 1 }])
  })
})

it('tells once after the commit, and not after a rollback', async () => {
  let heard = 0
  const stop = world.database.onSignal('outbox', () => heard++)
  try {
    const work = (fail: boolean) =>
      db.transaction(async () => {
        for (let times = 0; times < 3; times++) db.signal('outbox')
        expect(heard).toBe(0)
        if (fail) throw new Error('no')
      })
    await expect(work(true)).rejects.toThrow('no')
    await work(false)
    expect(heard).toBe(1)
    db.signal('outbox')
    expect(heard).toBe(2)
  } finally {
    stop()
  }
})
