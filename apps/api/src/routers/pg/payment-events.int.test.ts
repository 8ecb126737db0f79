import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { errorBody } from '@throughline/contracts'
import { createDatabase, platformCtx, platformScope, sql, systemActor } from '@throughline/db'
import { applyPaymentEvent, applyPaymentEventJob, receivePaymentEvent } from '@throughline/funds'
import { enqueue, type Relay, startRelay, startWorkerHost, type WorkerHost } from '@throughline/jobs'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

const present = `whsec_${randomBytes(32).toString('base64')}`
const previous = `whsec_${randomBytes(24).toString('base64')}`
const otherSecret = randomBytes(24).toString('base64')

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let nodes: TestApp[]
let urls: string[]
let relay: Relay
let host: WorkerHost

const listen = async ({ app }: TestApp): Promise<string> => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  world = await createTestWorld({
    env: {
      PAYMENT_PROVIDERS: JSON.stringify({
        acmepay: { scheme: 'standard', secrets: [present, previous] },
        otherpay: { scheme: 'timestamped', secrets: [otherSecret] },
      }),
    },
  })
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  nodes = [await createTestApp(world), await createTestApp(world)]
  urls = await Promise.all(nodes.map(listen))
  const { config, database, redis, log } = world
  const [node] = nodes
  if (!node) throw new Error('no node')
  relay = startRelay({ config, database, redis, queues: node.resources.queues, log })
  host = startWorkerHost({
    config,
    database,
    redis,
    log,
    catalog: { applyPaymentEvent: applyPaymentEventJob },
    handlers: { applyPaymentEvent: { run: applyPaymentEvent } },
    profiles: ['util'],
  })
})
afterAll(async () => {
  await host?.close(2_000)
  await relay?.close()
  await Promise.all((nodes ?? []).map((node) => node.close()))
  await world?.close()
})

interface Told {
  type?: string
  object?: string
  amount?: unknown
  currency?: string
  tenantId?: unknown
}
const bodyOf = ({ type = 'payment.succeeded', object, amount = 1250, currency = 'EUR', tenantId = acme.id }: Told) =>
  // Spaces that JSON.stringify would not write: a body that is parsed and written again is another one.
  `{ "type": "${type}", "data": ${JSON.stringify({ id: object ?? randomUUID(), amount, currency, metadata: { tenantId } })} }`

interface Signing {
  eventId?: string
  secret?: string
  at?: Date
  signed?: string
}
/** As Standard Webhooks signs it, by the library of its own project. */
function headersOf(body: string, { eventId = randomUUID(), secret = present, at = new Date() }: Signing) {
  return {
    'content-type': 'application/json',
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(eventId, at, body),
  }
}
const post = (
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string>,
  { node = 0, provider = 'acmepay' } = {},
) => fetch(`${urls[node]}/pg/v1/${provider}`, { method: 'POST', body, headers })
/** Signed and sent. */
const deliver = (body: string, signing: Signing = {}, node = 0) =>
  post(body, headersOf(signing.signed ?? body, signing), { node })

const eventOf = (tenantId: string, eventId: string) =>
  world.database.platform.queryOne<{ deliveries: number; outcome: string | null; body: string; type: string }>(sql`
    select deliveries, outcome, body, type from payment_events
    where tenant_id = ${tenantId}::uuid and provider = 'acmepay' and event_id = ${eventId}`)
const rowsOf = (eventId: string) =>
  world.database.platform.query(sql`select tenant_id from payment_events where event_id = ${eventId}`)
const jobsOf = (eventId: string) =>
  world.database.platform.query<{ tenant_id: string; payload: object }>(
    sql`select tenant_id, payload from jobs where payload->>'eventId' = ${eventId}`,
  )
const processed = (tenantId: string, eventId: string) =>
  expectEventually(async () => {
    const event = await eventOf(tenantId, eventId)
    expect(event?.outcome).toEqual(expect.any(String))
    return event
  })
