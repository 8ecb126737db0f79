import { once } from 'node:events'
import { createDeal as createDealBody } from '@throughline/contracts'
import { createDeal } from '@throughline/crm'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { createWebhook, getWebhookMessage, listWebhookMessages } from '@throughline/webhooks'
import { isSignedWith, type Receiver, startReceiver, webhookTools } from '@throughline/webhooks/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorkerProcess } from './testing.ts'

let receiver: Receiver
let world: TestWorld
let worker: ReturnType<typeof startWorkerProcess> | undefined

beforeAll(async () => {
  receiver = await startReceiver()
  world = await createTestWorld({
    env: { OUTBOUND_ALLOW_ADDRESSES: '127.0.0.1', OUTBOUND_ALLOW_PORTS: String(receiver.port) },
  })
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await receiver?.close()
  await world?.close()
})

it('a worker that is killed between sending and noting it has its message sent again, under the same id', async () => {
  const acme = await world.tenant('Acme')
  const owner = acme.ctx('owner')
  const { secret, webhook } = await createWebhook(owner, webhookTools(world, receiver), {
    url: receiver.url(),
    description: '',
    eventTypes: ['deal.created'],
  })
  receiver.answer = () => undefined
  worker = startWorkerProcess(world, 'util')
  await createDeal(owner, createDealBody.parse({ title: 'Survives' }))
  await expectEventually(async () => expect(receiver.heard).toHaveLength(1), 30_000)
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
  receiver.answer = (_request, response) => void response.writeHead(204).end()
  worker = startWorkerProcess(world, 'util')

  const message = await expectEventually(async () => {
    const [sent] = (await listWebhookMessages(owner, { endpointId: webhook.id, limit: 10 })).data
    expect(sent?.state).toBe('DELIVERED')
    return sent
  }, 30_000)
  expect(receiver.heard.map(({ id }) => id)).toEqual([message?.id, message?.id])
  expect(receiver.heard.map((heard) => isSignedWith(secret, heard))).toEqual([true, true])
  const detail = await getWebhookMessage(owner, { endpointId: webhook.id, messageId: message?.id ?? '' })
  expect([detail.attempts, detail.tries.length], 'begun twice, and the end of one is known').toEqual([2, 1])
  const count = sql`select count(*)::int as n from webhook_messages`
  expect(await acme.systemCtx().db.queryOne(count)).toEqual({ n: 1 })
}, 90_000)
