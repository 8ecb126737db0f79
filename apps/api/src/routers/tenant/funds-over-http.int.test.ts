// Funds, investors and commitments as a client of the API sees them.
import { commitmentView, fundView, investorDetail, investorView, searchPage } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
let admin: Caller
let foreign: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  admin = await api.as(acme, 'admin')
  foreign = await api.as(await world.tenant('Globex'), 'owner')
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const anew = () => ({ 'idempotency-key': crypto.randomUUID() })
const account = { holder: 'Fund SCSp', bank: 'First Bank', account: 'DE89 3704 0044 0532 0130 00', bic: 'COBADEFF' }
let made = 0
const fundBody = (change: object = {}) => {
  made += 1
  const name = `Fund ${made}`
  return { name, legalName: `${name} SCSp`, currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2025, ...change }
}
const aFund = async () => fundView.parse((await manager.post('/tenant/v1/funds', fundBody())).json())
const anInvestor = async (body: object = {}) =>
  investorView.parse(
    (await manager.post('/tenant/v1/investors', { name: 'Somebody', kind: 'ENTITY', ...body }, anew())).json(),
  )
const aCommitment = async (fundId: string, investorId: string) =>
  commitmentView.parse(
    (
      await manager.post(
        `/tenant/v1/funds/${fundId}/commitments`,
        { investorId, closeName: 'First close', closeDate: '2025-01-01', amount: '1000000.00' },
        anew(),
      )
    ).json(),
  )

