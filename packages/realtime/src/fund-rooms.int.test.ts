// Two firms, real sockets: who hears of a fund.
import type { AccessClaims, EventView } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventChannel } from './channels.ts'
import { emit } from './emit.ts'
import { readEvents, readLastSeq } from './events.repo.ts'
import { maxFunds } from './fund-rooms.ts'
import { maxPackets } from './refusals.ts'
import { claimsOf, startTestNode, type TestNode, tokenOf } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let node: TestNode
const clients: Socket[] = []

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  node = await startTestNode(world)
})
beforeEach(() => {
  node.refused.length = 0
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  await node?.close()
  await world?.close()
})

let made = 0
async function aFund({ systemCtx }: TestTenant): Promise<string> {
  const { db, tenantId } = systemCtx()
  made += 1
  const row = await db.queryOne<{ id: string }>(sql`
    insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${tenantId}::uuid, uuidv7(), ${`Fund ${made}`}, 'x', 'EUR', 'UTC', 2025, '{}') returning id`)
  return row?.id ?? ''
}

async function enter(claims: AccessClaims) {
  const options = { path: '/socket.io', addTrailingSlash: false, transports: ['websocket'], reconnection: false }
  const client = io(node.url, { ...options, auth: { token: tokenOf(claims) } })
  clients.push(client)
  const heard: EventView[] = []
  client.on('event', (event) => heard.push(event))
  await new Promise<void>((resolve) => client.once('ready', resolve))
  const join = (...fundIds: unknown[]): Promise<unknown> => client.emitWithAck('join', { fundIds })
  return { client, join, types: () => heard.map(({ type }) => type) }
}

/** Announces what happens in a fund and then, to the whole firm, that a company changed: what comes behind it has come. */
async function happens(tenant: TestTenant, fundId: string) {
  const ctx = tenant.ctx('manager')
  const base = await readLastSeq(ctx.db, tenant.id)
  await ctx.db.transaction(async () => {
    emit(ctx, 'fund.changed', { fundId })
    emit(ctx, 'commitment.changed', { fundId, investorId: fundId })
    emit(ctx, 'investor.changed', { investorId: fundId })
    emit(ctx, 'company.changed', { companyId: fundId })
  })
  for (const event of await readEvents(ctx.db, tenant.id, base, 10))
    await world.redis.publish(
      eventChannel(world.config.redis.prefix, tenant.id),
      JSON.stringify({ kind: 'event', tenantId: tenant.id, event }),
    )
}
const ofFund = ['fund.changed', 'commitment.changed']
const ofFirm = ['investor.changed', 'company.changed']
const refusal = (...refused: string[]) => ({ ok: false, code: 'forbidden', refused })

