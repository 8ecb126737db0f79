import type { Log } from '@throughline/db'
import pg from 'pg'

export interface Listener {
  close(): Promise<void>
}

const retryMs = 1_000

/** Calls back at every notification on a channel, and once after each (re)connection: something may have been missed. */
export function listen(url: string, channel: string, onNotification: () => void, log: Log): Listener {
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const reconnect = (reason: string) => {
    if (closed || retry) return
    log.warn({ channel, reason }, 'listening to the database again in a second')
    retry = setTimeout(() => {
      retry = undefined
      void connect()
    }, retryMs)
  }
  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'throughline-listen' })
    client = next
    next.on('notification', onNotification)
    next.on('error', ({ message }) => reconnect(message))
    next.on('end', () => reconnect('the connection ended'))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      onNotification()
    } catch (error) {
      reconnect(error instanceof Error ? error.message : String(error))
    }
  }
  void connect()
  return {
    async close() {
      closed = true
      clearTimeout(retry)
      // It may never have connected; there is nothing to end then.
      await client?.end().catch(() => undefined)
    },
  }
}
