// The statements as Postgres runs them for the role of tenant work, whose row-level security keeps most operators out of
// every index: nothing is read from one end of a table to the other, however frequent the words.
import { searchKinds } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { searchCondition } from './condition.repo.ts'
import { findHits } from './found.repo.ts'
import { addCompany } from './records.testing.ts'
import { findRecent, readShown } from './shown.repo.ts'
import { termsInstead } from './spelling.repo.ts'

let world: TestWorld
let firm: TestTenant
const rows = 8000
beforeAll(async () => {
  world = await createTestWorld()
  firm = await world.tenant('Plans')
  const ctx = firm.ctx('manager')
  const t = sql`${ctx.tenantId}::uuid`
  const company = await addCompany(ctx, { name: 'Everywhere', domain: null })
  await ctx.db.execute(sql`insert into deals (tenant_id, id, title, currency, company_id, owner_id)
    select ${t}, uuidv7(), 'Everywhere deal ' || g, 'EUR', ${company}::uuid, ${firm.members.member.id}::uuid
    from generate_series(1, ${rows}::int) g`)
  await ctx.db.execute(sql`insert into timeline_entries (tenant_id, id, kind, body, deal_id)
    select ${t}, uuidv7(), 'NOTE', 'everywhere note ' || row_number() over (), id from deals limit 3000`)
  await ctx.db.execute(
    sql`insert into contacts (tenant_id, id, name) select ${t}, uuidv7(), 'Everywhere ' || g from generate_series(1, 3000) g`,
  )
  const owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze')
  await owner.end()
})
afterAll(() => world.close())

const node: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    Plans: z.array(node).optional(),
  }),
)
interface PlanNode {
  'Node Type': string
  'Relation Name'?: string | undefined
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number | undefined
  Plans?: PlanNode[] | undefined
}
const explained = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: node })) }))

/** A db that explains what it is asked instead of only answering, as the role of tenant work and generically planned. */
async function explain(work: (db: TenantDb) => Promise<unknown>): Promise<PlanNode[]> {
  const client = new pg.Client({ connectionString: world.config.database.tenantUrl })
  await client.connect()
  await client.query(`select set_config('app.tenant_id', $1, false)`, [firm.id])
  const nodes: PlanNode[] = []
  const collect = (plan: PlanNode): void => {
    nodes.push(plan)
    for (const child of plan.Plans ?? []) collect(child)
  }
  const query = async (statement: Sql) => {
    const plans = explained.parse(
      (await client.query(`explain (analyze, format json) ${statement.text}`, statement.values)).rows,
    )
    for (const row of plans) for (const { Plan } of row['QUERY PLAN']) collect(Plan)
    return (await client.query(statement.text, statement.values)).rows
  }
  try {
    await work({ ...firm.ctx('viewer').db, query } as TenantDb)
  } finally {
    await client.end()
  }
  return nodes
}

const tables = (nodes: PlanNode[]) => nodes.filter((plan) => plan['Relation Name'] !== undefined)
const sequential = (nodes: PlanNode[]) => tables(nodes).filter((plan) => plan['Node Type'] === 'Seq Scan')
/** Rows that were looked at in tables. */
const looked = (nodes: PlanNode[]) =>
  tables(nodes).reduce(
    (sum, plan) => sum + (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'],
    0,
  )

const question = (q: string, onlyOwnerId: string | null = null) => ({ q, kinds: searchKinds, onlyOwnerId, terms: null })

describe('a search', () => {
  it.each([
    'everywhere',
    'e',
    'everywhere deal',
    'everywhere deal 77',
    'everywhere note',
    'nowhere',
    'deal 1 everywhere note',
  ])('for "%s" looks at a bounded part of the firm by indexes', async (q) => {
    const nodes = await explain((db) => findHits(db, question(q), { limit: 26 }))
    expect(sequential(nodes)).toEqual([])
    expect(looked(nodes)).toBeLessThan(rows)
  })

  it('of a member who sees their own deals only is bounded too', async () => {
    const nodes = await explain((db) => findHits(db, question('everywhere', firm.members.member.id), { limit: 26 }))
    expect(sequential(nodes)).toEqual([])
    expect(looked(nodes)).toBeLessThan(2 * rows)
  })

  it('for what nobody wrote, for what was found and for what was changed last reads by indexes', async () => {
    for (const work of [
      (db: TenantDb) => termsInstead(db, 'evrywhere', searchKinds),
      (db: TenantDb) => findRecent(db, { kinds: searchKinds, onlyOwnerId: null, limit: 24, each: 6 }),
      async (db: TenantDb) => readShown(db, await findHits(db, question('everywhere'), { limit: 26 })),
    ])
      expect(sequential(await explain(work))).toEqual([])
  })
})

describe('a list with a q', () => {
  it.each(['everywhere', 'deal 77', '4711', 'nowhere'])('for "%s" reads no table from end to end', async (q) => {
    const nodes = await explain(async (db) => {
      const condition = await searchCondition(db, { kind: 'deal', q, row: sql`d` })
      return db.query(sql`select d.id from deals d where d.tenant_id = ${firm.id}::uuid and d.deleted_at is null and ${condition}
        order by d.created_at desc, d.id desc limit 51`)
    })
    expect(sequential(nodes)).toEqual([])
  })
})
