import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestWorld, type TestTenant, type TestWorld } from '../../testing/src/index.ts'
import { createDatabase, sql, tenantCtx } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  for (const tenant of [acme, globex]) {
    const { db } = tenant.systemCtx()
    await db.prisma.company.createMany({
      data: [1, 2, 3].map((n) => ({ tenantId: tenant.id, name: `${tenant.name} company ${n}` })),
    })
  }
})
afterAll(() => world?.close())

const companies = (tenant: TestTenant) => tenant.systemCtx().db.prisma.company

describe('a tenant client', () => {
  it('reads only rows of its tenant', async () => {
    const names = (await companies(acme).findMany()).map((company) => company.name)
    expect(names).toHaveLength(3)
    expect(names.every((name) => name.startsWith('Acme'))).toBe(true)
    expect(await companies(acme).count()).toBe(3)
  })

  it('gives each of two tenants its own row when both ask for one by key in the same tick', async () => {
    const ofAcme = await companies(acme).findFirstOrThrow()
    const ofGlobex = await companies(globex).findFirstOrThrow()
    const read = (tenant: TestTenant, id: string) =>
      companies(tenant).findUnique({ where: { tenantId_id: { tenantId: tenant.id, id } } })
    const rows = await Promise.all([
      read(acme, ofAcme.id),
      read(globex, ofGlobex.id),
      read(acme, ofGlobex.id),
      read(globex, ofAcme.id),
    ])
    expect(rows.map((row) => row?.name ?? null)).toEqual([ofAcme.name, ofGlobex.name, null, null])
  })

  it('runs a query that is awaited long after it was made in the scope it was made for', async () => {
    const lazy = companies(acme).findMany()
    await companies(globex).findMany()
    expect((await lazy).every((company) => company.tenantId === acme.id)).toBe(true)
  })

  it('refuses to read with an undefined id instead of giving a row of anybody', async () => {
    const read = async () => companies(acme).findFirst({ where: { id: undefined } })
    await expect(read()).rejects.toThrow(/undefined/)
  })

  it('refuses data that names another tenant', async () => {
    await expect(companies(acme).create({ data: { tenantId: globex.id, name: 'stolen' } })).rejects.toThrow(
      /another tenant/,
    )
    const row = await companies(acme).findFirstOrThrow()
    await expect(
      companies(acme).update({
        where: { tenantId_id: { tenantId: acme.id, id: row.id } },
        data: { tenantId: globex.id },
      }),
    ).rejects.toThrow(/change its tenant/)
  })

  it('does not update or delete rows of another tenant', async () => {
    const foreign = await companies(globex).findFirstOrThrow()
    const key = { tenantId_id: { tenantId: globex.id, id: foreign.id } }
    await expect(companies(acme).update({ where: key, data: { name: 'x' } })).rejects.toThrow()
    await expect(companies(acme).delete({ where: key })).rejects.toThrow()
    expect((await companies(acme).updateMany({ where: { id: foreign.id }, data: { name: 'x' } })).count).toBe(0)
    expect((await companies(acme).deleteMany({ where: { id: foreign.id } })).count).toBe(0)
    expect(await companies(globex).count()).toBe(3)
  })

  it('binds raw SQL to its tenant too', async () => {
    const { db } = acme.systemCtx()
    const rows = await db.query<{ tenant_id: string }>(sql`select tenant_id from companies`)
    expect(new Set(rows.map((row) => row.tenant_id))).toEqual(new Set([acme.id]))
  })
})

describe('belts that hold alone', () => {
  it('stores no reference to a row of another tenant, in nested writes and by bare id', async () => {
    const foreign = await companies(globex).findFirstOrThrow()
    const { db } = acme.systemCtx()
    await expect(
      db.prisma.contact.create({ data: { tenantId: acme.id, name: 'x', companyId: foreign.id } }),
    ).rejects.toThrow(/[Ff]oreign key/)
    await expect(
      db.prisma.company.create({
        data: {
          tenantId: acme.id,
          name: 'parent',
          contacts: { connect: { tenantId_id: { tenantId: globex.id, id: foreign.id } } },
        },
      }),
    ).rejects.toThrow()
  })

  it('shows no row and takes none when no tenant is set on the connection', async () => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: world.config.database.tenantUrl })
    await client.connect()
    try {
      expect((await client.query('select count(*)::int as n from companies')).rows[0].n).toBe(0)
      await client.query("select set_config('app.tenant_id', '', false)")
      expect((await client.query('select count(*)::int as n from companies')).rows[0].n).toBe(0)
      await expect(
        client.query('insert into companies (tenant_id, id, name) values ($1, uuidv7(), $2)', [acme.id, 'x']),
      ).rejects.toThrow(/row-level security/)
      await expect(client.query('select * from users')).rejects.toThrow(/permission denied/)
      await expect(client.query('alter table companies disable row level security')).rejects.toThrow(/must be owner/)
    } finally {
      await client.end()
    }
  })
})