describe('a fund over HTTP', () => {
  it('is made with terms as the field has them, read, changed on its version, closed and opened again', async () => {
    const created = await manager.post('/tenant/v1/funds', fundBody({ terms: { carry: '25' } }))
    expect(created.statusCode).toBe(201)
    const fund = fundView.parse(created.json())
    expect(fund).toMatchObject({ terms: { carry: '25', preferredReturn: '8', waterfall: 'european' }, state: 'OPEN' })
    const url = `/tenant/v1/funds/${fund.id}`
    expect(created.headers).toMatchObject({ location: url, etag: '"1"' })
    expect((await manager.patch(url, { vintage: 2024 }, { 'if-match': '"1"' })).headers.etag).toBe('"2"')
    expect((await manager.patch(url, { vintage: 2023 }, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await manager.post(`${url}/close`, { reason: 'Over.' })).json()).toMatchObject({ state: 'CLOSED' })
    expect((await manager.post(`${url}/close`, { reason: 'Again.' }, anew())).statusCode).toBe(409)
    expect((await manager.post(`${url}/reopen`, { reason: 'No.' })).json()).toMatchObject({ state: 'OPEN' })
    expect((await manager.post('/tenant/v1/funds', fundBody({ name: fund.name }))).statusCode).toBe(409)
    expect((await foreign.post('/tenant/v1/funds', fundBody({ name: fund.name }))).statusCode).toBe(201)
  })

  it.each([
    { currency: 'EURO' },
    { timeZone: 'Europe/Nowhere' },
    { vintage: 20.5 },
    { terms: { carry: '101' } },
    { terms: { holidays: ['2025-02-30'] } },
    { terms: { holidayNames: { Christmas: '2025-12-25' } } },
    { name: ' ' },
  ])('is not made with %j', async (change) => {
    expect((await manager.post('/tenant/v1/funds', fundBody(change))).statusCode).toBe(400)
  })

  it.each(['KWD', 'ZZZ'])('is not made in %s, which amounts cannot be kept in', async (currency) => {
    expect((await manager.post('/tenant/v1/funds', fundBody({ currency }))).statusCode).toBe(422)
  })
})

describe('who may what', () => {
  it('lets viewers and members read, managers write, and nobody of another firm know', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    const commitment = await aCommitment(fund.id, investor.id)
    const reads = [
      ...['/tenant/v1/funds', `/tenant/v1/funds/${fund.id}`, `/tenant/v1/funds/${fund.id}/recent`],
      ...[`/tenant/v1/funds/${fund.id}/investors`, `/tenant/v1/funds/${fund.id}/investors/${investor.id}`],
      ...[`/tenant/v1/funds/${fund.id}/investors/${investor.id}/events`, '/tenant/v1/investors'],
      `/tenant/v1/investors/${investor.id}`,
    ]
    for (const role of ['viewer', 'member'] as const) {
      const caller = await api.as(acme, role)
      for (const url of reads) expect([url, (await caller.get(url)).statusCode]).toEqual([url, 200])
      expect((await caller.post('/tenant/v1/funds', fundBody())).statusCode).toBe(403)
      expect((await caller.patch(`/tenant/v1/investors/${investor.id}`, { name: 'x' })).statusCode).toBe(403)
      const change = { change: 'increase', amount: '1', date: '2025-02-01', reason: 'x' }
      const refused = await caller.post(`/tenant/v1/commitments/${commitment.id}/change`, change, anew())
      expect(refused.statusCode).toBe(403)
    }
    for (const url of reads.filter((each) => each.includes(fund.id) || each.includes(investor.id)))
      expect([url, (await foreign.get(url)).statusCode]).toEqual([url, 404])
    const own = await foreign.get('/tenant/v1/investors?q=Somebody')
    expect(own.json()).toMatchObject({ data: [] })
    expect((await foreign.patch(`/tenant/v1/funds/${fund.id}`, { vintage: 2020 })).statusCode).toBe(404)
    expect((await foreign.get(`/tenant/v1/funds/${fund.id}/wire`)).statusCode).toBe(404)
  })

  it('shows accounts to admins alone, whole only on asking, and keeps who has asked', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    for (const url of [`/tenant/v1/funds/${fund.id}/wire`, `/tenant/v1/investors/${investor.id}/bank`]) {
      expect((await manager.put(url, { account })).statusCode).toBe(403)
      expect((await manager.get(url)).statusCode).toBe(403)
      const set = await admin.put(url, { account }, { 'if-match': '"1"' })
      expect([set.statusCode, set.body.includes('532013')]).toEqual([200, false])
      expect(Object.values(set.json())).toContain('•••• 3000')
      expect((await admin.put(url, { account }, { ...anew(), 'if-match': '"1"' })).statusCode).toBe(412)
      expect((await admin.get(url)).json()).toEqual({
        account: { ...account, account: 'DE89370400440532013000', routing: '', note: '' },
      })
      const wrong = { ...account, account: 'DE88370400440532013000' }
      expect((await admin.put(url, { account: wrong })).statusCode).toBe(400)
    }
    const { db } = acme.systemCtx()
    const log = await db.query<{ action: string; text: string }>(
      sql`select action, coalesce(before::text, '') || coalesce(after::text, '') as text from audit_entries
        where subject_id in (${fund.id}, ${investor.id}) and action like '%\\_viewed' or action like '%\\_changed'`,
    )
    expect(log.map(({ action }) => action).sort()).toEqual([
      ...['fund.wire_changed', 'fund.wire_viewed', 'investor.bank_changed', 'investor.bank_viewed'],
    ])
    expect(log.every(({ text }) => !text.includes('532013'))).toBe(true)
    const stored = await db.queryOne<{ sealed: string }>(
      sql`select wire_sealed || (select bank_sealed from investors where id = ${investor.id}::uuid) as sealed
        from funds where id = ${fund.id}::uuid`,
    )
    expect(stored?.sealed).toMatch(/^v1\./)
    expect(stored?.sealed).not.toContain('532013')
  })
})

