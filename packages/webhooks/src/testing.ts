// A receiver of webhooks on this machine, as somebody would write one, and a deliverer that may call it.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEncryption } from '@throughline/accounts'
import { createFetchOutside, type OutboundPolicy } from '@throughline/outbound'
import type { TestWorld } from '@throughline/testing'
import { Webhook } from 'standardwebhooks'
import { type Deliverer, type DelivererOptions, startDeliverer } from './deliverer.ts'
import type { WebhookTools } from './endpoints.service.ts'

export interface Heard {
  id: string
  path: string
  headers: Record<string, string>
  /** As it came. */
  body: string
}

export interface Receiver {
  port: number
  url(path?: string): string
  heard: Heard[]
  /** What it answers from now on; 204 unless it says otherwise. */
  answer: RequestListener
  close(): Promise<void>
}

/** Listens on loopback. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    port: 0,
    url: (path = '/hooks') => `http://127.0.0.1:${receiver.port}${path}`,
    heard: [],
    answer: (_request, response) => void response.writeHead(204).end(),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      receiver.heard.push({ id: headers['webhook-id'] ?? '', path: request.url ?? '', headers, body })
      receiver.answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  receiver.port = (server.address() as AddressInfo).port
  return receiver
}

/** Whether a message was signed with this secret, by the library of the standard. */
export function isSignedWith(secret: string, { body, headers }: Heard): boolean {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}

const policyFor = (receivers: readonly Receiver[]): OutboundPolicy => ({
  allowHttp: true,
  allowAddresses: ['127.0.0.1'],
  ports: receivers.map(({ port }) => port),
})

/** What the services of webhooks take, and may call these receivers. */
export const webhookTools = ({ config }: TestWorld, ...receivers: readonly Receiver[]): WebhookTools => ({
  encryption: createEncryption(config.encryption),
  outbound: policyFor(receivers),
})

/** A deliverer in this process; it tries again soon. */
export function deliverTo(
  { config, database, log }: TestWorld,
  receivers: readonly Receiver[],
  options: Partial<DelivererOptions> = {},
): Deliverer {
  return startDeliverer({
    database,
    log,
    encryption: createEncryption(config.encryption),
    fetchOutside: createFetchOutside(policyFor(receivers)),
    waits: [50, 50, 50],
    chance: () => 0,
    ...options,
  })
}
