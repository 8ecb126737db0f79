// What a superadmin does to firms and people, and what those are told.
import { hashPassword } from '@throughline/accounts'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let superadmin: Caller

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  superadmin = await api.asStaff(await world.staff('super_admin'), 'super_admin')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const login = (email: string) =>
  api.app.inject({ method: 'POST', url: '/auth/v1/login', payload: { email, password: testPassword } })

describe('a suspended firm', () => {
  it('tells its people so when they sign in, while another firm is as it was', async () => {
    const [member, other] = [acme.members.manager, globex.members.manager]
    const suspended = await superadmin.post(`/admin/v1/tenants/${acme.id}/suspend`, { reason: 'The invoice is open.' })
    expect(suspended.json()).toMatchObject({ status: 'SUSPENDED' })
    const refused = await login(member.email)
    expect(refused.statusCode).toBe(403)
    expect(refused.json().error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Your firm is suspended'),
    })
    expect((await login(other.email)).statusCode).toBe(200)
    await superadmin.post(`/admin/v1/tenants/${acme.id}/reactivate`)
    expect((await login(member.email)).statusCode).toBe(200)
  })
})

describe('the list of people', () => {
  const emailsFor = async (q: string): Promise<string[]> => {
    const answer = await superadmin.get(`/admin/v1/users?${new URLSearchParams({ q, limit: '100' })}`)
    expect(answer.statusCode).toBe(200)
    return answer.json().data.map(({ email }: { email: string }) => email)
  }

  it('is searched by a part of a name or an address, in either case', async () => {
    const { email } = acme.members.owner
    expect(await emailsFor(email.toUpperCase())).toEqual([email])
    expect((await emailsFor('')).length).toBeGreaterThan(1)
  })

  it('takes what stands for anything in SQL as a letter', async () => {
    expect(await emailsFor('%')).toEqual([])
    expect(await emailsFor("' or true --")).toEqual([])
  })
})