describe('a transaction', () => {
  it('keeps all or nothing, across Prisma, nested Prisma writes and raw SQL', async () => {
    const { db } = acme.systemCtx()
    const before = await db.prisma.company.count()
    await expect(
      db.transaction(async () => {
        await db.prisma.company.create({
          data: { tenantId: acme.id, name: 'nested', contacts: { create: { name: 'inner' } } },
        })
        await db.execute(sql`insert into companies (tenant_id, id, name) values (${acme.id}::uuid, uuidv7(), 'raw')`)
        expect(await db.prisma.company.count()).toBe(before + 2)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await db.prisma.company.count()).toBe(before)
    expect(await db.prisma.contact.count({ where: { name: 'inner' } })).toBe(0)
  })

  it('does not let another tenant join', async () => {
    const { db } = acme.systemCtx()
    await expect(db.transaction(() => companies(globex).count())).rejects.toThrow(
      /one tenant cannot do the work of another/,
    )
  })

  it('says so when the database rolled it back although nobody threw', async () => {
    const { db } = acme.systemCtx()
    const swallowed = db.transaction(async () => {
      await db.execute(sql`select 1 / 0`).catch(() => undefined)
    })
    await expect(swallowed).rejects.toThrow(/rolled back/)
  })

  it('refuses what is still asked of it after its end', async () => {
    const { db } = acme.systemCtx()
    const ended = Promise.withResolvers<void>()
    const forgotten = await db.transaction(async () => [ended.promise.then(() => db.query(sql`select 1`))])
    ended.resolve()
    await expect(forgotten[0]).rejects.toThrow(/has ended/)
  })

  it('writes what was gathered last, in the order of the batches, and runs hooks after a commit only', async () => {
    const { db } = acme.systemCtx()
    const told: string[] = []
    const batch = (name: string, order: number) => ({
      order,
      statements: (items: number[]) => {
        told.push(`${name} ${items}`)
        return [
          sql`insert into companies (tenant_id, id, name) values (${acme.id}::uuid, uuidv7(), ${`${name} ${items}`})`,
        ]
      },
    })
    const [first, second] = [batch('first', 1), batch('second', 2)]
    const work = (fail: boolean) =>
      db.transaction(async () => {
        db.gather(second, 1)
        db.gather(first, 2)
        db.gather(second, 3)
        db.afterCommit(() => void told.push('committed'))
        told.push('worked')
        if (fail) throw new Error('no')
      })
    await work(false)
    await expect(work(true)).rejects.toThrow('no')
    expect(told).toEqual(['worked', 'first 2', 'second 1,3', 'committed', 'worked'])
    const written = await db.query(sql`select name from companies where name ~ '^(first|second) ' order by id`)
    expect(written).toEqual([{ name: 'first 2' }, { name: 'second 1,3' }])
    expect(() => db.gather(first, 1)).toThrow(/no transaction/)
  })
})

it('never mixes tenants over few connections, errors in between included', async () => {
  const tenants = [acme, globex]
  const wrong = await Promise.all(
    Array.from({ length: 400 }, async (_, index) => {
      const tenant = tenants[index % 2] ?? acme
      const { db } = tenantCtx(world.database, { tenantId: tenant.id, actor: tenant.systemCtx().actor, log: world.log })
      if (index % 7 === 0) await db.query(sql`select 1 / 0`).catch(() => undefined)
      const rows = await db.query<{ tenant_id: string }>(sql`select tenant_id from companies`)
      return rows.filter((row) => row.tenant_id !== tenant.id).length
    }),
  )
  expect(wrong.reduce((sum, n) => sum + n, 0)).toBe(0)
})

describe('the connections', () => {
  it('that serve a tenant already serve it again, so that firms in turn bind nothing anew', async () => {
    const ask = (tenant: TestTenant) =>
      tenant.systemCtx().db.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    // Two at once: each has a connection from here on.
    const [[ofAcme], [ofGlobex]] = await Promise.all([ask(acme), ask(globex)])
    expect(ofAcme?.pid).not.toBe(ofGlobex?.pid)
    const pids = { acme: new Set<number>(), globex: new Set<number>() }
    for (let turn = 0; turn < 10; turn++) {
      for (const { pid } of await ask(acme)) pids.acme.add(pid)
      for (const { pid } of await ask(globex)) pids.globex.add(pid)
    }
    expect([pids.acme.size, pids.globex.size]).toEqual([1, 1])
    expect(pids.acme).not.toEqual(pids.globex)
  })

  it('that have served nobody for the longest go to the next tenant, and those at work keep their own', async () => {
    const own = createDatabase({ database: { ...world.config.database, poolMax: 4, binding: 'session' } }, world.log)
    const others = [await world.tenant('Initech'), await world.tenant('Umbrella')]
    const pidOf = async (tenant: TestTenant) =>
      (await own.tenant(tenant.id).query<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid
    // All four are made, two each.
    await Promise.all([acme, globex, acme, globex].map(pidOf))
    const turns: unknown[] = []
    for (let turn = 0; turn < 5; turn++) {
      const pids: unknown[] = []
      for (const tenant of others) pids.push(await pidOf(tenant))
      turns.push(pids)
      expect(new Set(pids).size).toBe(2)
    }
    expect(turns).toEqual(Array.from({ length: 5 }, () => turns[0]))
    await own.close()
  })
})

describe.each(['session', 'transaction'] as const)('one connection for two firms, bound by %s', (binding) => {
  const bound = sql`select current_setting('app.tenant_id') as tenant, (select count(*)::int from companies) as companies`
  const failing = sql`select 1 / 0`

  it('works for whoever asks, also after a flight that bound it has failed or was rolled back', async () => {
    const own = createDatabase({ database: { ...world.config.database, poolMax: 1, binding } }, world.log)
    const [ofAcme, ofGlobex] = [acme, globex].map(({ id }) => own.tenant(id))
    if (!ofAcme || !ofGlobex) throw new Error('two firms')
    const ownCompanies = new Map([
      [acme, await companies(acme).count()],
      [globex, await companies(globex).count()],
    ])
    const mine = (tenant: TestTenant) => [{ tenant: tenant.id, companies: ownCompanies.get(tenant) }]
    const give = async () => {
      throw new Error('given up')
    }
    try {
      expect(await ofAcme.query(bound)).toEqual(mine(acme))
      await expect(ofGlobex.query(failing)).rejects.toThrow(/division by zero/)
      expect(await ofGlobex.query(bound)).toEqual(mine(globex))
      await expect(ofAcme.transaction(give)).rejects.toThrow('given up')
      expect(await ofAcme.query(bound)).toEqual(mine(acme))
      await expect(ofGlobex.transactionAfter(failing, give)).rejects.toThrow(/division by zero/)
      await expect(ofGlobex.queryWithKeptPlans([bound, failing])).rejects.toThrow(/division by zero/)
      expect(await ofGlobex.queryWithKeptPlans([bound, bound])).toEqual([mine(globex), mine(globex)])
      expect(await ofAcme.prisma.company.count()).toBe(ownCompanies.get(acme))
      expect(await ofGlobex.transaction(() => ofGlobex.query(bound))).toEqual(mine(globex))
    } finally {
      await own.close()
    }
  })

  it('runs nothing behind a statement that fails, though no transaction was begun', async () => {
    const own = createDatabase({ database: { ...world.config.database, poolMax: 1, binding } }, world.log)
    const { id } = acme
    const before = await companies(acme).count()
    const insert = sql`insert into companies (tenant_id, id, name) values (${id}::uuid, uuidv7(), 'behind') returning name`
    try {
      await expect(own.tenant(id).queryWithKeptPlans([insert, failing, insert])).rejects.toThrow(/division by zero/)
      expect(await companies(acme).count()).toBe(before)
    } finally {
      await own.close()
    }
  })
})
