import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { platformCtx, sql, systemActor } from '@throughline/db'
import { receivePaymentEvent } from '@throughline/funds'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund } from '../../../packages/funds/src/books/testing.ts'
import { makeIssuedCall } from '../../../packages/funds/src/receivables/testing.ts'
import { startWorkerProcess } from './testing.ts'

const secret = randomBytes(32).toString('base64')
let world: TestWorld
let worker: ReturnType<typeof startWorkerProcess> | undefined

beforeAll(async () => {
  world = await createTestWorld({
    env: { PAYMENT_PROVIDERS: JSON.stringify({ acmepay: { scheme: 'timestamped', secrets: [secret] } }) },
  })
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await world?.close()
})

const start = () => {
  worker = startWorkerProcess(world, 'util')
  return worker
}
async function kill(child: ReturnType<typeof startWorkerProcess>) {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const types = ['created', 'processing', 'failed', 'succeeded', 'refunded', 'disputed']
/** What the gateway tells of one payment: every step, each twice under ids of their own, in an order of its own. */
const historyOf = (tenant: TestTenant, object: string) =>
  [...types, ...types]
    .map((type) => ({
      id: randomUUID(),
      type: `payment.${type}`,
      data: { id: object, amount: 1999, currency: 'EUR', metadata: { tenantId: tenant.id } },
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

function deliver(event: object): Promise<void> {
  const body = Buffer.from(JSON.stringify(event))
  const at = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')
  const platform = platformCtx(world.database, { actor: systemActor, log: world.log })
  const headers = { 'gateway-signature': `t=${at},v1=${signature}` }
  return receivePaymentEvent(platform, world.config.payments.providers, { provider: 'acmepay', headers, body })
}

const factsOf = (tenant: TestTenant) =>
  tenant.systemCtx().db.queryOne<Record<string, number>>(sql`select
    (select count(*)::int from payment_events) as events,
    (select count(*)::int from payment_events where processed_at is null or outcome is null) as open,
    (select sum(deliveries)::int from payment_events) as deliveries,
    (select count(*)::int from jobs where name = 'util__payment-event') as jobs,
    (select count(*)::int from jobs where state = 'SUCCEEDED') as done,
    (select count(*)::int from gateway_payments where state = 'DISPUTED' and amount = 19.99 and currency = 'EUR') as disputed,
    (select sum(version)::int from gateway_payments) as steps,
    (select count(*)::int from audit_entries where subject = 'gateway_payment') as entries,
    (select count(*)::int from payment_events where outcome = 'applied') as applied`)

it('events out of order and told twice, with a worker that is killed twice, move every payment once', async () => {
  const tenants = [await world.tenant('Acme'), await world.tenant('Globex')]
  const objects = ['pay-1', 'pay-2', 'pay-3', 'pay-4', 'pay-5']
  const events = tenants.flatMap((tenant) => objects.flatMap((object) => historyOf(tenant, object)))
  const first = start()
  await Promise.all(events.slice(0, 60).flatMap((event) => [deliver(event), deliver(event)]))
  await kill(first)
  const second = start()
  await Promise.all(events.slice(60).flatMap((event) => [deliver(event), deliver(event)]))
  await expectEventually(async () => {
    const counts = await Promise.all(tenants.map(factsOf))
    expect(counts.some((facts) => (facts?.done ?? 0) > 0)).toBe(true)
  }, 30_000)
  await kill(second)
  start()

  for (const tenant of tenants) {
    const facts = await expectEventually(async () => {
      const now = await factsOf(tenant)
      expect(now).toMatchObject({ events: 60, open: 0, deliveries: 120, jobs: 60, done: 60 })
      return now
    }, 60_000)
    expect(facts?.disputed).toBe(objects.length)
    // Each change is one version of a payment, one applied event and one audit entry.
    expect([facts?.steps, facts?.applied]).toEqual([facts?.entries, facts?.entries])
  }
}, 120_000)

it('an event of success that comes twenty times is one receipt of the line that it names, and a dispute takes it back', async () => {
  const tenant = await world.tenant('Initech')
  const ctx = tenant.ctx('manager')
  const fund = await makeTestFund(ctx, ['1000.00'])
  const [line] = (await makeIssuedCall(ctx, fund, ['100.00'])).lines
  const data = {
    id: 'pay-9',
    amount: 4000,
    currency: 'EUR',
    metadata: { tenantId: tenant.id },
    reference: line?.reference,
  }
  const receipts = () =>
    tenant.systemCtx().db.query(sql`select r.state::text as state, l.applied,
      (select count(*)::int from payments p where p.receipt_id = r.id) as payments
      from bank_receipts r cross join capital_call_lines l where l.id = ${line?.id ?? ''}::uuid`)
  if (!worker) start()
  const told = { id: randomUUID(), type: 'payment.succeeded', data }
  await Promise.all(Array.from({ length: 20 }, () => deliver(told)))
  await expectEventually(async () => {
    expect(await receipts()).toEqual([{ state: 'MATCHED', applied: '40.00', payments: 1 }])
  }, 60_000)
  await Promise.all(Array.from({ length: 20 }, () => deliver({ ...told, id: `again-${told.id}` })))
  await deliver({ id: randomUUID(), type: 'payment.disputed', data })
  await expectEventually(async () => {
    expect(await receipts()).toEqual([{ state: 'BOUNCED', applied: '0.00', payments: 2 }])
  }, 60_000)
}, 150_000)
