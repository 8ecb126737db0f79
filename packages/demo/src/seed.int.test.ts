// The demo as a fresh installation has it.
import { sql, tenantCtx } from '@throughline/db'
import { dealThread } from '@throughline/funds'
import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoTenants, seedDemo } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
  const { platformUrl: platform, tenantUrl: tenant } = world.config.database
  await seedDemo({ platform, tenant }, undefined)
  await seedDemo({ platform, tenant }, undefined)
})
afterAll(() => world.close())

it('funds hold deals that were won before they took a part of them, and the way of each deal is told in its order', async () => {
  for (const { id } of demoTenants) {
    const { db } = { db: world.database.tenant(id) }
    const taken = await db.query<{ inOrder: boolean }>(sql`
      select d.created_at <= d.qualified_at and d.negotiated_at <= d.closed_at and d.closed_at < a.allocated_on
        and exists (select 1 from stage_changes s where s.deal_id = d.id and s.to_stage = 'CLOSED_WON' and s.created_at = d.closed_at)
        as "inOrder"
      from allocations a join deals d on d.tenant_id = a.tenant_id and d.id = a.deal_id where a.tenant_id = ${id}::uuid`)
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.every(({ inOrder }) => inOrder)).toBe(true)
  }
})

it('asks for the statements of the last quarter of each fund once', async () => {
  for (const { id } of demoTenants) {
    const jobs = await world.database
      .tenant(id)
      .query(sql`select 1 as one from jobs where tenant_id = ${id}::uuid and name = 'documents__fund-statements'`)
    expect(jobs).toHaveLength(1)
  }
})

it('the first investment of the older fund can be followed from the won deal to what investors were sent', async () => {
  const tenantId = demoTenants.find(({ fund }) => fund === 'three-years')?.id ?? ''
  const actor = { kind: 'system', id: null, role: null } as const
  const ctx = tenantCtx(world.database, { tenantId, actor, log: world.log })
  const first = await ctx.db.queryOne<{ dealId: string }>(sql`select deal_id as "dealId" from allocations
    where tenant_id = ${tenantId}::uuid order by allocated_on limit 1`)
  const { data, funds, page } = await dealThread(ctx, first?.dealId ?? '', { limit: 100 })
  expect([...new Set(data.map(({ kind }) => kind))]).toEqual([
    ...['created', 'won', 'allocated', 'called', 'received', 'invested', 'marked', 'sold', 'declared', 'paid'],
  ])
  expect(page.nextCursor).toBeNull()
  expect(funds).toHaveLength(1)
  expect(funds[0]?.figures.received).toBe(funds[0]?.figures.called)
})