describe('an investor over HTTP', () => {
  it('gets a code, is found by name and code, and shows where it stands', async () => {
    const [first, second] = [await anInvestor({ name: 'Alpha' }), await anInvestor({ name: 'Beta' })]
    const numberOf = (code: string) => Number(code.slice(3))
    expect(numberOf(second.code)).toBe(numberOf(first.code) + 1)
    expect(first.code).toMatch(/^LP-\d{4}$/)
    const fund = await aFund()
    await aCommitment(fund.id, first.id)
    const detail = investorDetail.parse((await manager.get(`/tenant/v1/investors/${first.id}`)).json())
    expect(detail.positions).toMatchObject([{ fundId: fund.id, currency: 'EUR', figures: { uncalled: '1000000.00' } }])
    for (const q of ['Alph', first.code.toLowerCase()])
      expect((await manager.get(`/tenant/v1/investors?q=${q}`)).json().data).toMatchObject([{ id: first.id }])
    expect((await manager.get('/tenant/v1/investors?q=%25')).json().data).toEqual([])
  })

  it('has a code of its own, and parties of its firm', async () => {
    const { code, id } = await anInvestor({ code: 'gp-1' })
    expect(code).toBe('GP-1')
    const taken = await manager.post('/tenant/v1/investors', { name: 'Two', kind: 'PERSON', code: 'GP-1' })
    expect([taken.statusCode, taken.json().error.message]).toEqual([409, 'Another investor has the code GP-1.'])
    const theirs = (await foreign.post('/tenant/v1/companies', { name: 'Theirs' })).json().id
    const linked = await manager.patch(`/tenant/v1/investors/${id}`, { companyId: theirs })
    expect([linked.statusCode, linked.json().error.details.issues[0].path]).toEqual([400, 'body.companyId'])
    const own = (await manager.post('/tenant/v1/companies', { name: 'Ours' })).json().id
    const changed = await manager.patch(`/tenant/v1/investors/${id}`, { companyId: own }, { 'if-match': '"1"' })
    expect(changed.json()).toMatchObject({ companyId: own, version: 2 })
    const contacts = [{ name: 'Ann', email: 'not an address' }]
    expect((await manager.patch(`/tenant/v1/investors/${id}`, { contacts })).statusCode).toBe(400)
  })

  it('and its fund are found by the search of all desks, by who may see them', async () => {
    const name = `Zanzibar ${crypto.randomUUID().slice(0, 8)}`
    const investor = await anInvestor({ name })
    const fund = fundView.parse((await manager.post('/tenant/v1/funds', fundBody({ name: `${name} I` }))).json())
    const { data } = searchPage.parse((await manager.get('/tenant/v1/search?q=zanzibar')).json())
    expect(data.map(({ kind, id }) => [kind, id]).sort()).toEqual([
      ['fund', fund.id],
      ['investor', investor.id],
    ])
    expect((await foreign.get('/tenant/v1/search?q=zanzibar')).json().data).toEqual([])
  })
})

describe('a commitment over HTTP', () => {
  it('is made once per key, changed on its version, and needs a key', async () => {
    const [fund, investor, buyer] = [await aFund(), await anInvestor(), await anInvestor()]
    const url = `/tenant/v1/funds/${fund.id}/commitments`
    const body = { investorId: investor.id, closeName: 'First close', closeDate: '2025-01-01', amount: '10.00' }
    expect((await manager.post(url, body)).statusCode).toBe(428)
    const key = anew()
    const [one, two] = [await manager.post(url, body, key), await manager.post(url, body, key)]
    expect([one.statusCode, two.json()]).toEqual([201, one.json()])
    expect((await manager.post(url, body, anew())).statusCode).toBe(409)
    expect((await manager.post(url, { ...body, amount: '0.00' }, anew())).statusCode).toBe(400)
    const act = `/tenant/v1/commitments/${one.json().id}`
    const change = { change: 'increase', amount: '5.00', date: '2025-02-01', reason: 'More' }
    expect((await manager.post(`${act}/change`, change, { ...anew(), 'if-match': '"1"' })).json()).toMatchObject({
      ...{ amount: '15.00', version: 2 },
    })
    expect((await manager.post(`${act}/change`, change, { ...anew(), 'if-match': '"1"' })).statusCode).toBe(412)
    const sold = { toInvestorId: buyer.id, amount: '4.00', date: '2025-03-01', reason: 'Sold' }
    const answer = await manager.post(`${act}/transfer`, sold, { ...anew(), 'if-match': '"2"' })
    expect(answer.json()).toMatchObject({ from: { amount: '11.00', version: 3 }, to: { amount: '4.00' } })
    expect((await foreign.post(`${act}/change`, change, anew())).statusCode).toBe(404)
    const recent = (await manager.get(`/tenant/v1/funds/${fund.id}/recent`)).json()
    expect(recent.data.map(({ kind, amount }: { kind: string; amount: string }) => [kind, amount])).toEqual([
      ['transferred_out', '4.00'],
      ['increased', '5.00'],
      ['committed', '10.00'],
    ])
    const past = await manager.get(`/tenant/v1/funds/${fund.id}/investors/${investor.id}?asOf=2025-01-31`)
    expect(past.json()).toMatchObject({ asOf: '2025-01-31', figures: { commitment: '10.00' } })
  })
})
