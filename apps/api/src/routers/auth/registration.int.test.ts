// From nobody to somebody: registration, invitation, forgotten passwords. Links come by mail and are good once.
import { randomUUID } from 'node:crypto'
import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMails, type TestMails } from '../../mails.testing.ts'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let mails: TestMails
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  api = await createTestApp(world)
  mails = await startMails(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await mails?.close()
  await api?.close()
  await world?.close()
})

const post = (url: string, payload: object) =>
  api.app.inject({ method: 'POST', url: `/auth/v1${url}`, payload, headers: { 'x-client': 'api' } })
const signIn = (email: string, password: string) => post('/login', { email, password })
const key = () => ({ 'idempotency-key': randomUUID() })
const firm = (email: string) => ({
  tenantName: 'Initech Partners',
  name: 'Irene',
  email,
  password: 'a long enough phrase',
})

describe('a registration', () => {
  it('makes a firm and its owner, who gets in once the address is confirmed', async () => {
    const email = 'irene@initech.test'
    const asked = await post('/register', firm('Irene@Initech.test'))
    expect([asked.statusCode, asked.body]).toEqual([202, ''])
    const early = await signIn(email, 'a long enough phrase')
    expect([early.statusCode, early.json().error.code]).toEqual([403, 'email_not_verified'])

    // Trying to sign in has sent a second link, and the first is void.
    await expectEventually(async () => expect(await mails.countTo(email)).toBe(2))
    const token = await mails.tokenTo(email, /Confirm/)
    expect((await post('/verify-email', { token })).statusCode).toBe(204)
    const session = (await signIn(email, 'a long enough phrase')).json()
    expect(session.user).toMatchObject({ role: 'owner', tenant: { name: 'Initech Partners' } })
    const deals = await api.with(session.accessToken).get('/tenant/v1/deals')
    expect(deals.json().data, 'and sees nothing of other firms').toEqual([])
    expect((await post('/verify-email', { token })).json().error.code, 'the link is good once').toBe(
      'link_used_or_expired',
    )
  })

  it('says the same to somebody who has an account, and tells its owner by mail', async () => {
    const { email } = acme.members.owner
    const answer = await post('/register', firm(email))
    expect([answer.statusCode, answer.body]).toEqual([202, ''])
    expect(await mails.textTo(email, /have an account/)).toContain('nothing was changed')
    expect((await signIn(email, 'a long enough phrase')).statusCode).toBe(401)
    expect((await signIn(email, testPassword)).json().user.tenant.name).toBe('Acme')
  })

  it('refuses a common password, a short one and fields that it does not know', async () => {
    const refused = async (change: object) => {
      const { statusCode, body } = await post('/register', { ...firm('nobody@new.test'), ...change })
      return [statusCode, JSON.parse(body).error.code]
    }
    expect(await refused({ password: 'password123' })).toEqual([422, 'password_refused'])
    expect((await refused({ password: 'short' }))[0]).toBe(400)
    expect((await refused({ password: 'x'.repeat(129) }))[0]).toBe(400)
    expect((await refused({ role: 'super_admin' }))[0]).toBeGreaterThanOrEqual(400)
    expect(
      await world.database.platform.queryOne(sql`select 1 as one from users where email = 'nobody@new.test'`),
    ).toBeUndefined()
  })

  it('of one address by twenty people at once makes one account', async () => {
    const email = 'race@initech.test'
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/register', firm(email))))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(202))
    const users = await world.database.platform.query(sql`select 1 as one from users where email = ${email}`)
    const members = await world.database.platform.query(sql`select 1 as one from members where email = ${email}`)
    expect([users.length, members.length]).toEqual([1, 1])
  })
})