const paymentOf = (tenant: TestTenant, object: string) =>
  tenant.systemCtx().db.queryOne(sql`
    select state::text as state, amount, currency, version from gateway_payments where object_id = ${object}`)
const auditOf = (tenant: TestTenant, object: string) =>
  tenant.systemCtx().db.query<{ action: string; state: string }>(sql`
    select action, after->>'state' as state from audit_entries
    where subject = 'gateway_payment' and after->>'objectId' = ${object} order by seq`)

/** The whole answer, which has the one shape of refusals and nothing of the request in it. */
async function refusal(answer: Response) {
  const text = await answer.text()
  expect(text).not.toMatch(/whsec_|metadata|payment\./)
  return [answer.status, errorBody.parse(JSON.parse(text)).error.code]
}

describe('a payment event', () => {
  it('is stored as it was signed, before the answer, with a job that carries ids only', async () => {
    const eventId = randomUUID()
    const body = bodyOf({ object: 'pay-stored' })
    const answer = await deliver(body, { eventId })
    expect([answer.status, await answer.json()]).toEqual([202, { received: true }])
    expect(await eventOf(acme.id, eventId)).toMatchObject({ body, deliveries: 1, type: 'payment.succeeded' })
    expect(await jobsOf(eventId)).toEqual([{ tenant_id: acme.id, payload: { provider: 'acmepay', eventId } }])
    expect(await processed(acme.id, eventId)).toMatchObject({ outcome: 'applied' })
    expect(await paymentOf(acme, 'pay-stored')).toEqual({
      state: 'SUCCEEDED',
      amount: '12.50',
      currency: 'EUR',
      version: 1,
    })
    expect(await paymentOf(globex, 'pay-stored')).toBeUndefined()
  })

  it('delivered 100 times at once over two nodes is one row, one job and one effect', async () => {
    const eventId = randomUUID()
    const body = bodyOf({ object: 'pay-hundred', tenantId: globex.id })
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => deliver(body, { eventId }, index % 2)))
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(202))
    await processed(globex.id, eventId)
    expect(await eventOf(globex.id, eventId)).toMatchObject({ deliveries: 100, outcome: 'applied' })
    expect(await rowsOf(eventId)).toHaveLength(1)
    expect(await jobsOf(eventId)).toHaveLength(1)
    expect(await auditOf(globex, 'pay-hundred')).toEqual([{ action: 'gateway_payment.recorded', state: 'SUCCEEDED' }])
    expect(await auditOf(acme, 'pay-hundred')).toEqual([])
  })

  it('that two jobs look at is applied by one of them', async () => {
    const eventId = randomUUID()
    await deliver(bodyOf({ object: 'pay-two-jobs' }), { eventId })
    const ctx = acme.systemCtx()
    await ctx.db.transaction(() => enqueue(ctx, applyPaymentEventJob, { provider: 'acmepay', eventId }))
    await expectEventually(async () => {
      const jobs = await ctx.db.query(sql`select state::text as state from jobs where payload->>'eventId' = ${eventId}`)
      expect(jobs).toEqual([{ state: 'SUCCEEDED' }, { state: 'SUCCEEDED' }])
    })
    expect(await eventOf(acme.id, eventId)).toMatchObject({ deliveries: 1, outcome: 'applied' })
    expect(await auditOf(acme, 'pay-two-jobs')).toHaveLength(1)
  })

  it('of one firm has nothing to do with the same id in another', async () => {
    const eventId = randomUUID()
    for (const tenant of [acme, globex])
      expect((await deliver(bodyOf({ object: 'pay-both', tenantId: tenant.id }), { eventId })).status).toBe(202)
    for (const tenant of [acme, globex]) {
      expect(await processed(tenant.id, eventId)).toMatchObject({ deliveries: 1, outcome: 'applied' })
      expect(await auditOf(tenant, 'pay-both')).toHaveLength(1)
    }
  })

  it('moves a payment forward only, in whatever order events come and however often', async () => {
    const types = ['created', 'processing', 'failed', 'succeeded', 'refunded', 'succeeded', 'created']
    const orders = [types, types.toReversed(), [...types.slice(3), ...types.slice(0, 3)]]
    const sent = orders.flatMap((order, index) =>
      order.map((type) => ({
        eventId: randomUUID(),
        body: bodyOf({ type: `payment.${type}`, object: `pay-${index}` }),
      })),
    )
    await Promise.all(
      [...sent, ...sent].map(({ eventId, body }, index) =>
        deliver(body, { eventId }, index % 2).then(({ status }) => expect(status).toBe(202)),
      ),
    )
    for (const { eventId } of sent) expect(await processed(acme.id, eventId)).toMatchObject({ deliveries: 2 })
    for (const index of orders.keys()) {
      expect(await paymentOf(acme, `pay-${index}`)).toMatchObject({ state: 'REFUNDED', amount: '12.50' })
      const steps = await auditOf(acme, `pay-${index}`)
      // One entry a change, and no state twice.
      expect(steps.at(-1)?.state).toBe('REFUNDED')
      expect(new Set(steps.map(({ state }) => state)).size).toBe(steps.length)
      expect(await paymentOf(acme, `pay-${index}`)).toMatchObject({ version: steps.length })
    }
  })

  it('changes neither amount nor currency of a payment, nor what it has to say when it says nothing', async () => {
    const tell = async (told: Told) => {
      const eventId = randomUUID()
      expect((await deliver(bodyOf({ object: 'pay-firm', ...told }), { eventId })).status).toBe(202)
      return (await processed(acme.id, eventId))?.outcome
    }
    expect(await tell({ type: 'payment.created' })).toBe('applied')
    expect(await tell({ amount: 1251 })).toBe('refused')
    expect(await tell({ currency: 'USD' })).toBe('refused')
    expect(await tell({ amount: '1250' })).toBe('refused')
    expect(await tell({ amount: 12.5 })).toBe('refused')
    expect(await tell({ type: 'payment.sneezed' })).toBe('ignored')
    expect(await tell({ type: 'payment.created' })).toBe('stale')
    expect(await paymentOf(acme, 'pay-firm')).toMatchObject({ state: 'PENDING', amount: '12.50', version: 1 })
    expect(await tell({ currency: 'eur' })).toBe('applied')
    expect(await tell({ object: 'pay-dinar', amount: 1234, currency: 'KWD' })).toBe('refused')
    expect(await tell({ object: 'pay-yen', amount: 500, currency: 'JPY' })).toBe('applied')
    expect(await paymentOf(acme, 'pay-yen')).toMatchObject({ amount: '500.00', currency: 'JPY' })
    expect(await paymentOf(acme, 'pay-dinar')).toBeUndefined()
  })

  it('that names no firm of ours is kept under the nil uuid, without a job', async () => {
    for (const tenantId of [null, randomUUID(), platformScope, 'acme', 7, acme.id.replace('-', '')]) {
      const eventId = randomUUID()
      const body = bodyOf({ tenantId })
      expect((await deliver(body, { eventId })).status).toBe(202)
      expect((await deliver(body, { eventId }, 1)).status).toBe(202)
      expect(await eventOf(platformScope, eventId)).toMatchObject({ deliveries: 2, outcome: null, body })
      expect(await rowsOf(eventId)).toHaveLength(1)
      expect(await jobsOf(eventId)).toEqual([])
    }
  })

  it('is taken by the `t=,v1=` scheme too, with its id from the body', async () => {
    const at = Math.floor(Date.now() / 1000)
    const send = (body: string) => {
      const signature = createHmac('sha256', otherSecret).update(`${at}.${body}`).digest('hex')
      const headers = { 'content-type': 'application/json', 'gateway-signature': `t=${at},v1=${signature}` }
      return post(body, headers, { provider: 'otherpay' })
    }
    const eventId = randomUUID()
    expect((await send(JSON.stringify({ id: eventId, ...JSON.parse(bodyOf({})) }))).status).toBe(202)
    expect(await rowsOf(eventId)).toEqual([{ tenant_id: acme.id }])
    expect(await refusal(await send(bodyOf({})))).toEqual([422, 'unprocessable'])
  })
})

