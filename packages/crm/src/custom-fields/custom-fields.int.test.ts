import {
  createCustomField as createCustomFieldBody,
  maxCustomFields,
  type UpdateCustomField,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeal } from '../records.testing.ts'
import {
  archiveCustomField,
  createCustomField,
  listCustomFields,
  listLeadSources,
  listTags,
  orderCustomFields,
  readCustomFields,
  restoreCustomField,
  updateCustomField,
} from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const field = (tenant: TestTenant, input: object) =>
  createCustomField(tenant.ctx('admin'), createCustomFieldBody.parse({ type: 'TEXT', ...input }))

describe('a custom field', () => {
  it('gets a key from its label that stays when the label changes, and another one for the same label', async () => {
    const first = await field(acme, { label: 'Annual budget' })
    const second = await field(acme, { label: 'Annual Budget!' })
    expect([first.key, second.key]).toEqual(['annual_budget', 'annual_budget_2'])
    const renamed = await updateCustomField(acme.ctx('admin'), first.id, { label: 'Money', version: 1 })
    expect(renamed).toMatchObject({ key: 'annual_budget', label: 'Money', version: 2 })
    expect((await field(globex, { label: 'Annual budget' })).key).toBe('annual_budget')
  })

  it('is not changed from an old version, nor by another firm, nor into nonsense', async () => {
    const choice = await field(acme, { label: 'Tier', type: 'CHOICE', options: ['Gold', 'Silver'] })
    await updateCustomField(acme.ctx('admin'), choice.id, { options: ['Gold', 'Bronze'] })
    const attempts: [TestTenant, UpdateCustomField, string][] = [
      [acme, { label: 'Old', version: 1 }, 'stale_version'],
      [acme, { options: [] }, 'validation_failed'],
      [acme, { options: ['Gold', 'gold'] }, 'validation_failed'],
      [globex, { label: 'Theirs' }, 'not_found'],
    ]
    for (const [tenant, change, code] of attempts)
      await expect(updateCustomField(tenant.ctx('admin'), choice.id, change)).rejects.toMatchObject({ code })
    const [kept] = (await listCustomFields(acme.ctx('viewer'), 'DEAL')).filter(({ id }) => id === choice.id)
    expect(kept).toMatchObject({ label: 'Tier', options: ['Gold', 'Bronze'], version: 2 })
  })

  it('is archived out of use and restored with its key; both twice change nothing', async () => {
    const ctx = acme.ctx('admin')
    const { id } = await field(acme, { label: 'Seldom used' })
    const archived = await archiveCustomField(ctx, id)
    expect(archived.archivedAt).not.toBeNull()
    expect(await archiveCustomField(ctx, id)).toEqual(archived)
    expect((await readCustomFields(ctx.db, 'DEAL')).map((living) => living.id)).not.toContain(id)
    expect((await field(acme, { label: 'Seldom used' })).key).toBe('seldom_used_2')
    const restored = await restoreCustomField(ctx, id)
    expect(restored).toMatchObject({ key: 'seldom_used', archivedAt: null })
    expect(await restoreCustomField(ctx, id)).toEqual(restored)
    const told = await ctx.db.query(sql`select action from audit_entries where subject_id = ${id}::uuid order by seq`)
    expect(told.map((row) => Reflect.get(row, 'action'))).toEqual([
      'custom_field.created',
      'custom_field.archived',
      'custom_field.restored',
    ])
  })

  it('stands where it is put, when every field is named once', async () => {
    const ctx = acme.ctx('admin')
    const ids = (await readCustomFields(ctx.db, 'DEAL')).map(({ id }) => id).reverse()
    const isLiving = (candidate: { archivedAt: string | null }) => candidate.archivedAt === null
    expect((await orderCustomFields(ctx, ids)).filter(isLiving).map(({ id }) => id)).toEqual(ids)
    const foreign = await field(globex, { label: 'Theirs' })
    for (const wrong of [ids.slice(1), [...ids, ...ids], [...ids.slice(1), foreign.id]])
      await expect(orderCustomFields(ctx, wrong)).rejects.toMatchObject({ code: 'validation_failed' })
    expect((await readCustomFields(ctx.db, 'DEAL')).map(({ id }) => id)).toEqual(ids)
  })

  it('is one of at most 50, however many are added at once', async () => {
    const full = await world.tenant('Full')
    const added = await Promise.allSettled(
      Array.from({ length: maxCustomFields + 5 }, (_, n) => field(full, { label: `Field ${n}` })),
    )
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxCustomFields)
    const fields = await readCustomFields(full.ctx('viewer').db, 'DEAL')
    expect(new Set(fields.map(({ key }) => key)).size).toBe(maxCustomFields)
    const [first] = fields
    if (!first) throw new Error('there are fields')
    await archiveCustomField(full.ctx('admin'), first.id)
    await field(full, { label: 'In its place' })
    await expect(restoreCustomField(full.ctx('admin'), first.id)).rejects.toMatchObject({ code: 'conflict' })
  })
})

it('suggests the tags and lead sources that one’s own deals carry, most used first, and no other firm’s', async () => {
  const add = (tenant: TestTenant, role: 'manager' | 'member', leadSource: string, tags: string[]) =>
    aDeal(tenant, { ownerId: tenant.members[role].id, leadSource, tags })
  await add(acme, 'manager', 'Referral', ['hot', 'b'])
  await add(acme, 'manager', 'Referral', ['hot'])
  await add(acme, 'member', 'Website', ['mine'])
  await add(globex, 'manager', 'Hidden', ['hidden'])
  const gone = await aDeal(acme, { leadSource: 'Gone', tags: ['gone'] })
  await acme.ctx('manager').db.execute(sql`update deals set deleted_at = now() where id = ${gone}::uuid`)
  expect(await listTags(acme.ctx('member'), 'DEAL')).toEqual({
    data: [
      { tag: 'hot', count: 2 },
      { tag: 'b', count: 1 },
      { tag: 'mine', count: 1 },
    ],
  })
  expect(await listTags(acme.ctx('viewer'), 'COMPANY')).toEqual({ data: [] })
  expect(await listLeadSources(acme.ctx('viewer'))).toEqual({
    data: [
      { leadSource: 'Referral', count: 2 },
      { leadSource: 'Website', count: 1 },
    ],
  })
  const strict = await world.tenant('Strict')
  await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${strict.id}::uuid`)
  await add(strict, 'manager', 'Referral', ['hot'])
  await add(strict, 'member', 'Website', ['mine'])
  expect(await listTags(strict.ctx('member'), 'DEAL')).toEqual({ data: [{ tag: 'mine', count: 1 }] })
  expect(await listLeadSources(strict.ctx('member'))).toEqual({ data: [{ leadSource: 'Website', count: 1 }] })
})
