// Who may make whom what: roles are given downwards, and a firm keeps an owner.
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

describe('a member', () => {
  it('is changed by whoever may give both roles, the one before and the one after', async () => {
    const admin = await api.as(acme, 'admin')
    const change = (role: keyof TestTenant['members'], to: string) =>
      admin.patch(`/tenant/v1/members/${acme.members[role].id}`, { role: to })
    expect((await change('viewer', 'member')).json()).toMatchObject({ role: 'member', version: 2 })
    expect((await change('viewer', 'owner')).statusCode, 'an admin makes no owner').toBe(403)
    expect((await change('owner', 'viewer')).statusCode, 'and unmakes none').toBe(403)
    expect((await change('admin', 'owner')).statusCode, 'nor lifts themselves').toBe(403)
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const other = await api.as(acme, role)
      const answer = await other.patch(`/tenant/v1/members/${acme.members.viewer.id}`, { role: 'viewer' })
      expect(answer.statusCode, role).toBe(403)
    }
  })

  it('of another firm is not there', async () => {
    const owner = await api.as(acme, 'owner')
    const answer = await owner.patch(`/tenant/v1/members/${globex.members.viewer.id}`, { role: 'admin' })
    expect(answer.statusCode).toBe(404)
    const listed = (await owner.get('/tenant/v1/members')).json().data.map(({ email }: { email: string }) => email)
    expect(listed).toHaveLength(5)
    expect(listed.join()).not.toContain('globex')
  })

  it('who is the last owner stays it, whatever two of them try at the same time', async () => {
    const owner = await api.as(globex, 'owner')
    const { admin, owner: first } = globex.members
    expect(
      (await owner.patch(`/tenant/v1/members/${first.id}`, { role: 'viewer' })).statusCode,
      'nobody themselves',
    ).toBe(409)
    await owner.patch(`/tenant/v1/members/${admin.id}`, { role: 'owner' })
    const second = await api.as({ ...globex, members: { ...globex.members, owner: admin } }, 'owner')
    const answers = await Promise.all([
      owner.patch(`/tenant/v1/members/${admin.id}`, { role: 'viewer' }),
      second.patch(`/tenant/v1/members/${first.id}`, { role: 'viewer' }),
    ])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  it('is not changed on a version that has moved on, and says so in words', async () => {
    const owner = await api.as(acme, 'owner')
    const path = `/tenant/v1/members/${acme.members.manager.id}`
    const both = await Promise.all([
      owner.patch(path, { role: 'member' }, { 'if-match': '"1"' }),
      owner.patch(path, { role: 'viewer' }, { 'if-match': '"1"' }),
    ])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412])
  })
})