describe('an invitation', () => {
  it('brings somebody new in, with the role that was given and into that firm alone', async () => {
    const admin = await api.as(acme, 'admin')
    const email = 'nora@guest.test'
    const sent = await admin.post('/tenant/v1/invitations', { email: 'Nora@guest.test', role: 'manager' })
    expect(sent.statusCode).toBe(201)
    expect(sent.json()).toMatchObject({ email, role: 'manager', state: 'open', invitedBy: 'admin of Acme' })
    const token = await mails.tokenTo(email, /Join Acme/)
    const preview = (await post('/invitations/preview', { token })).json()
    expect(preview).toEqual({ tenantName: 'Acme', email, role: 'manager', hasAccount: false })
    const accept = (change: object) =>
      post('/invitations/accept', { token, name: 'Nora', password: 'a phrase for nora', ...change })
    expect((await accept({ password: 'password1' })).json().error.code).toBe('password_refused')
    expect((await accept({ name: undefined })).statusCode, 'and the link is still good').toBe(400)
    const both = await Promise.all([accept({}), accept({})])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 410])

    const session = (await signIn(email, 'a phrase for nora')).json()
    expect(session.user).toMatchObject({ role: 'manager', tenant: { name: 'Acme' }, firms: [{ name: 'Acme' }] })
    const audit = await acme
      .systemCtx()
      .db.query<{ action: string }>(sql`select action from audit_entries where action like 'invitation.%' order by seq`)
    expect(audit.map(({ action }) => action)).toEqual(['invitation.sent', 'invitation.accepted'])
  })

  it('lets somebody with an account into a second firm, and they go from one to the other', async () => {
    const { email } = globex.members.manager
    const owner = await api.as(acme, 'owner')
    await owner.post('/tenant/v1/invitations', { email, role: 'viewer' })
    const token = await mails.tokenTo(email, /Join Acme/)
    expect((await post('/invitations/preview', { token })).json().hasAccount).toBe(true)
    const wrong = await post('/invitations/accept', { token, password: 'not the password' })
    expect(wrong.json().error.code).toBe('invalid_credentials')
    expect((await post('/invitations/accept', { token, password: testPassword })).statusCode).toBe(204)

    const first = (await signIn(email, testPassword)).json()
    expect(first.user.firms.map(({ name }: { name: string }) => name)).toEqual(['Acme', 'Globex'])
    const other = first.user.tenant.name === 'Acme' ? globex : acme
    const as = api.with(first.accessToken)
    const switched = await as.post('/auth/v1/switch-firm', { tenantId: other.id }, { 'x-client': 'api' })
    expect(switched.json().user).toMatchObject({ tenant: { id: other.id } })
    expect((await as.get('/tenant/v1/settings')).statusCode, 'the first session has ended').toBe(401)
    const third = await world.tenant('Third')
    const strange = await api.with(switched.json().accessToken).post('/auth/v1/switch-firm', { tenantId: third.id })
    expect(strange.statusCode).toBe(404)
  })

  it('is given by whoever may give the role, sent once per address, and void when it is called off', async () => {
    const admin = await api.as(globex, 'admin')
    expect((await admin.post('/tenant/v1/invitations', { email: 'o@x.test', role: 'owner' })).statusCode).toBe(403)
    const manager = await api.as(globex, 'manager')
    expect((await manager.post('/tenant/v1/invitations', { email: 'o@x.test', role: 'viewer' })).statusCode).toBe(403)
    const taken = await admin.post('/tenant/v1/invitations', { email: globex.members.viewer.email, role: 'viewer' })
    expect(taken.statusCode).toBe(409)
    const email = 'pending@x.test'
    await admin.post('/tenant/v1/invitations', { email, role: 'viewer' })
    const again = (await admin.post('/tenant/v1/invitations', { email, role: 'member' })).json()
    const list = (await admin.get('/tenant/v1/invitations')).json().data
    expect(
      list.filter((each: { email: string; state: string }) => each.email === email && each.state === 'open'),
    ).toEqual([expect.objectContaining({ id: again.id, role: 'member' })])
    const token = await mails.tokenTo(email, /Join Globex/)
    const stranger = await api.as(acme, 'owner')
    expect((await stranger.post(`/tenant/v1/invitations/${again.id}/revoke`)).statusCode).toBe(404)
    expect((await admin.post(`/tenant/v1/invitations/${again.id}/revoke`)).json().state).toBe('revoked')
    expect((await post('/invitations/preview', { token })).statusCode).toBe(410)
    expect((await admin.post(`/tenant/v1/invitations/${again.id}/resend`)).statusCode).toBe(409)
  })

  it('has a link for half an hour, and another one when it is sent again', async () => {
    const owner = await api.as(acme, 'owner')
    const email = 'late@x.test'
    const { id } = (await owner.post('/tenant/v1/invitations', { email, role: 'viewer' })).json()
    const first = await mails.tokenTo(email, /Join Acme/)
    await world.database.platform.execute(
      sql`update link_tokens set expires_at = now() - interval '1 second' where invitation_id = ${id}::uuid`,
    )
    expect((await post('/invitations/preview', { token: first })).statusCode).toBe(410)
    expect((await owner.post(`/tenant/v1/invitations/${id}/resend`)).statusCode).toBe(200)
    await expectEventually(async () => expect(await mails.countTo(email)).toBe(2))
    const token = await mails.tokenTo(email, /Join Acme/)
    expect((await post('/invitations/preview', { token })).statusCode).toBe(200)
  })

  it('says so to somebody who has come in by another way meanwhile, and claims no role that was not given', async () => {
    const { id, email, name } = globex.members.viewer
    const owner = await api.as(acme, 'owner')
    await owner.post('/tenant/v1/invitations', { email, role: 'admin' })
    const token = await mails.tokenTo(email, /Join Acme/)
    await world.database.platform.execute(sql`insert into members (tenant_id, id, email, name, role)
      values (${acme.id}::uuid, ${id}::uuid, ${email}, ${name}, 'VIEWER')`)
    const accepted = await post('/invitations/accept', { token, password: testPassword })
    expect([accepted.statusCode, accepted.json().error.code]).toEqual([409, 'conflict'])
    const rows = (await owner.get(`/tenant/v1/audit?action=invitation.accepted&actorId=${id}`)).json().data
    expect(rows).toEqual([])
  })

  it('proves the address of an account that nobody had confirmed', async () => {
    const email = 'ines@initech.test'
    await post('/register', firm(email))
    await (await api.as(acme, 'owner')).post('/tenant/v1/invitations', { email, role: 'member' })
    const token = await mails.tokenTo(email, /Join Acme/)
    const password = 'a long enough phrase'
    expect((await post('/invitations/accept', { token, password })).statusCode).toBe(204)
    expect((await signIn(email, password)).statusCode).toBe(200)
  })

  it('is no way to flood a stranger with mails: few to one address, and not many of one firm', async () => {
    const owner = await api.as(await world.tenant('Hooli'), 'owner')
    const email = 'stranger@elsewhere.test'
    const { id } = (await owner.post('/tenant/v1/invitations', { email, role: 'viewer' })).json()
    const again = []
    for (let n = 0; n < 3; n++) again.push(await owner.post(`/tenant/v1/invitations/${id}/resend`, {}, key()))
    for (const asked of [email.toUpperCase(), email])
      again.push(await owner.post('/tenant/v1/invitations', { email: asked, role: 'viewer' }, key()))
    expect(again.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 201, 429])
    expect(again[4]?.headers['retry-after']).toBe('3600')
    const other = await (await api.as(acme, 'owner')).post('/tenant/v1/invitations', { email, role: 'viewer' })
    expect(other.statusCode, 'another firm may still invite them').toBe(201)

    const statuses = []
    for (let n = 0; n < 101; n++)
      statuses.push(
        (await owner.post('/tenant/v1/invitations', { email: `s${n}@elsewhere.test`, role: 'viewer' })).statusCode,
      )
    expect(statuses.filter((status) => status === 201)).toHaveLength(94)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
  })
})

