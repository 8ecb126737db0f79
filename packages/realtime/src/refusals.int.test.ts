// What a hostile client tries at the door of one firm while another goes on working.
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publishLive } from './live.ts'
import { maxPackets } from './refusals.ts'
import { claimsOf, startTestNode, type TestNode, tokenOf } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let node: TestNode
/** A client of Acme that was there before the attack. */
let honest: Socket
const clients: Socket[] = []

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  node = await startTestNode(world)
})
beforeEach(async () => {
  honest = await enter(acme)
  node.refused.length = 0
})
/** Whatever was tried, the honest client is still there and still hears of its firm. */
afterEach(async () => {
  const { redis, config } = world
  const heard = new Promise((resolve) => honest.once('live', resolve))
  const data = { jobId: acme.id, name: 'x', progress: { done: 1, total: 2, step: 'x' } }
  await publishLive(redis, config.redis.prefix, { tenantId: acme.id, type: 'job.progress', data })
  expect(await heard).toMatchObject({ type: 'job.progress' })
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  await node?.close()
  await world?.close()
})

function open(token: string | undefined, { url = node.url, headers = {} } = {}): Socket {
  const client = io(url, {
    path: '/socket.io',
    addTrailingSlash: false,
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  })
  clients.push(client)
  return client
}
const hears = (client: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => client.once(event, (value: unknown) => resolve(value)))

async function enter(tenant: TestTenant): Promise<Socket> {
  const client = open(tokenOf(claimsOf(tenant)))
  await hears(client, 'ready')
  return client
}
const polling = () => `${node.url}/socket.io?EIO=4&transport=polling`

describe('refused and counted is', () => {
  it('a handshake without a token, with nonsense, and with one that has ended', async () => {
    for (const token of [undefined, 'nonsense', tokenOf(claimsOf(globex, undefined, -5)), 'x'.repeat(5_000)])
      expect(await hears(open(token), 'connect_error')).toMatchObject({ message: 'unauthenticated' })
    expect(node.refused).toEqual(['token', 'token', 'token', 'token'])
  })

  it('a page that is not ours, on both transports', async () => {
    const origin = 'https://evil.example'
    await hears(open(tokenOf(claimsOf(globex)), { headers: { origin } }), 'connect_error')
    expect((await fetch(polling(), { headers: { origin } })).status).toBe(403)
    expect(node.refused).toEqual(['origin', 'origin'])
  })

  it('a transport and a protocol version that do not exist', async () => {
    expect((await fetch(`${node.url}/socket.io?EIO=4&transport=pigeon`)).status).toBe(400)
    expect((await fetch(`${node.url}/socket.io?EIO=3&transport=polling`)).status).toBe(400)
    expect((await fetch(`${polling()}&sid=made-up`)).status).toBe(400)
    expect(node.refused).toEqual(['handshake', 'handshake', 'handshake'])
  })

  it('every namespace but the first, whatever token comes with it', async () => {
    for (const name of ['/admin', `/tenant:${acme.id}`, `/${'x'.repeat(500)}`])
      expect(
        await hears(open(tokenOf(claimsOf(globex)), { url: `${node.url}${name}` }), 'connect_error'),
      ).toMatchObject({ message: 'Invalid namespace' })
    expect(node.refused).toEqual(['namespace', 'namespace', 'namespace'])
  })

  it('a room by its name, and anything else that a client says', async () => {
    const stranger = await enter(globex)
    const heard: unknown[] = []
    stranger.on('live', (signal) => heard.push(signal))
    expect(await stranger.emitWithAck('join', `tenant:${acme.id}`)).toEqual({
      ok: false,
      code: 'forbidden',
      refused: [],
    })
    stranger.emit('subscribe', `tenant:${acme.id}`)
    await expectEventually(() => expect(node.refused).toEqual(['room', 'message']))
    const { redis, config } = world
    const live = { jobId: acme.id, name: 'x', progress: { done: 1, total: 2, step: 'x' } }
    const toHonest = hears(honest, 'live')
    await publishLive(redis, config.redis.prefix, { tenantId: acme.id, type: 'job.progress', data: live })
    await toHonest
    expect(heard).toEqual([])
  })

  it('a name that cannot be made text of', async () => {
    const stranger = await enter(globex)
    const answer = await stranger.emitWithAck('join', { toString: 1, valueOf: 1 })
    expect(answer).toEqual({ ok: false, code: 'forbidden', refused: [] })
    expect(node.refused).toEqual(['room'])
  })

  it('a frame of more than 64 KiB, on both transports', async () => {
    const stranger = await enter(globex)
    const gone = hears(stranger, 'disconnect')
    stranger.emit('join', 'x'.repeat(70 * 1024))
    await gone
    const opened = await (await fetch(polling())).text()
    const { sid } = JSON.parse(opened.slice(1))
    const large = await fetch(`${polling()}&sid=${sid}`, { method: 'POST', body: `4${'x'.repeat(70 * 1024)}` })
    expect(large.status).toBe(413)
    await expectEventually(() => expect(node.refused).toEqual(['frame', 'frame']))
  })

  it('a frame that is not of the protocol', async () => {
    const stranger = await enter(globex)
    const gone = hears(stranger, 'disconnect')
    // As the transport itself would send it: an event whose content is no JSON.
    stranger.io.engine.write('2{"not an event')
    await gone
    expect(node.refused).toEqual(['frame'])
  })
})

describe('a flood', () => {
  it('of joins ends the connection after a few, and nothing of the rest is looked at', async () => {
    const stranger = await enter(globex)
    const gone = hears(stranger, 'disconnect')
    for (let n = 0; n < 10_000; n++) stranger.emit('join', `tenant:${acme.id}`)
    await gone
    await expectEventually(() => expect(node.refused).toContain('flood'))
    // The hello counts too.
    expect(node.refused.filter((reason) => reason === 'room').length).toBeLessThan(maxPackets)
    expect(node.refused.filter((reason) => reason !== 'room')).toEqual(['flood'])
  })

  it('in one body of long polling ends in the same place', async () => {
    const opened = await (await fetch(polling())).text()
    const { sid } = JSON.parse(opened.slice(1))
    const say = (packets: string[]) => fetch(`${polling()}&sid=${sid}`, { method: 'POST', body: packets.join('\x1e') })
    await say([`40${JSON.stringify({ token: tokenOf(claimsOf(globex)) })}`])
    expect(await (await fetch(`${polling()}&sid=${sid}`)).text()).toContain('40{"sid"')
    await say(Array<string>(1_000).fill('42["join","x"]'))
    await expectEventually(() => expect(node.refused).toContain('flood'))
    expect(node.refused.length).toBeLessThanOrEqual(maxPackets)
    expect((await fetch(`${polling()}&sid=${sid}`)).status).toBe(400)
  })

  it('of namespaces and of tokens ends like one of joins', async () => {
    for (const hello of [`0/made-up,`, `0{"token":"nonsense"}`]) {
      node.refused.length = 0
      const stranger = await enter(globex)
      const gone = hears(stranger, 'disconnect')
      for (let n = 0; n < 1_000; n++) stranger.io.engine.write(hello)
      await gone
      expect(node.refused.length).toBeLessThanOrEqual(maxPackets)
    }
  })
})
