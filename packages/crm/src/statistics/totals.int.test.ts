import { type BulkChange, createDeal as createDealBody } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bulkDeleteDeals,
  bulkUpdateDeals,
  createDeal,
  deleteDeal,
  moveDeal,
  restoreDeal,
  undoBatch,
  updateDeal,
} from '../deals/index.ts'
import { foldDealTotals } from './index.ts'
import { countedTotals, keptTotals } from './testing/fresh-totals.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

/** The same numbers at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}
const pick = <T>(roll: (sides: number) => number, list: readonly [T, ...T[]]): T => list[roll(list.length)] ?? list[0]

const changesOf = async (tenant: TestTenant) =>
  world.database.platform.query<{ n: number }>(
    sql`select count::int as n from deal_total_changes where tenant_id = ${tenant.id}::uuid order by id`,
  )

async function expectTrue(tenant: TestTenant) {
  const { platform } = world.database
  expect(await keptTotals(platform, tenant.id)).toEqual(await countedTotals(platform, tenant.id))
}

const body = (input: object) => createDealBody.parse({ title: 'A deal', currency: 'EUR', ...input })

/** One act of a writer that does whatever a user could; what is refused is left. */
async function act(tenant: TestTenant, roll: (sides: number) => number, mine: string[]): Promise<void> {
  const ctx = tenant.ctx('manager')
  const id = mine[roll(mine.length)]
  const value = `${roll(1_000_000)}.${10 + roll(90)}`
  const kind = roll(10)
  if (kind < 3 || id === undefined) {
    const deal = await createDeal(
      ctx,
      body({
        value,
        currency: pick(roll, ['EUR', 'USD']),
        stage: pick(roll, ['LEAD', 'QUALIFIED', 'NEGOTIATION']),
        leadSource: pick(roll, [null, 'Referral', 'Website']),
        probability: pick(roll, [null, 0, 55, 100]),
        expectedCloseDate: pick(roll, [null, '2026-01-31', '2026-12-01']),
        ownerId: pick(roll, [null, tenant.members.member.id, tenant.members.manager.id]),
      }),
    )
    mine.push(deal.id)
  } else if (kind === 3) await updateDeal(ctx, id, { value, probability: pick(roll, [null, 0, 40]) })
  else if (kind === 4) await updateDeal(ctx, id, { title: `Only another title ${value}` })
  else if (kind === 5) {
    const stage = pick(roll, ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'] as const)
    await moveDeal(ctx, id, { stage, ...(stage === 'CLOSED_LOST' && { lostReason: pick(roll, ['Price', 'Time']) }) })
  } else if (kind === 6) await deleteDeal(ctx, id, undefined)
  else if (kind === 7) await restoreDeal(ctx, id)
  else if (kind === 8) {
    const change = pick<BulkChange>(roll, [
      { action: 'assign', ownerId: null },
      { action: 'move', stage: 'NEGOTIATION' },
      { action: 'move', stage: 'LEAD' },
    ])
    const { batchId } = await bulkUpdateDeals(ctx, { ids: mine.slice(-5), change })
    if (batchId && roll(2) === 0) await undoBatch(ctx, batchId)
  } else if (roll(2) === 0) await bulkDeleteDeals(ctx, { ids: mine.slice(0, 2) })
  else await ctx.db.execute(sql`delete from deals where tenant_id = ${tenant.id}::uuid and id = ${id}::uuid`)
}

async function write(tenant: TestTenant, seed: number): Promise<void> {
  const roll = dice(seed)
  const mine: string[] = []
  for (let n = 0; n < 40; n++) {
    // A deal that is in the trash or gone refuses: that too must leave nothing behind.
    await act(tenant, roll, mine).catch((error: unknown) => expect(error).toHaveProperty('code'))
  }
}

describe('totals of deals', () => {
  it('equal a fresh count whatever parallel writers do while two workers fold', async () => {
    let writing = true
    const fold = async () => {
      while (writing) await foldDealTotals(world.database.platform)
    }
    const folding = [fold(), fold()]
    await Promise.all([...[1, 2, 3, 4].map((seed) => write(acme, seed)), ...[5, 6].map((seed) => write(globex, seed))])
    writing = false
    await Promise.all(folding)
    for (const tenant of [acme, globex]) await expectTrue(tenant)
    await foldDealTotals(world.database.platform)
    for (const tenant of [acme, globex]) {
      expect(await changesOf(tenant)).toEqual([])
      await expectTrue(tenant)
    }
    expect((await countedTotals(world.database.platform, acme.id)).totals.length).toBeGreaterThan(5)
  })

  it('fold to nothing when there is nothing to fold, and drop what has come to nothing', async () => {
    const tenant = await world.tenant('Short')
    const { id } = await createDeal(tenant.ctx('manager'), body({ value: '5.00' }))
    await foldDealTotals(world.database.platform)
    expect(await foldDealTotals(world.database.platform)).toBe(0)
    await tenant
      .ctx('manager')
      .db.execute(sql`delete from deals where id = ${id}::uuid and tenant_id = ${tenant.id}::uuid`)
    await foldDealTotals(world.database.platform)
    const left = await world.database.platform.query(sql`
      select 1 from deal_totals where tenant_id = ${tenant.id}::uuid union all
      select 1 from deal_cohorts where tenant_id = ${tenant.id}::uuid`)
    expect(left).toEqual([])
  })

  it('cost a create one row, a move two, and an edit that changes no number none', async () => {
    const tenant = await world.tenant('Thrifty')
    const ctx = tenant.ctx('manager')
    const { id } = await createDeal(ctx, body({ value: '5.00' }))
    expect(await changesOf(tenant)).toEqual([{ n: 1 }])
    await updateDeal(ctx, id, { title: 'Another title' })
    expect(await changesOf(tenant)).toHaveLength(1)
    await moveDeal(ctx, id, { stage: 'QUALIFIED' })
    expect((await changesOf(tenant)).map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([-1, 1, 1])
    await bulkUpdateDeals(ctx, { ids: [id], change: { action: 'move', stage: 'QUALIFIED' } })
    expect(await changesOf(tenant)).toHaveLength(3)
  })

  it('take a thousand alike deals of one statement as one row', async () => {
    const tenant = await world.tenant('Bulk')
    await tenant.ctx('manager').db.execute(sql`
      insert into deals (tenant_id, id, title, value, currency, updated_at)
      select ${tenant.id}::uuid, uuidv7(), 'Deal ' || g, 10, 'EUR', now() from generate_series(1, 1000) g`)
    expect(await changesOf(tenant)).toEqual([{ n: 1000 }])
    await expectTrue(tenant)
  })
})
