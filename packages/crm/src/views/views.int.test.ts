import { createView as createViewBody, type UpdateView } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveCustomField, createCustomField, restoreCustomField } from '../custom-fields/index.ts'
import { aCompany } from '../records.testing.ts'
import { createView, duplicateView, getView, listViews, orderViews, removeView, updateView } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

type RoleName = 'manager' | 'member' | 'viewer' | 'admin'
const save = (role: RoleName, name: string, input: { shared?: boolean; definition?: object } = {}, tenant = acme) =>
  createView(tenant.ctx(role), createViewBody.parse({ name, definition: {}, ...input }))
const names = async (role: RoleName, tenant = acme) => (await listViews(tenant.ctx(role))).map(({ name }) => name)
const notFound = { code: 'not_found' }

describe('who sees and changes a view', () => {
  it('keeps one’s own to oneself, and shows what is shared to the whole firm and to no other', async () => {
    const own = await save('member', 'Only mine')
    const shared = await save('manager', 'For all', { shared: true })
    expect(await names('viewer')).toEqual(['For all'])
    expect(await names('member')).toEqual(['Only mine', 'For all'])
    expect(await names('viewer', globex)).toEqual([])
    for (const ctx of [acme.ctx('admin'), globex.ctx('owner')]) {
      await expect(getView(ctx, own.id)).rejects.toMatchObject(notFound)
      await expect(updateView(ctx, own.id, { name: 'Taken' })).rejects.toMatchObject(notFound)
      await expect(removeView(ctx, own.id)).rejects.toMatchObject(notFound)
      await expect(duplicateView(ctx, own.id)).rejects.toMatchObject(notFound)
    }
    await expect(getView(globex.ctx('owner'), shared.id)).rejects.toMatchObject(notFound)
    await expect(getView(acme.ctx('viewer'), shared.id)).resolves.toMatchObject({ name: 'For all' })
  })

  it('lets managers share, and care for what is shared; nobody else', async () => {
    await expect(save('member', 'Wished for', { shared: true })).rejects.toMatchObject({ code: 'forbidden' })
    const shared = await save('manager', 'Weekly', { shared: true })
    await expect(updateView(acme.ctx('member'), shared.id, { name: 'Mine now' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(removeView(acme.ctx('viewer'), shared.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(updateView(acme.ctx('admin'), shared.id, { name: 'Each week' })).resolves.toMatchObject({
      name: 'Each week',
      owner: { id: acme.members.manager.id },
      version: 2,
    })
    await updateView(acme.ctx('admin'), shared.id, { shared: false })
    await expect(getView(acme.ctx('admin'), shared.id)).rejects.toMatchObject(notFound)
  })

  it('copies a shared view into one’s own, which is shared with nobody', async () => {
    const shared = await save('manager', 'Good idea', { shared: true, definition: { filter: { q: 'x' } } })
    const copy = await duplicateView(acme.ctx('viewer'), shared.id)
    expect(copy).toMatchObject({
      name: 'Copy of Good idea',
      shared: false,
      owner: { id: acme.members.viewer.id },
      definition: { filter: { q: 'x' } },
    })
    expect((await duplicateView(acme.ctx('viewer'), shared.id)).name).toBe('Copy of Good idea (2)')
  })
})

describe('changing views', () => {
  it('refuses a name that one has, an old version and a filter that does not exist', async () => {
    const view = await save('admin', 'Once')
    await save('admin', 'Twice')
    await updateView(acme.ctx('admin'), view.id, { definition: { ...view.definition, layout: 'board', columns: [] } })
    await expect(save('admin', 'Once')).rejects.toMatchObject({ code: 'conflict' })
    const attempts: [UpdateView, string][] = [
      [{ name: 'Twice' }, 'conflict'],
      [{ name: 'Other', version: 1 }, 'stale_version'],
      [{ definition: { ...view.definition, filter: { colour: 'red' }, columns: [] } }, 'validation_failed'],
    ]
    for (const [change, code] of attempts)
      await expect(updateView(acme.ctx('admin'), view.id, change)).rejects.toMatchObject({ code })
    await expect(getView(acme.ctx('admin'), view.id)).resolves.toMatchObject({
      name: 'Once',
      version: 2,
      definition: { layout: 'board' },
    })
  })

  it('lets one of two views of one name through when both are saved at once', async () => {
    const saved = await Promise.allSettled([save('viewer', 'Race'), save('viewer', 'Race')])
    expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(saved.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
  })

  it('keeps each person’s own order', async () => {
    const tidy = await world.tenant('Tidy')
    for (const name of ['a', 'b', 'c']) await save('member', name, {}, tidy)
    const foreign = await save('manager', 'shared', { shared: true }, tidy)
    const ids = (await listViews(tidy.ctx('member'))).filter(({ shared }) => !shared).map(({ id }) => id)
    await orderViews(tidy.ctx('member'), ids.toReversed())
    expect(await names('member', tidy)).toEqual(['c', 'b', 'a', 'shared'])
    await expect(orderViews(tidy.ctx('member'), [...ids.slice(1), foreign.id])).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })
})

describe('a view that names something that is gone', () => {
  it('opens without it and says so, and is whole again when it comes back', async () => {
    const admin = acme.ctx('admin')
    const field = await createCustomField(admin, { kind: 'DEAL', label: 'Industry', type: 'TEXT', options: [] })
    const companyId = await aCompany(acme)
    const definition = {
      filter: { custom: ['industry:software'], companyId, ownerId: [acme.members.member.id], q: 'kept' },
      columns: ['title', 'custom.industry'],
      sort: 'value',
    }
    const view = await save('manager', 'Software', { shared: true, definition })
    expect(view).toMatchObject({ warnings: [], usable: definition })

    await archiveCustomField(admin, field.id)
    const { platform } = world.database
    await platform.execute(sql`update companies set deleted_at = now() where id = ${companyId}::uuid`)
    await platform.execute(
      sql`update members set disabled_at = now() where tenant_id = ${acme.id}::uuid and id = ${acme.members.member.id}::uuid`,
    )
    const opened = await getView(acme.ctx('viewer'), view.id)
    expect(opened).toMatchObject({
      definition,
      usable: { filter: { q: 'kept' }, columns: ['title'], sort: 'value' },
    })
    expect(opened.warnings.map(({ part }) => part).sort()).toEqual([
      'columns',
      'filter.companyId',
      'filter.custom',
      'filter.ownerId',
    ])
    expect(opened.warnings).toContainEqual({ part: 'columns', message: 'The field Industry was archived.' })

    await restoreCustomField(admin, field.id)
    await platform.execute(sql`update companies set deleted_at = null where id = ${companyId}::uuid`)
    await platform.execute(
      sql`update members set disabled_at = null where tenant_id = ${acme.id}::uuid and id = ${acme.members.member.id}::uuid`,
    )
    expect(await getView(acme.ctx('viewer'), view.id)).toMatchObject({ warnings: [], usable: definition })
  })

  it('lists with two statements however many views there are, whatever is kept in them', async () => {
    const viewer = acme.ctx('viewer')
    for (const name of ['1', '2', '3', '4']) await save('viewer', name)
    await viewer.db.execute(sql`update saved_views set definition = '{"filter": 5, "sort": null, "columns": ["x"]}'
      where owner_id = ${acme.members.viewer.id}::uuid and name in ('1', '2')`)
    const recorder = recordStatements()
    const views = await listViews(viewer)
    expect(recorder.take()).toHaveLength(2)
    recorder.stop()
    const [broken] = views.filter(({ name }) => name === '1')
    expect(broken).toMatchObject({
      usable: { filter: {}, sort: 'newest', columns: [] },
      warnings: [{ part: 'columns' }],
    })
  })
})
