// Two nodes, real sockets, two firms.
import type { AccessClaims, EventView } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventChannel } from './channels.ts'
import { emit } from './emit.ts'
import { readEvents, readLastSeq } from './events.repo.ts'
import { clearAgentLive, publishLive, readAgentsLive, setAgentLive } from './live.ts'
import { claimsOf, startTestNode, type TestNode, tokenOf } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
const nodes: TestNode[] = []
const clients: Socket[] = []
const dealId = '01a1fc95-43e3-73da-86be-5895f1c71ec0'

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  nodes.push(await startTestNode(world), await startTestNode(world))
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  for (const node of nodes) await node.close()
  await world?.close()
})

const [first, second] = [() => nodes[0]?.url ?? '', () => nodes[1]?.url ?? '']

/** A browser that is in its rooms, and what it has heard. */
async function join(url: string, claims: AccessClaims | null, path = '/socket.io') {
  const client = io(url, {
    path,
    addTrailingSlash: false,
    transports: ['websocket'],
    auth: claims ? { token: tokenOf(claims) } : {},
    reconnection: false,
  })
  clients.push(client)
  const heard: (EventView & { tenantId?: string })[] = []
  const live: unknown[] = []
  client.on('event', (event) => heard.push(event))
  client.on('live', (signal) => live.push(signal))
  await new Promise<void>((resolve, reject) => {
    client.on('ready', resolve)
    client.on('connect_error', reject)
    client.on('disconnect', (reason) => reject(new Error(reason)))
  })
  return { client, heard, live, seqs: () => heard.map(({ seq }) => seq) }
}

const announce = (ctx: Ctx, times = 1) =>
  ctx.db.transaction(async () => {
    for (let n = 0; n < times; n++) emit(ctx, 'deal.created', { dealId, stage: 'LEAD' })
  })

/** What the relay does, from either node's point of view. */
async function publish(tenant: TestTenant, seqs: readonly number[]) {
  const events = await readEvents(world.database.platform, tenant.id, 0, 500)
  for (const seq of seqs) {
    const event = events.find((each) => each.seq === seq)
    await world.redis.publish(
      eventChannel(world.config.redis.prefix, tenant.id),
      JSON.stringify({ kind: 'event', tenantId: tenant.id, event }),
    )
  }
}

describe('events', () => {
  it('are numbered without holes, in the order of their commits, also when writers run side by side', async () => {
    const ctx = globex.ctx('manager')
    const base = await readLastSeq(ctx.db, globex.id)
    const writers = Array.from({ length: 12 }, (_, n) =>
      n % 4 === 3
        ? ctx.db
            .transaction(async () => {
              emit(ctx, 'deal.created', { dealId, stage: 'LEAD' })
              throw new Error('no')
            })
            .catch(() => undefined)
        : announce(ctx, 2),
    )
    await Promise.all(writers)
    const events = await readEvents(ctx.db, globex.id, base, 500)
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 18 }, (_, n) => base + n + 1))
    const outbox = await ctx.db.query(sql`select 1 as one from outbox where kind = 'event'`)
    expect(outbox).toHaveLength(18)
  })

  it('of one transaction are handed on in the order of their numbers', async () => {
    const initech = await world.tenant('Initech')
    await announce(initech.ctx('manager'), 12)
    const waiting = await initech
      .systemCtx()
      .db.query<{ ref: string }>(sql`select ref from outbox where kind = 'event' order by id`)
    expect(waiting.map(({ ref }) => Number(ref))).toEqual(Array.from({ length: 12 }, (_, n) => n + 1))
  })

  it('are refused outside of a transaction and when their data does not fit', async () => {
    const ctx = acme.ctx('manager')
    expect(() => emit(ctx, 'deal.created', { dealId, stage: 'LEAD' })).toThrow(/inside a transaction/)
    await expect(
      ctx.db.transaction(async () => emit(ctx, 'deal.created', { dealId: 'x', stage: 'LEAD' })),
    ).rejects.toThrow()
  })

  it('reach each client of their firm on each node once and in order, and nobody of another firm', async () => {
    const base = await readLastSeq(world.database.platform, acme.id)
    const a = await join(first(), claimsOf(acme))
    const b = await join(second(), claimsOf(acme), '/api/socket.io')
    const stranger = await join(second(), claimsOf(globex))
    await announce(acme.ctx('manager'), 6)
    const expected = [1, 2, 3, 4, 5, 6].map((n) => base + n)
    // Out of order, twice, and one left out: what two relays and a lost message may do.
    await publish(acme, [base + 2, base + 1, base + 3, base + 3, base + 6, base + 5])
    for (const { seqs } of [a, b]) await expectEventually(() => expect(seqs()).toEqual(expected))
    await announce(globex.ctx('manager'))
    await publish(globex, [await readLastSeq(world.database.platform, globex.id)])
    await expectEventually(() => expect(stranger.heard.length).toBeGreaterThan(0))
    expect(a.seqs()).toEqual(expected)
    expect(b.seqs()).toEqual(expected)
  })

  it('that happened while a client was away are read by number', async () => {
    const a = await join(first(), claimsOf(acme))
    const last = await readLastSeq(world.database.platform, acme.id)
    a.client.close()
    await announce(acme.ctx('manager'), 3)
    const missed = await readEvents(acme.systemCtx().db, acme.id, last, 200)
    expect(missed.map(({ seq }) => seq)).toEqual([last + 1, last + 2, last + 3])
    expect(await readEvents(globex.systemCtx().db, acme.id, last, 200)).toEqual([])
  })

  it('about content reach reviewers of all firms with the firm’s id, and others do not', async () => {
    const reviewer = await join(first(), claimsOf(null))
    const base = await readLastSeq(world.database.platform, acme.id)
    const ctx = acme.ctx('manager')
    await ctx.db.transaction(async () => {
      emit(ctx, 'deal.created', { dealId, stage: 'LEAD' })
      emit(ctx, 'activity.changed', { activityId: dealId, state: 'PENDING_REVIEW', version: 1 })
    })
    await publish(acme, [base + 1, base + 2])
    await expectEventually(() =>
      expect(reviewer.heard.map(({ type, tenantId }) => [type, tenantId])).toEqual([['activity.changed', acme.id]]),
    )
  })
})

