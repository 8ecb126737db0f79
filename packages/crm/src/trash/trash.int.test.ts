import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateCompany } from '../companies/index.ts'
import { deleteDeal, restoreDeal } from '../deals/index.ts'
import { holdDeal, listedIds, makeDeal, traces } from '../deals/testing.ts'
import { aCompany, aContact } from '../records.testing.ts'
import { dealStatistics } from '../statistics/index.ts'
import { deleteRecord, purgeOldTrash, purgeRecord } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

const now = new Date()
const statistics = (tenant: TestTenant, kept: boolean) => {
  const ctx = { ...tenant.ctx('manager'), now: () => now }
  return dealStatistics(kept ? ctx : { ...ctx, answers: undefined }, { mine: false })
}

describe('statistics that were asked for before', () => {
  it('a company or contact is purged are those of the scores that its deals have afterwards', async () => {
    const ctx = acme.ctx('manager')
    const [company, contact] = [await aCompany(acme), await aContact(acme)]
    await updateCompany(ctx, company, { size: '5001+' })
    await makeDeal(ctx, { companyId: company, contactId: contact })
    await deleteRecord(ctx, 'company', company, undefined)
    await deleteRecord(ctx, 'contact', contact, undefined)
    for (const [kind, id] of [
      ['company', company],
      ['contact', contact],
    ] as const) {
      const before = await statistics(acme, true)
      await purgeRecord(ctx, kind, id)
      const fresh = await statistics(acme, false)
      expect(fresh).not.toBe(before)
      expect(await statistics(acme, true)).toBe(fresh)
    }
  })

  it('old trash is purged are those of afterwards too', async () => {
    const tenant = await world.tenant('Old')
    const ctx = tenant.ctx('manager')
    const company = await aCompany(tenant)
    await makeDeal(ctx, { companyId: company })
    await ctx.db.execute(sql`update companies set deleted_at = now() - interval '31 days' where id = ${company}::uuid`)
    const before = await statistics(tenant, true)
    expect(await purgeOldTrash(tenant.systemCtx(), new Date(now.getTime() - 30 * 86_400_000))).toMatchObject({
      company: 1,
    })
    const fresh = await statistics(tenant, false)
    expect(fresh).not.toBe(before)
    expect(await statistics(tenant, true)).toBe(fresh)
  })
})

describe('a deal that is purged', () => {
  it('is out of the trash for good, with its history and people, and everybody who looks at the trash is told', async () => {
    const ctx = acme.ctx('admin')
    const [contact, other] = [await aContact(acme), await makeDeal(ctx, { title: 'Stays' })]
    const { id } = await makeDeal(ctx, { title: 'Goes', contacts: [{ contactId: contact, role: 'champion' }] })
    await expect(purgeRecord(ctx, 'deal', id)).rejects.toMatchObject({ code: 'not_found' })
    for (const each of [id, other.id]) await deleteDeal(ctx, each, undefined)
    await expect(purgeRecord(globex.ctx('owner'), 'deal', id)).rejects.toMatchObject({ code: 'not_found' })
    await purgeRecord(ctx, 'deal', id)
    expect(await listedIds(ctx, { deleted: 'true' })).toEqual([other.id])
    expect(await traces(ctx, id, 'deal.purged')).toEqual({ audits: 1, events: 1 })
    const left = await ctx.db.query(sql`
      select deal_id from stage_changes where deal_id = ${id}::uuid
      union all select deal_id from deal_contacts where deal_id = ${id}::uuid`)
    expect(left).toEqual([])
    await expect(restoreDeal(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(purgeRecord(ctx, 'deal', id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is none that something is built on', async () => {
    const ctx = acme.ctx('admin')
    const { id } = await makeDeal(ctx)
    await deleteDeal(ctx, id, undefined)
    await holdDeal(ctx, id)
    await expect(purgeRecord(ctx, 'deal', id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await traces(ctx, id, 'deal.purged')).toEqual({ audits: 0, events: 0 })
    expect(await listedIds(ctx, { deleted: 'true' })).toContain(id)
  })
})