describe('a forgotten password', () => {
  it('is replaced by a link, once, and every session ends', async () => {
    const { email } = acme.members.member
    const session = (await signIn(email, testPassword)).json()
    const asked = await post('/password/forgot', { email: email.toUpperCase() })
    expect([asked.statusCode, asked.body]).toEqual([202, ''])
    const token = await mails.tokenTo(email, /new password/)
    expect((await post('/password/reset', { token, password: 'iloveyou' })).json().error.code).toBe('password_refused')
    const both = await Promise.all(
      ['one new phrase here', 'two new phrase here'].map((password) => post('/password/reset', { token, password })),
    )
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 410])
    const right = both[0]?.statusCode === 204 ? 'one new phrase here' : 'two new phrase here'
    expect((await api.with(session.accessToken).get('/tenant/v1/settings')).statusCode).toBe(401)
    expect((await post('/refresh', { refreshToken: session.refreshToken })).statusCode).toBe(401)
    expect((await signIn(email, testPassword)).statusCode).toBe(401)
    expect((await signIn(email, right)).statusCode).toBe(200)
    expect(await mails.textTo(email, /was changed/)).toContain('just now')
  })

  it('is of no use to who asked for a link and keeps it, once its owner has changed the password', async () => {
    const { email } = acme.members.admin
    await post('/password/forgot', { email })
    const token = await mails.tokenTo(email, /new password/)
    const as = api.with((await signIn(email, testPassword)).json().accessToken)
    const change = { currentPassword: testPassword, newPassword: 'chosen by the owner' }
    expect((await as.post('/auth/v1/password/change', change)).statusCode).toBe(204)
    expect((await post('/password/reset', { token, password: 'chosen by a thief' })).statusCode).toBe(410)
    expect((await signIn(email, 'chosen by the owner')).statusCode).toBe(200)
  })

  it('answers the same about an address that nobody has, and does the same work', async () => {
    const jobs = async () =>
      (
        await world.database.platform.queryOne<{ n: number }>(
          sql`select count(*)::int as n from jobs where name = 'util__account-mail'`,
        )
      )?.n ?? 0
    const before = await jobs()
    const unknown = await post('/password/forgot', { email: 'nobody@nowhere.test' })
    const known = await post('/password/forgot', { email: acme.members.viewer.email })
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body])
    expect(await jobs()).toBe(before + 2)
    expect(await mails.countTo('nobody@nowhere.test')).toBe(0)
  })

  it('stores no token that could be used, in no row', async () => {
    const email = acme.members.owner.email
    await post('/password/forgot', { email })
    const token = await mails.tokenTo(email, /new password/)
    const rows = await world.database.platform.query<{ found: number }>(sql`
      select count(*)::int as found from (
        select row_to_json(t)::text as row from link_tokens t union all select row_to_json(t)::text from jobs t
        union all select row_to_json(t)::text from audit_entries t union all select row_to_json(t)::text from outbox t
        union all select row_to_json(t)::text from idempotency_keys t
      ) everything where position(${token} in row) > 0`)
    expect(rows).toEqual([{ found: 0 }])
    expect(JSON.stringify(await world.redis.keys('*'))).not.toContain(token)
  })
})