describe('what cannot be stored', () => {
  it('is answered with 5xx and leaves nothing behind; the gateway’s next try works', async () => {
    const owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    const eventId = randomUUID()
    const body = bodyOf({ object: 'pay-later' })
    try {
      // The event is written and then its job cannot be: both or nothing.
      await owner.query("alter table outbox add constraint broken check (kind <> 'job') not valid")
      const answers = await Promise.all([0, 1, 0, 1].map((node) => deliver(body, { eventId }, node)))
      for (const answer of answers) expect(await refusal(answer)).toEqual([500, 'internal'])
      expect(await rowsOf(eventId)).toEqual([])
      expect(await jobsOf(eventId)).toEqual([])
    } finally {
      await owner.query('alter table outbox drop constraint if exists broken')
      await owner.end()
    }
    expect((await deliver(body, { eventId })).status).toBe(202)
    expect(await processed(acme.id, eventId)).toMatchObject({ deliveries: 1, outcome: 'applied' })
    expect(await jobsOf(eventId)).toHaveLength(1)
  })

  it('is told to come again when the database cannot be reached', async () => {
    const { config, log } = world
    const nowhere = { ...config.database, tenantUrl: 'postgresql://app_tenant@127.0.0.1:1/none' }
    const database = createDatabase({ database: nowhere }, log)
    const node = await createTestApp({ ...world, database })
    const eventId = randomUUID()
    const body = bodyOf({})
    const answer = await node.app.inject({
      method: 'POST',
      url: '/pg/v1/acmepay',
      headers: headersOf(body, { eventId }),
      payload: body,
    })
    await node.close()
    await database.close()
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'unavailable'])
    expect((await deliver(body, { eventId })).status).toBe(202)
    expect(await eventOf(acme.id, eventId)).toMatchObject({ deliveries: 1 })
  })
})

