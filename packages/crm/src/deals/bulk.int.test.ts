import { type BulkChange, type DealStage, dealStatistics as dealStatisticsView } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recording, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dealStatistics } from '../statistics/index.ts'
import { bulkDeleteDeals, bulkUpdateDeals, moveDeal, undoBatch, updateDeal } from './index.ts'
import { holdDeal, listedIds, makeDeal, readDeal, traces } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const toWon: BulkChange = { action: 'move', stage: 'CLOSED_WON' }
const idsOf = (deals: { id: string }[]) => deals.map(({ id }) => id)
const several = (tenant: TestTenant, count: number, input: object = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => makeDeal(tenant.ctx('manager'), { title: `Deal ${n}`, ...input })),
  )

describe('a wish about many deals', () => {
  it('changes each, with its own history, audit row and event, once', async () => {
    const ctx = acme.ctx('manager')
    const ids = idsOf(await several(acme, 5))
    const result = await bulkUpdateDeals(ctx, { ids: [...ids, ...ids], change: toWon })
    expect(result.skipped).toEqual([])
    expect(result.updated.toSorted()).toEqual(ids.toSorted())
    for (const id of ids) {
      expect(await traces(ctx, id, 'deal.moved')).toEqual({ audits: 1, events: 1 })
      const deal = await readDeal(ctx, id)
      expect(deal).toMatchObject({ stage: 'CLOSED_WON', version: 2 })
      expect(deal.history.map(({ stage }) => stage)).toEqual(['LEAD', 'CLOSED_WON'])
    }
  })

  it('says of each deal that it leaves out why, and of one of another firm what it says of none', async () => {
    const ctx = acme.ctx('manager')
    const [open, won, held] = await several(acme, 3)
    const foreign = await makeDeal(globex.ctx('manager'))
    const binned = await makeDeal(ctx)
    if (!open || !won || !held) throw new Error('no deals')
    for (const { id } of [won, held]) await moveDeal(ctx, id, { stage: 'CLOSED_WON' })
    await holdDeal(ctx, held.id)
    await bulkDeleteDeals(ctx, { ids: [binned.id] })
    const nobody = crypto.randomUUID()
    const ids = [open.id, won.id, held.id, foreign.id, nobody, binned.id]
    const reopened = await bulkUpdateDeals(ctx, { ids, change: { action: 'move', stage: 'LEAD' } })
    expect(reopened.updated).toEqual([won.id])
    expect(Object.fromEntries(reopened.skipped.map(({ id, reason }) => [id, reason]))).toEqual({
      [open.id]: 'already_so',
      [held.id]: 'held',
      [foreign.id]: 'not_found',
      [nobody]: 'not_found',
      [binned.id]: 'not_found',
    })
    expect(await readDeal(globex.ctx('manager'), foreign.id)).toMatchObject({ version: 1 })
  })

  it('lets members change their own and skips the others', async () => {
    const mine = await makeDeal(acme.ctx('member'))
    const theirs = await makeDeal(acme.ctx('manager'))
    const change: BulkChange = { action: 'prioritise', priority: 'URGENT' }
    const result = await bulkUpdateDeals(acme.ctx('member'), { ids: [mine.id, theirs.id], change })
    expect(result).toMatchObject({ updated: [mine.id], skipped: [{ id: theirs.id, reason: 'not_yours' }] })
    await expect(
      bulkUpdateDeals(acme.ctx('member'), {
        ids: [mine.id],
        change: { action: 'assign', ownerId: acme.members.owner.id },
      }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each<[string, BulkChange, object]>([
    ['priority', { action: 'prioritise', priority: 'URGENT' }, { priority: 'URGENT' }],
    ['the close date', { action: 'expect', expectedCloseDate: '2027-01-31' }, { expectedCloseDate: '2027-01-31' }],
    ['tags', { action: 'tag', add: ['new'], remove: ['old'] }, { tags: ['kept', 'new'] }],
    ['nobody as owner', { action: 'assign', ownerId: null }, { owner: null }],
  ])('sets %s', async (_what, change, expected) => {
    const ids = idsOf(await several(acme, 3, { tags: ['old', 'kept'] }))
    expect((await bulkUpdateDeals(acme.ctx('manager'), { ids, change })).updated).toHaveLength(3)
    for (const id of ids) expect(await readDeal(acme.ctx('manager'), id)).toMatchObject(expected)
  })

  it('refuses what makes no sense before it touches anything', async () => {
    const [deal] = await several(acme, 1)
    const ids = [deal?.id ?? '']
    const ctx = acme.ctx('manager')
    for (const change of [
      { action: 'move', stage: 'CLOSED_LOST' },
      { action: 'move', stage: 'LEAD', lostReason: 'why?' },
      { action: 'assign', ownerId: globex.members.owner.id },
    ] satisfies BulkChange[])
      await expect(bulkUpdateDeals(ctx, { ids, change })).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await readDeal(ctx, ids[0] ?? '')).toMatchObject({ version: 1 })
  })

  it('asks the database the same number of questions for three deals and for three hundred', async () => {
    const ctx = acme.ctx('manager')
    const count = async (ids: string[]) => {
      const recorded = recording(ctx)
      await bulkUpdateDeals(recorded.ctx, { ids, change: toWon })
      return recorded.asked.length
    }
    const few = await count(idsOf(await several(acme, 3)))
    expect(await count(idsOf(await several(acme, 300)))).toBe(few)
    expect(few).toBeLessThanOrEqual(5)
  })

  it('does not stand still when two wishes meet in opposite orders', async () => {
    const ids = idsOf(await several(acme, 20))
    const ctx = acme.ctx('manager')
    const wishes = Array.from({ length: 8 }, (_, n) =>
      bulkUpdateDeals(ctx, {
        ids: n % 2 ? ids : ids.toReversed(),
        change: { action: 'prioritise', priority: n % 2 ? 'HIGH' : 'LOW' },
      }),
    )
    await Promise.all(wishes)
    for (const id of ids) expect(['HIGH', 'LOW']).toContain((await readDeal(ctx, id)).priority)
  })
})

describe('taking a wish back', () => {
  it('makes every deal what it was, but for those that somebody has changed since', async () => {
    const ctx = acme.ctx('manager')
    const deals = await several(acme, 4, { priority: 'LOW' })
    const ids = idsOf(deals)
    const { batchId } = await bulkUpdateDeals(ctx, {
      ids,
      change: { action: 'move', stage: 'CLOSED_LOST', lostReason: 'Budget' },
    })
    const touched = ids[0] ?? ''
    await updateDeal(ctx, touched, { title: 'Somebody was here' })
    const undone = await undoBatch(ctx, batchId ?? '')
    expect(undone.updated).toHaveLength(3)
    expect(undone.skipped).toEqual([{ id: touched, reason: 'changed_since' }])
    for (const id of ids.slice(1))
      expect(await readDeal(ctx, id)).toMatchObject({ stage: 'LEAD', closedAt: null, lostReason: null, version: 3 })
    await expect(undoBatch(ctx, batchId ?? '')).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each<{ from: DealStage; change: Extract<BulkChange, { action: 'move' }> }>([
    { from: 'LEAD', change: { action: 'move', stage: 'CLOSED_WON' } },
    { from: 'LEAD', change: { action: 'move', stage: 'NEGOTIATION' } },
    { from: 'QUALIFIED', change: { action: 'move', stage: 'CLOSED_LOST', lostReason: 'By mistake' } },
    { from: 'NEGOTIATION', change: { action: 'move', stage: 'LEAD' } },
    { from: 'CLOSED_WON', change: { action: 'move', stage: 'QUALIFIED' } },
  ])('of moving deals from $from to $change.stage leaves the statistics of before', async ({ from, change }) => {
    const tenant = await world.tenant('Slip of the hand')
    const ctx = tenant.ctx('manager')
    const now = ctx.now()
    const ids = idsOf(await several(tenant, 3, { value: '100.00' }))
    await several(tenant, 2, { stage: 'NEGOTIATION' })
    if (from !== 'LEAD') for (const id of ids) await moveDeal(ctx, id, { stage: from })
    const numbers = async () =>
      dealStatisticsView.parse(JSON.parse(await dealStatistics({ ...ctx, now: () => now }, { mine: false })))
    const dates = () =>
      ctx.db.query(sql`select stage_entered_at, qualified_at, negotiated_at, lead_seconds, qualified_seconds,
        negotiation_seconds from deals where tenant_id = ${tenant.id}::uuid order by id`)
    const [before, datesBefore] = [await numbers(), await dates()]
    const { batchId } = await bulkUpdateDeals(ctx, { ids, change })
    expect(await numbers()).not.toEqual(before)
    await undoBatch(ctx, batchId ?? '')
    expect(await dates()).toEqual(datesBefore)
    expect(await numbers()).toEqual(before)
    const { history } = await readDeal(ctx, ids[0] ?? '')
    expect(history.slice(-2).map(({ stage }) => stage)).toEqual([change.stage, from])
  })

  it('is not for other members, and not for another firm', async () => {
    const { batchId } = await bulkUpdateDeals(acme.ctx('manager'), {
      ids: idsOf(await several(acme, 1)),
      change: { action: 'prioritise', priority: 'HIGH' },
    })
    for (const ctx of [acme.ctx('member'), globex.ctx('owner')])
      await expect(undoBatch(ctx, batchId ?? '')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('brings deals back from the trash', async () => {
    const ctx = acme.ctx('manager')
    const ids = idsOf(await several(acme, 3))
    const held = ids[0] ?? ''
    await holdDeal(ctx, held)
    const gone = await bulkDeleteDeals(ctx, { ids })
    expect(gone.skipped).toEqual([{ id: held, reason: 'held' }])
    const living = await listedIds(ctx)
    for (const id of ids.slice(1)) expect(living).not.toContain(id)
    expect(await listedIds(ctx, { deleted: 'true' })).toEqual(expect.arrayContaining(ids.slice(1)))
    await undoBatch(ctx, gone.batchId ?? '')
    expect(await listedIds(ctx)).toEqual(expect.arrayContaining(ids))
    const { db } = ctx
    const rows = await db.query(
      sql`select count(*)::int as n from deals where tenant_id = ${ctx.tenantId}::uuid and deleted_by_id is not null and deleted_at is null`,
    )
    expect(rows).toEqual([{ n: 0 }])
  })
})
