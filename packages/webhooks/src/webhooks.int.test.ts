// Events told outside, against a receiver that listens for real.
import { randomUUID } from 'node:crypto'
import { type EventData, type EventType, webhookData, webhookEventTypes } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createFetchOutside } from '@throughline/outbound'
import { emit } from '@throughline/realtime'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { retryWaits } from './deliveries.rules.ts'
import {
  countOverdue,
  createWebhook,
  type Deliverer,
  deleteWebhook,
  getWebhook,
  getWebhookMessage,
  listWebhookMessages,
  listWebhooks,
  pauseWebhook,
  replayWebhook,
  replayWebhookMessage,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from './index.ts'
import { purgeWebhooks } from './purge.ts'
import { deliverTo, isSignedWith, type Receiver, startReceiver, webhookTools } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let receiver: Receiver
let other: Receiver
let deliverer: Deliverer | undefined

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
beforeEach(async () => {
  receiver = await startReceiver()
  other = await startReceiver()
})
afterEach(async () => {
  await deliverer?.close(5_000)
  deliverer = undefined
  await Promise.all([receiver.close(), other.close()])
  await world.database.platform.execute(sql`delete from webhook_endpoints`)
})
afterAll(() => world?.close())

const owner = (tenant = acme): Ctx => tenant.ctx('owner')
const tools = () => webhookTools(world, receiver, other)
const start = (options: Parameters<typeof deliverTo>[2] = {}) => {
  deliverer = deliverTo(world, [receiver, other], options)
}
const open = (url = receiver.url(), tenant = acme) =>
  createWebhook(owner(tenant), tools(), { url, description: '', eventTypes: [...webhookEventTypes] })

async function addDeal({ db, tenantId }: Ctx, title = 'A deal'): Promise<string> {
  const id = randomUUID()
  await db.execute(sql`insert into deals (tenant_id, id, title, value, currency, tags, custom)
    values (${tenantId}::uuid, ${id}::uuid, ${title}, 1250.5, 'EUR', '{warm}', '{"seats": 3}')`)
  return id
}
const tell = <T extends EventType>(ctx: Ctx, type: T, data: EventData<T>) =>
  ctx.db.transaction(async () => emit(ctx, type, data))
const tellOfDeal = async (tenant = acme, title?: string): Promise<string> => {
  const ctx = tenant.systemCtx()
  return ctx.db.transaction(async () => {
    const dealId = await addDeal(ctx, title)
    emit(ctx, 'deal.created', { dealId, stage: 'LEAD' })
    return dealId
  })
}
const messagesOf = async (endpointId: string, tenant = acme) =>
  (await listWebhookMessages(owner(tenant), { endpointId, limit: 100 })).data
/** The one message of an endpoint, once it is in this state. */
const settled = (endpointId: string, state: string) =>
  expectEventually(async () => {
    const [message] = await messagesOf(endpointId)
    expect(message?.state).toBe(state)
    if (!message) throw new Error('no message')
    return getWebhookMessage(owner(), { endpointId, messageId: message.id })
  })

describe('an event', () => {
  it('arrives signed, with the deal as its transaction left it', async () => {
    const { secret, webhook } = await open()
    start()
    const dealId = await tellOfDeal(acme, 'Ärger & <Söhne>')
    const message = await settled(webhook.id, 'DELIVERED')
    const [heard] = receiver.heard
    if (!heard) throw new Error('nothing came')
    expect(isSignedWith(secret, heard)).toBe(true)
    expect([heard.id, heard.body, heard.headers['content-type']]).toEqual([
      message.id,
      message.body,
      'application/json',
    ])
    const { type, timestamp, data } = JSON.parse(heard.body)
    expect([type, Number.isNaN(Date.parse(timestamp))]).toEqual(['deal.created', false])
    expect(webhookData['deal.created'].parse(data)).toEqual(data)
    expect(data).toMatchObject({
      dealId,
      deal: { id: dealId, title: 'Ärger & <Söhne>', value: '1250.50', tags: ['warm'], custom: { seats: 3 } },
    })
    expect(message).toMatchObject({ attempts: 1, tries: [{ statusCode: 204, error: null, response: '' }] })
  })

  it('says of every kind what its contract says', async () => {
    const { webhook } = await open()
    const ctx = acme.systemCtx()
    const dealId = await addDeal(ctx)
    const [companyId, contactId, submissionId] = [randomUUID(), randomUUID(), randomUUID()]
    const { db, tenantId } = ctx
    await db.execute(
      sql`insert into companies (tenant_id, id, name, domain) values (${tenantId}::uuid, ${companyId}::uuid, 'Acme', null)`,
    )
    await db.execute(sql`insert into contacts (tenant_id, id, name, phones, consent, consent_at)
      values (${tenantId}::uuid, ${contactId}::uuid, 'Ada', '{+49 30 1}', 'GIVEN', now())`)
    await db.execute(sql`insert into lead_submissions (tenant_id, id, state, payload, deal_id)
      values (${tenantId}::uuid, ${submissionId}::uuid, 'ACCEPTED', '{"name": "Ada"}', ${dealId}::uuid)`)
    await tell(ctx, 'deal.updated', { dealId, version: 2 })
    await tell(ctx, 'deal.moved', { dealId, from: 'LEAD', to: 'QUALIFIED', version: 3 })
    await tell(ctx, 'deal.deleted', { dealId })
    await tell(ctx, 'deal.restored', { dealId, version: 4 })
    await tell(ctx, 'deal.created', { dealId: randomUUID(), stage: 'LEAD' })
    await tell(ctx, 'company.changed', { companyId })
    await tell(ctx, 'contact.changed', { contactId })
    await tell(ctx, 'lead.received', { submissionId, dealId })
    const messages = await messagesOf(webhook.id)
    expect(messages.map(({ type }) => type).toSorted()).toEqual([...webhookEventTypes].toSorted())
    for (const { id: messageId } of messages) {
      const { type, body } = await getWebhookMessage(owner(), { endpointId: webhook.id, messageId })
      const { data } = JSON.parse(body)
      const schema = webhookData[type as keyof typeof webhookData]
      expect(schema.parse(data), type).toEqual(data)
      if (type === 'deal.created') expect(data.deal, 'a deal that is gone').toBeNull()
      if (type === 'lead.received') expect(data.lead).toEqual({ name: 'Ada' })
    }
  })

  it('is told to those who want its kind, and not when its transaction was undone', async () => {
    const { webhook } = await open()
    const wanted = { url: other.url(), description: '', eventTypes: ['company.changed' as const] }
    const { webhook: picky } = await createWebhook(owner(), tools(), wanted)
    const ctx = acme.systemCtx()
    await expect(
      ctx.db.transaction(async () => {
        emit(ctx, 'deal.created', { dealId: await addDeal(ctx), stage: 'LEAD' })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await tell(ctx, 'pipeline.changed', {})
    await tell(ctx, 'lead.received', { submissionId: randomUUID(), dealId: null })
    expect(await messagesOf(webhook.id), 'held as spam, or of no interest outside').toEqual([])
    await tellOfDeal()
    expect([(await messagesOf(webhook.id)).length, (await messagesOf(picky.id)).length]).toEqual([1, 0])
  })

  it('stays in its firm', async () => {
    const [mine, theirs] = [await open(receiver.url()), await open(other.url(), globex)]
    start()
    await Promise.all([tellOfDeal(acme, 'of Acme'), tellOfDeal(globex, 'of Globex')])
    await expectEventually(async () => expect([receiver.heard.length, other.heard.length]).toEqual([1, 1]))
    expect([receiver.heard[0]?.body, other.heard[0]?.body]).toEqual([
      expect.stringContaining('of Acme'),
      expect.stringContaining('of Globex'),
    ])
    const [heard] = other.heard
    if (!heard) throw new Error('nothing came')
    expect([isSignedWith(theirs.secret, heard), isSignedWith(mine.secret, heard)]).toEqual([true, false])
    const stranger = owner(globex)
    const endpointId = mine.webhook.id
    for (const attempt of [
      () => getWebhook(stranger, endpointId),
      () => listWebhookMessages(stranger, { endpointId, limit: 10 }),
      () => pauseWebhook(stranger, endpointId),
      () => deleteWebhook(stranger, endpointId),
      () => rotateWebhookSecret(stranger, tools(), { endpointId, overlapHours: 1 }),
      () => replayWebhook(stranger, { endpointId, since: new Date(0).toISOString(), onlyFailed: false }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    expect((await listWebhooks(stranger)).map(({ id }) => id)).toEqual([theirs.webhook.id])
  })

  it('of 1,000 in parallel transactions is 1,000 messages, each delivered once by two deliverers', async () => {
    const { webhook } = await open()
    start()
    const second = deliverTo(world, [receiver])
    const ctx = acme.systemCtx()
    const dealId = await addDeal(ctx)
    await Promise.all(
      Array.from({ length: 20 }, () =>
        ctx.db.transaction(async () => {
          for (let n = 1; n <= 50; n++) emit(ctx, 'deal.updated', { dealId, version: n })
        }),
      ),
    )
    const count = sql`select count(*)::int as messages, count(distinct event_seq)::int as events,
      count(*) filter (where state = 'DELIVERED')::int as delivered from webhook_messages where endpoint_id = ${webhook.id}::uuid`
    await expectEventually(
      async () => expect(await ctx.db.queryOne(count)).toEqual({ messages: 1000, events: 1000, delivered: 1000 }),
      30_000,
    )
    expect([receiver.heard.length, new Set(receiver.heard.map(({ id }) => id)).size]).toEqual([1000, 1000])
    await second.close(5_000)
  })
})

describe('a message that is not taken', () => {
  it('is tried again under the same id until it is, and every try is in the log', async () => {
    const { webhook } = await open()
    receiver.answer = (_request, response) =>
      void (receiver.heard.length < 3 ? response.writeHead(503).end('not now') : response.writeHead(200).end('ok'))
    start()
    await tellOfDeal()
    const message = await settled(webhook.id, 'DELIVERED')
    expect(new Set(receiver.heard.map(({ id }) => id))).toEqual(new Set([message.id]))
    expect(new Set(receiver.heard.map(({ body }) => body)).size).toBe(1)
    expect(message.tries.map(({ statusCode, response }) => [statusCode, response])).toEqual([
      [503, 'not now'],
      [503, 'not now'],
      [200, 'ok'],
    ])
    expect((await getWebhook(owner(), webhook.id)).state).toBe('active')
  })

  it.each([
    ['429', 429, (at: Date) => String((at.getTime() - Date.now()) / 1000)],
    ['503', 503, (at: Date) => at.toUTCString()],
  ])(
    'waits as long as a receiver that answers %s with Retry-After asks, in seconds or until a date',
    async (_what, status, header) => {
      const { webhook } = await open()
      const asked = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000)
      receiver.answer = (_request, response) =>
        void response.writeHead(status, { 'retry-after': header(asked).replace(/\..*/, '') }).end()
      start({ waits: retryWaits })
      await tellOfDeal()
      const next = await expectEventually(async () => {
        const [message] = await messagesOf(webhook.id)
        expect([message?.state, message?.lastStatus]).toEqual(['PENDING', status])
        return new Date(message?.nextAttemptAt ?? 0).getTime()
      })
      expect(next).toBeGreaterThan(asked.getTime() - 2_000)
      expect(next).toBeLessThan(asked.getTime() + 60_000)
    },
  )

  it('fails when its tries are used up; its endpoint is shown as failing, and goes on', async () => {
    const { webhook } = await open()
    receiver.answer = (_request, response) => void response.writeHead(500).end()
    start()
    await tellOfDeal()
    const message = await settled(webhook.id, 'FAILED')
    expect([message.attempts, message.tries.length, message.lastStatus]).toEqual([4, 4, 500])
    expect(await getWebhook(owner(), webhook.id)).toMatchObject({ state: 'failing', disabledAt: null })
  })

  it.each([
    ['redirects', 302, 'redirect is not followed'],
    ['is not there', 404, 'answered 404'],
  ])('says why when the receiver %s', async (_what, status, why) => {
    const { webhook } = await open()
    receiver.answer = (_request, response) => void response.writeHead(status, { location: other.url() }).end()
    start({ waits: [] })
    await tellOfDeal()
    expect((await settled(webhook.id, 'FAILED')).lastError).toContain(why)
    expect(other.heard).toEqual([])
  })

  it('is given up when the answer does not come or does not end, and a huge one is read no further', async () => {
    const { webhook } = await open()
    start({ waits: [], timeoutMs: 300 })
    receiver.answer = () => undefined
    await tellOfDeal()
    expect((await settled(webhook.id, 'FAILED')).tries[0]).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('300 ms'),
    })
    receiver.answer = (_request, response) => {
      response.on('close', () => clearInterval(drip))
      const drip = setInterval(() => response.write('x'), 20)
    }
    await tellOfDeal()
    await expectEventually(async () =>
      expect((await messagesOf(webhook.id)).map(({ state }) => state)).toEqual(['FAILED', 'FAILED']),
    )
    receiver.answer = (_request, response) => {
      response.on('close', () => clearInterval(flood))
      const flood = setInterval(() => response.write('y'.repeat(64 * 1024)), 1)
    }
    await tellOfDeal()
    const huge = await settled(webhook.id, 'DELIVERED')
    expect(huge.tries[0]).toMatchObject({ statusCode: 200, response: 'y'.repeat(2000) })
  })

  it('never reaches an address of the inside, whatever was allowed when the webhook was made', async () => {
    const { webhook } = await open()
    start({
      waits: [],
      fetchOutside: createFetchOutside({
        allowHttp: true,
        ports: [receiver.port],
      }),
    })
    await tellOfDeal()
    expect((await settled(webhook.id, 'FAILED')).lastError).toContain('cannot be called from here')
    expect(receiver.heard).toEqual([])
  })

  it('holds up no other endpoint, however slow its own is', async () => {
    const { webhook: slow } = await open(receiver.url())
    const { webhook: quick } = await open(other.url())
    receiver.answer = () => undefined
    for (let n = 0; n < 30; n++) await tellOfDeal()
    start({ timeoutMs: 10_000, inAll: 6, perEndpoint: 2 })
    await expectEventually(async () =>
      expect((await messagesOf(quick.id)).filter(({ state }) => state === 'DELIVERED')).toHaveLength(30),
    )
    expect(receiver.heard, 'two at once, and no more').toHaveLength(2)
    expect((await messagesOf(slow.id)).filter(({ state }) => state === 'PENDING')).toHaveLength(30)
    await receiver.close()
    receiver = await startReceiver()
  })
})

describe('an endpoint', () => {
  const told = () =>
    acme.systemCtx().db.queryOne<{ notified: number; mails: number; audited: number }>(sql`select
      (select count(*)::int from notifications where kind = 'webhook.disabled') as notified,
      (select count(*)::int from jobs where name = 'util__account-mail' and payload->>'kind' = 'webhook_disabled') as mails,
      (select count(*)::int from audit_entries where action = 'webhook.disabled') as audited`)

  it('that answers 410 is switched off at once, and its administrators hear of it once', async () => {
    const { webhook } = await open()
    receiver.answer = (_request, response) => void response.writeHead(410).end()
    for (let n = 0; n < 5; n++) await tellOfDeal()
    start()
    await expectEventually(async () =>
      expect(await getWebhook(owner(), webhook.id)).toMatchObject({ state: 'disabled', disabledReason: 'gone' }),
    )
    expect(await told()).toEqual({ notified: 1, mails: 1, audited: 1 })
    const before = (await messagesOf(webhook.id)).length
    await tellOfDeal()
    expect((await messagesOf(webhook.id)).length, 'nothing is written for it any more').toBe(before)
  })

  it('that took nothing for five days is switched off, and one that took something in between is not', async () => {
    const { webhook } = await open()
    receiver.answer = (_request, response) => void response.writeHead(500).end()
    start({ waits: [] })
    await tellOfDeal()
    await settled(webhook.id, 'FAILED')
    const { db } = acme.systemCtx()
    const age = (hours: number) =>
      db.execute(sql`update webhook_endpoints set failing_since = now() - ${`${hours} hours`}::interval`)
    await age(119)
    await tellOfDeal()
    await expectEventually(async () => expect(receiver.heard).toHaveLength(2))
    await expectEventually(async () => expect((await messagesOf(webhook.id))[0]?.state).toBe('FAILED'))
    expect((await getWebhook(owner(), webhook.id)).state).toBe('failing')
    await age(121)
    await tellOfDeal()
    await expectEventually(async () =>
      expect(await getWebhook(owner(), webhook.id)).toMatchObject({ state: 'disabled', disabledReason: 'failing' }),
    )
    expect((await told())?.mails).toBe(2)
  })

  it('that is paused gets what happened meanwhile when it is resumed', async () => {
    const { webhook } = await open()
    start()
    await pauseWebhook(owner(), webhook.id)
    await expect(testWebhook(owner(), webhook.id)).rejects.toMatchObject({ code: 'conflict' })
    await tellOfDeal()
    await tellOfDeal()
    expect((await getWebhook(owner(), webhook.id)).state).toBe('paused')
    expect(receiver.heard).toEqual([])
    await acme.systemCtx().db.execute(sql`update webhook_messages set next_attempt_at = now() - interval '2 minutes'`)
    expect(await countOverdue(world.database.platform), 'what waits for a person is not late').toBe(0)
    await resumeWebhook(owner(), webhook.id)
    await expectEventually(async () => expect(receiver.heard).toHaveLength(2))
  })

  it('rotates its secret: both sign for the overlap, then the new one alone', async () => {
    const { secret, webhook } = await open()
    start()
    const rotated = await rotateWebhookSecret(owner(), tools(), { endpointId: webhook.id, overlapHours: 24 })
    expect(rotated.webhook.previousSecretUntil).not.toBeNull()
    await testWebhook(owner(), webhook.id)
    const heard = async (n: number) => {
      await expectEventually(async () => expect(receiver.heard).toHaveLength(n))
      const last = receiver.heard.at(-1)
      if (!last) throw new Error('nothing came')
      return [secret, rotated.secret].map((each) => isSignedWith(each, last))
    }
    expect(await heard(1)).toEqual([true, true])
    await acme.systemCtx().db.execute(sql`update webhook_endpoints set previous_until = now()`)
    await testWebhook(owner(), webhook.id)
    expect(await heard(2)).toEqual([false, true])
    expect((await getWebhook(owner(), webhook.id)).previousSecretUntil).toBeNull()
    const third = await rotateWebhookSecret(owner(), tools(), { endpointId: webhook.id, overlapHours: 0 })
    await testWebhook(owner(), webhook.id)
    expect(await heard(3)).toEqual([false, false])
    const last = receiver.heard.at(-1)
    expect(last && isSignedWith(third.secret, last)).toBe(true)
  })

  it('is sent one message again, or all since an instant, under their first ids', async () => {
    const { webhook } = await open()
    const endpointId = webhook.id
    receiver.answer = (_request, response) => void response.writeHead(receiver.heard.length === 1 ? 500 : 200).end()
    start({ waits: [], perEndpoint: 1 })
    for (let n = 0; n < 3; n++) await tellOfDeal()
    await expectEventually(async () => expect(receiver.heard).toHaveLength(3))
    await expectEventually(async () =>
      expect((await messagesOf(endpointId)).filter(({ state }) => state === 'PENDING')).toEqual([]),
    )
    const failed = (await messagesOf(endpointId)).find(({ state }) => state === 'FAILED')
    if (!failed) throw new Error('none failed')
    const since = new Date(0).toISOString()
    expect(
      await replayWebhook(owner(), {
        endpointId,
        since: new Date(Date.now() + 60_000).toISOString(),
        onlyFailed: false,
      }),
    ).toBe(0)
    expect(await replayWebhook(owner(), { endpointId, since, onlyFailed: true })).toBe(1)
    await expectEventually(async () => expect(receiver.heard).toHaveLength(4))
    expect(receiver.heard.at(-1)?.id).toBe(failed.id)
    const again = await settledAs(endpointId, failed.id, 'DELIVERED')
    expect(again.tries.map(({ statusCode }) => statusCode)).toEqual([500, 200])
    await replayWebhookMessage(owner(), { endpointId, messageId: failed.id })
    await expectEventually(async () => expect(receiver.heard).toHaveLength(5))
    await settledAs(endpointId, failed.id, 'DELIVERED')
    expect(await replayWebhook(owner(), { endpointId, since, onlyFailed: false })).toBe(3)
    await expectEventually(async () => expect(receiver.heard).toHaveLength(8))
    expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(3)
    await expect(replayWebhookMessage(owner(), { endpointId, messageId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is changed on its newest version, and removed with all that was sent', async () => {
    const { webhook } = await open()
    const endpointId = webhook.id
    await tellOfDeal()
    const changed = await updateWebhook(owner(), tools(), { endpointId, description: 'The warehouse', version: 1 })
    expect(changed).toMatchObject({ description: 'The warehouse', version: 2, url: webhook.url })
    await expect(updateWebhook(owner(), tools(), { endpointId, description: '', version: 1 })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await Promise.all([deleteWebhook(owner(), endpointId), tellOfDeal(), tellOfDeal()])
    const left = await acme.systemCtx().db.queryOne(sql`select (select count(*)::int from webhook_messages) as messages,
      (select count(*)::int from webhook_attempts) as tries`)
    expect(left).toEqual({ messages: 0, tries: 0 })
    const actions = await acme
      .systemCtx()
      .db.query<{ action: string }>(
        sql`select action from audit_entries where subject_id = ${endpointId}::uuid order by seq`,
      )
    expect(actions.map(({ action }) => action)).toEqual(['webhook.created', 'webhook.updated', 'webhook.deleted'])
  })

  it.each([
    ['of the inside', 'http://10.0.0.7/'],
    ['of a cloud’s metadata', 'http://169.254.169.254/latest'],
    ['with a user name in it', 'http://somebody@example.com/'],
    ['on a port of something else', 'http://example.com:6379/'],
  ])('is not made for an address %s', async (_what, url) => {
    await expect(open(url)).rejects.toMatchObject({ code: 'address_refused' })
    expect(await listWebhooks(owner())).toEqual([])
  })

  it('is one of at most twenty, also when many are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 23 }, () => open()))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  })
})

const settledAs = (endpointId: string, messageId: string, state: string) =>
  expectEventually(async () => {
    const message = await getWebhookMessage(owner(), { endpointId, messageId })
    expect(message.state).toBe(state)
    return message
  })

it('forgets messages after 30 days', async () => {
  const { webhook } = await open()
  await tellOfDeal()
  await tellOfDeal()
  const [newest] = await messagesOf(webhook.id)
  await acme.systemCtx().db.execute(sql`update webhook_messages set created_at = now() - interval '31 days'
    where id <> ${newest?.id}::uuid`)
  expect(await purgeWebhooks(world.database.platform)).toBe(1)
  expect((await messagesOf(webhook.id)).map(({ id }) => id)).toEqual([newest?.id])
})