describe('a delivery', () => {
  it('signed with the previous secret is taken, and one of a stranger is not', async () => {
    expect((await deliver(bodyOf({}), { secret: previous })).status).toBe(202)
    const eventId = randomUUID()
    const stranger = `whsec_${randomBytes(32).toString('base64')}`
    expect(await refusal(await deliver(bodyOf({}), { eventId, secret: stranger }))).toEqual([401, 'unauthenticated'])
    expect(await rowsOf(eventId)).toEqual([])
  })

  it('whose body differs in one byte, or was parsed and written again, is refused', async () => {
    const eventId = randomUUID()
    const signed = bodyOf({})
    for (const body of [signed.replace('1250', '1251'), `${signed} `, JSON.stringify(JSON.parse(signed)), ''])
      expect(await refusal(await deliver(body, { eventId, signed }))).toEqual([401, 'unauthenticated'])
    expect(await rowsOf(eventId)).toEqual([])
    expect((await deliver(signed, { eventId })).status).toBe(202)
  })

  it('that is too old, from the future or not signed at all is refused', async () => {
    const body = bodyOf({})
    for (const offsetSeconds of [-400, 400, -86_400])
      expect(await refusal(await deliver(body, { at: new Date(Date.now() + offsetSeconds * 1000) }))).toEqual([
        401,
        'unauthenticated',
      ])
    const headers = headersOf(body, {})
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const) {
      const { [name]: _left, ...rest } = headers
      expect(await refusal(await post(body, rest as Record<string, string>))).toEqual([401, 'unauthenticated'])
    }
    expect(await refusal(await post(body, { ...headers, 'webhook-timestamp': 'NaN' }))).toEqual([
      401,
      'unauthenticated',
    ])
  })

  it('to a provider that nobody configured is not found, also by a name that every object has', async () => {
    const body = bodyOf({})
    for (const provider of ['nobody', 'constructor', '__proto__', 'ACMEPAY', 'a'.repeat(90)])
      expect(await refusal(await post(body, headersOf(body, {}), { provider }))).toEqual([404, 'not_found'])
  })

  it('is not an answer of 5xx when it is signed and makes no sense', async () => {
    const bodies = [
      '{',
      'null',
      '[]',
      '"text"',
      '{}',
      '{"type":"payment.succeeded"}',
      '{"type":"payment.succeeded","data":null}',
      '{"type":"a\\u0000b","data":{}}',
      '{"type":"\\ud800","data":{}}',
      `{"type":"${'x'.repeat(300)}","data":{}}`,
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '\ufeff{"type":"x","data":{}}',
    ]
    for (const body of bodies) expect([400, 422], body.slice(0, 60)).toContain((await deliver(body)).status)
    const odd = ['{"type":"x","data":{"__proto__":{"id":"a"}}}', '{"type":"x","data":{"id":"\\u0000","metadata":5}}']
    for (const body of odd) expect((await deliver(body)).status, body).toBe(202)
  })

  it('of other bytes than UTF-8, of another content type or of more than 256 KB is refused', async () => {
    const bytes = Buffer.from('{"type":"\xff","data":{}}', 'latin1')
    const eventId = randomUUID()
    const at = String(Math.floor(Date.now() / 1000))
    const key = Buffer.from(present.slice('whsec_'.length), 'base64')
    const signature = createHmac('sha256', key).update(`${eventId}.${at}.`).update(bytes).digest('base64')
    const headers = {
      'content-type': 'application/json',
      'webhook-id': eventId,
      'webhook-timestamp': at,
      'webhook-signature': `v1,${signature}`,
    }
    expect(await refusal(await post(bytes, headers))).toEqual([400, 'bad_request'])
    const body = bodyOf({})
    const asForm = { ...headersOf(body, {}), 'content-type': 'application/x-www-form-urlencoded' }
    expect(await refusal(await post(body, asForm))).toEqual([415, 'unsupported_media_type'])
    const padded = (size: number) => bodyOf({}).padEnd(size, ' ')
    expect((await deliver(padded(256 * 1024))).status).toBe(202)
    expect(await refusal(await deliver(padded(256 * 1024 + 1)))).toEqual([413, 'payload_too_large'])
  })

  it('that is refused leaves one line in the log, with the reason and nothing of the body', async () => {
    const lines: [details: object, message: string][] = []
    const write = (details: object, message: string) => void lines.push([details, message])
    const log = { debug: write, info: write, warn: write, error: write }
    const platform = platformCtx(world.database, { actor: systemActor, address: '192.0.2.7', log })
    const body = bodyOf({ object: 'pay-of-nobody-else' })
    const headers = { ...headersOf(body, {}), 'webhook-signature': 'v1,forged' }
    const delivery = { provider: 'acmepay', headers, body: Buffer.from(body) }
    await expect(receivePaymentEvent(platform, world.config.payments.providers, delivery)).rejects.toMatchObject({
      status: 401,
    })
    const details = { provider: 'acmepay', flaw: 'mismatch', address: '192.0.2.7' }
    expect(lines).toEqual([[details, 'a payment event was refused']])
  })

  it('leaves the bodies of every other router to be parsed', async () => {
    const [node] = nodes
    const caller = await node?.as(acme, 'manager')
    const created = await caller?.post('/tenant/v1/deals', { title: 'Still JSON', value: '1.00' })
    expect(created?.statusCode).toBe(201)
  })
})
