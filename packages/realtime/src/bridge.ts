// From Redis to this node's own sockets. Every node subscribes, so a node sends to its own sockets only: with the
// Redis adapter a plain `io.to` would deliver once per node.
import {
  type EventView,
  fundEvents,
  id,
  type PublishedMessage,
  publishedMessage,
  reviewerEvents,
} from '@throughline/contracts'
import type { Database, Log } from '@throughline/db'
import type { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import { eventChannelPattern } from './channels.ts'
import { readEvents, readLastSeq } from './events.repo.ts'
import { dmRoom, fundRoom, tenantRoom } from './rooms.ts'

export interface BridgeOptions {
  io: Server
  /** A connection of its own: one that subscribes can do nothing else. */
  subscriber: Redis
  prefix: string
  database: Database
  log: Log
}

/** What happens in a fund is heard by who looks at it, and by nobody else of the firm. */
function roomFor(tenantId: string, { type, data: { fundId } }: EventView): string {
  return fundEvents.includes(type) ? fundRoom(tenantId, id.parse(fundId)) : tenantRoom(tenantId)
}

/** How many missing events are read at once. */
const gapLimit = 500

/** Delivers each event of a tenant once and in order, whatever the order in which the nodes published them. */
export class EventBridge {
  readonly #options: BridgeOptions
  /** The last number that was sent to this node's sockets, per tenant. */
  readonly #lastSeq = new Map<string, number>()
  /** Work in progress per tenant: one message after the other. */
  readonly #lines = new Map<string, Promise<void>>()

  constructor(options: BridgeOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { subscriber, prefix, log } = this.#options
    subscriber.on('pmessage', (_pattern, _channel, text: string) => {
      const parsed = publishedMessage.safeParse(JSON.parse(text))
      if (parsed.success) void this.#afterOthers(parsed.data.tenantId, () => this.#deliver(parsed.data))
      else log.warn({ issues: parsed.error.issues }, 'an event on Redis was not understood')
    })
    await subscriber.psubscribe(eventChannelPattern(prefix))
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.values())
  }

  /** From here on nothing of this tenant is missed, also when a later number arrives before an earlier one. */
  watch(tenantId: string): Promise<void> {
    if (this.#lastSeq.has(tenantId)) return Promise.resolve()
    return this.#afterOthers(tenantId, async () => {
      if (!this.#lastSeq.has(tenantId))
        this.#lastSeq.set(tenantId, await readLastSeq(this.#options.database.platform, tenantId))
    })
  }

  #afterOthers(tenantId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#lines.get(tenantId) ?? Promise.resolve()
    const line = before
      .then(work)
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'an event was not delivered'))
      .finally(() => {
        if (this.#lines.get(tenantId) === line) this.#lines.delete(tenantId)
      })
    this.#lines.set(tenantId, line)
    return line
  }

  async #deliver(message: PublishedMessage): Promise<void> {
    const { io } = this.#options
    if (message.kind === 'live') {
      io.local.to(tenantRoom(message.tenantId)).emit('live', message.live)
      return
    }
    const { tenantId, event } = message
    const last = this.#lastSeq.get(tenantId)
    if (last !== undefined && event.seq <= last) return
    // Unknown: nobody of this tenant has connected to this node yet, so nobody misses what came before.
    if (last !== undefined && event.seq > last + 1) await this.#fillGap(tenantId, last, event.seq)
    this.#send(tenantId, event)
  }

  async #fillGap(tenantId: string, after: number, before: number): Promise<void> {
    const { database } = this.#options
    for (let from = after; from < before - 1; ) {
      const events = (await readEvents(database.platform, tenantId, from, gapLimit)).filter(({ seq }) => seq < before)
      for (const event of events) this.#send(tenantId, event)
      const last = events.at(-1)
      if (!last) return
      from = last.seq
    }
  }

  #send(tenantId: string, event: EventView): void {
    const { io } = this.#options
    this.#lastSeq.set(tenantId, event.seq)
    io.local.to(roomFor(tenantId, event)).emit('event', event)
    if (reviewerEvents.includes(event.type)) io.local.to(dmRoom).emit('event', { ...event, tenantId })
  }
}