describe('the room of a fund', () => {
  it('has who shows the fund, and nobody else of the firm hears of it', async () => {
    const [fund, other] = [await aFund(acme), await aFund(acme)]
    const [looking, elsewhere, atHome] = [
      await enter(claimsOf(acme)),
      await enter(claimsOf(acme)),
      await enter(claimsOf(acme)),
    ]
    expect(await looking.join(fund)).toEqual({ ok: true })
    expect(await elsewhere.join(other)).toEqual({ ok: true })
    await happens(acme, fund)
    await expectEventually(() => expect(looking.types()).toEqual([...ofFund, ...ofFirm]))
    for (const { types } of [elsewhere, atHome]) await expectEventually(() => expect(types()).toEqual(ofFirm))
  })

  it('is left on leaving, and opened again by a new connection', async () => {
    const fund = await aFund(acme)
    const claims = claimsOf(acme)
    const first = await enter(claims)
    await first.join(fund)
    first.client.emit('leave', { fundIds: [fund] })
    // Answered behind the leaving: a client's packets are read in their order.
    await first.join('no id')
    await happens(acme, fund)
    await expectEventually(() => expect(first.types()).toEqual(ofFirm))
    first.client.close()
    const again = await enter(claims)
    expect(await again.join(fund)).toEqual({ ok: true })
    await happens(acme, fund)
    await expectEventually(() => expect(again.types()).toEqual([...ofFund, ...ofFirm]))
  })

  it('is closed to other firms, to reviewers, and to whoever asks for anything but a fund', async () => {
    const fund = await aFund(acme)
    const stranger = await enter(claimsOf(globex))
    const reviewer = await enter(claimsOf(null))
    const own = await enter(claimsOf(acme))
    expect(await stranger.join(fund)).toEqual(refusal(fund))
    expect(await reviewer.join(fund)).toEqual(refusal(fund))
    const nobodys = crypto.randomUUID()
    expect(await own.join(nobodys)).toEqual(refusal(nobodys))
    for (const asked of [`fund:${acme.id}:${fund}`, null, { toString: 1 }])
      expect(await own.join(asked)).toEqual(refusal())
    expect(await own.client.emitWithAck('join', `fund:${acme.id}:${fund}`)).toEqual(refusal())
    expect(await own.client.emitWithAck('join', { fundIds: [fund], tenantId: globex.id })).toEqual(refusal())
    expect(node.refused).toEqual(Array.from({ length: 8 }, () => 'room'))
    await happens(acme, fund)
    await happens(globex, fund)
    await expectEventually(() => expect(stranger.types()).toEqual(ofFirm))
    await expectEventually(() => expect(own.types()).toEqual(ofFirm))
    expect(reviewer.types()).toEqual([])
  })

  it('is left by a session that ends', async () => {
    const fund = await aFund(acme)
    const claims = claimsOf(acme)
    const [ended, other] = [await enter(claims), await enter(claimsOf(acme))]
    for (const { join } of [ended, other]) await join(fund)
    const gone = new Promise((resolve) => ended.client.once('disconnect', resolve))
    node.endSession(claims.sid)
    await gone
    await happens(acme, fund)
    await expectEventually(() => expect(other.types()).toEqual([...ofFund, ...ofFirm]))
    expect(ended.types()).toEqual([])
  })

  it('is joined with those of a whole list at once, but for funds of others', async () => {
    const [one, two, theirs] = [await aFund(acme), await aFund(acme), await aFund(globex)]
    const list = await enter(claimsOf(acme))
    expect(await list.join(one, theirs, two, one)).toEqual(refusal(theirs))
    expect(node.refused).toEqual(['room'])
    for (const fund of [one, two]) await happens(acme, fund)
    await happens(globex, theirs)
    await expectEventually(() => expect(list.types()).toEqual([...ofFund, ...ofFirm, ...ofFund, ...ofFirm]))
  })

  it('is one of a page of them: a tab shows no hundreds of funds', async () => {
    const funds: string[] = []
    for (let n = 0; n < maxFunds + 1; n++) funds.push(await aFund(acme))
    const [first = '', last = ''] = [funds[0], funds.at(-1)]
    const tab = await enter(claimsOf(acme))
    expect(await tab.join(...funds)).toEqual(refusal())
    expect(await tab.join(...funds.slice(0, 50))).toEqual({ ok: true })
    expect(await tab.join(...funds.slice(50))).toEqual(refusal(last))
    tab.client.emit('leave', { fundIds: [first] })
    expect(await tab.join(last)).toEqual({ ok: true })
    const gone = new Promise((resolve) => tab.client.once('disconnect', resolve))
    for (let n = 0; n < maxPackets; n++) tab.client.emit('leave', { fundIds: [first] })
    await gone
    expect(node.refused).toContain('flood')
  })
})

describe('events read by number', () => {
  it('have nothing of the fund desk for who may not see funds', async () => {
    const fund = await aFund(acme)
    const base = await readLastSeq(world.database.platform, acme.id)
    await happens(acme, fund)
    const { db } = acme.systemCtx()
    const types = async (...without: Parameters<typeof readEvents>[4][]) =>
      (await readEvents(db, acme.id, base, 10, ...without)).map(({ type }) => type)
    expect(await types()).toEqual([...ofFund, ...ofFirm])
    expect(await types(['fund.changed', 'commitment.changed', 'investor.changed'])).toEqual(['company.changed'])
  })
})