describe('passing signals', () => {
  it('reach the firm’s clients, and what an agent does is remembered for a reload', async () => {
    const { redis, config } = world
    const client = await join(second(), claimsOf(acme))
    const stranger = await join(second(), claimsOf(globex))
    const data = {
      activityId: dealId,
      jobId: dealId,
      agent: 'blog-writer',
      progress: { done: 2, total: 5, step: 'Drafting' },
    }
    await setAgentLive(redis, config.redis.prefix, {
      tenantId: acme.id,
      role: 'blog-writer',
      type: 'agent:progress',
      data,
    })
    await publishLive(redis, config.redis.prefix, { tenantId: acme.id, type: 'agent:progress', data })
    await expectEventually(() =>
      expect(client.live).toEqual([expect.objectContaining({ type: 'agent:progress', data })]),
    )
    expect(await readAgentsLive(redis, config.redis.prefix, acme.id)).toEqual([
      expect.objectContaining({ role: 'blog-writer', data }),
    ])
    expect(await readAgentsLive(redis, config.redis.prefix, globex.id)).toEqual([])
    expect(await redis.ttl(`${config.redis.prefix}:agent_live:${acme.id}:blog-writer`)).toBeGreaterThan(1_700)
    await clearAgentLive(redis, config.redis.prefix, { tenantId: acme.id, role: 'blog-writer' })
    expect(await readAgentsLive(redis, config.redis.prefix, acme.id)).toEqual([])
    expect(stranger.live).toEqual([])
  })
})

describe('the door', () => {
  it('is closed to whoever brings no token, an old one, or comes from a foreign page', async () => {
    await expect(join(first(), null)).rejects.toThrow()
    await expect(join(first(), claimsOf(acme, undefined, -5))).rejects.toThrow(/unauthenticated/)
    const foreign = await fetch(`${first()}/socket.io?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(foreign.status).toBe(403)
    const own = await fetch(`${first()}/socket.io?EIO=4&transport=polling`, {
      headers: { origin: 'http://localhost:3000' },
    })
    expect(own.status).toBe(200)
    const behindPortal = await fetch(`${first()}/api/socket.io?EIO=4&transport=polling`)
    expect(behindPortal.status).toBe(200)
  })

  it('leads to no room by name', async () => {
    const stranger = await join(first(), claimsOf(globex))
    const answer = await stranger.client.emitWithAck('join', `tenant:${acme.id}`)
    expect(answer).toEqual({ ok: false, code: 'forbidden', refused: [] })
    const base = await readLastSeq(world.database.platform, acme.id)
    const insider = await join(first(), claimsOf(acme))
    await announce(acme.ctx('manager'))
    await publish(acme, [base + 1])
    await expectEventually(() => expect(insider.seqs()).toEqual([base + 1]))
    expect(stranger.heard).toEqual([])
  })

  it('closes behind a session that has ended, and behind no other', async () => {
    const sid = crypto.randomUUID()
    const gone = await join(second(), claimsOf(acme, sid))
    const stays = await join(second(), claimsOf(acme))
    nodes[1]?.endSession(sid)
    await expectEventually(() => expect(gone.client.connected).toBe(false))
    expect(stays.client.connected).toBe(true)
  })

  it('does not stay when its session ends between the door and its rooms', async () => {
    const claims = claimsOf(acme)
    nodes[0]?.endBehindTheDoor(claims.sid)
    await expect(join(first(), claims)).rejects.toThrow('io server disconnect')
  })

  it('closes when the token ends', async () => {
    const short = await join(first(), claimsOf(acme, undefined, 0.8))
    await expectEventually(() => expect(short.client.connected).toBe(false))
  })
})
