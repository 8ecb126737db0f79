// Takes messages that are due and sends them, many at once and few to one endpoint: who is slow holds up nobody else.
import { type DeliveryTools, deliver } from './deliver.ts'
import { type TakenMessage, takeDueMessages } from './messages.repo.ts'

export interface DelivererOptions extends Omit<DeliveryTools, 'timeoutMs'> {
  /** Milliseconds that a receiver has to answer. 15,000. */
  timeoutMs?: number
  /** How many at once in this process, and how many to one endpoint. 128 and 4. */
  inAll?: number
  perEndpoint?: number
  /** For how long a message that was taken is left to its process, milliseconds; a try ends well before. 60,000. */
  leaseMs?: number
}

export interface Deliverer {
  /** Takes nothing more and waits for what is under way; after `deadlineMs` it is left for another process. */
  close(deadlineMs: number): Promise<void>
}

/**
 * How long a message waits at most. Nobody is told of a commit: NOTIFY takes a lock that commits wait for, one after the
 * other, and a receiver does not feel a quarter of a second.
 */
const pollMs = 250
/** How long a receiver has to answer. */
const answerWithinMs = 15_000

/** Starts delivering, by a clock and whenever a try has ended. */
export function startDeliverer(options: DelivererOptions): Deliverer {
  const { database, log, inAll = 128, perEndpoint = 4, leaseMs = 60_000 } = options
  const tools = { ...options, timeoutMs: Math.min(options.timeoutMs ?? answerWithinMs, leaseMs * 0.75) }
  const stop = new AbortController()
  const underWay = new Map<Promise<void>, TakenMessage>()
  let taking: Promise<void> | undefined
  let again = false
  let closed = false

  function start(message: TakenMessage): void {
    const work = deliver(tools, message, stop.signal)
      .catch((error: unknown) => {
        // It is due again after its lease.
        if (!stop.signal.aborted) log.error({ err: error, messageId: message.id }, 'a webhook was not written down')
      })
      .finally(() => {
        underWay.delete(work)
        wake()
      })
    underWay.set(work, message)
  }
  async function take(): Promise<void> {
    while (again && !closed && underWay.size < inAll) {
      again = false
      const ofEndpoints = Map.groupBy(underWay.values(), ({ endpointId }) => endpointId)
      const busy = [...ofEndpoints].map(([endpointId, { length }]) => ({ endpointId, n: length }))
      const room = { inAll: inAll - underWay.size, perEndpoint, busy, leaseMs }
      for (const message of await takeDueMessages(database.platform, room)) start(message)
    }
  }
  function wake(): void {
    if (closed) return
    again = true
    taking ??= take()
      .catch((error: unknown) => log.error({ err: error }, 'webhooks that are due could not be read'))
      .finally(() => {
        taking = undefined
        // Woken after the last look and before this line.
        if (again && underWay.size < inAll) wake()
      })
  }
  const clock = setInterval(wake, pollMs)
  wake()
  return {
    async close(deadlineMs) {
      closed = true
      clearInterval(clock)
      await taking
      const deadline = setTimeout(() => stop.abort(new Error('the worker is stopping')), deadlineMs)
      await Promise.all(underWay.keys())
      clearTimeout(deadline)
    },
  }
}
