// Somebody who cancels queries and breaks connections while others work.
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { adminUrl } from '../services.ts'

export interface Faults {
  /** Sent; most find nothing to cancel. */
  cancels: number
  broken: number
  stop(): Promise<void>
}

const everyMs = 5
/** For whatever has none of its own: about what a short statement takes on a busy machine. */
const statementTimeoutMs = 2
/** One connection is broken for so many rounds of cancelling. */
const roundsForOneBreak = 10

/**
 * A few at random, whatever they do at this moment, so that every kind of statement is hit, the binding of a connection
 * to its tenant included; one that is idle feels nothing. Those that sleep would catch nearly all of it.
 */
const cancel = `select pg_cancel_backend(pid) as done from pg_stat_activity
  where datname = $1 and usename = $2 and query not like '%pg_sleep%' order by random() limit 4`
const terminate = `select pg_terminate_backend(pid) as done from pg_stat_activity
  where datname = $1 and usename = $2 order by random() limit 1`

/** Call before anybody has connected: a timeout is told at the beginning. @param url of the role and the database whose connections are hit */
export async function startFaults(url: string): Promise<Faults> {
  const { pathname, username } = new URL(url)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const database = pg.escapeIdentifier(pathname.slice(1))
  await admin.query(
    `alter role ${pg.escapeIdentifier(username)} in database ${database} set statement_timeout = ${statementTimeoutMs}`,
  )
  const stop = new AbortController()
  const faults = { cancels: 0, broken: 0 }
  const hit = async (statement: string): Promise<number> => {
    const { rows } = await admin.query<{ done: boolean }>(statement, [pathname.slice(1), username])
    return rows.filter(({ done }) => done).length
  }
  const working = (async () => {
    for (let turn = 1; !stop.signal.aborted; turn++) {
      if (turn % roundsForOneBreak === 0) faults.broken += await hit(terminate)
      else faults.cancels += await hit(cancel)
      await setTimeout(everyMs)
    }
  })()
  return Object.assign(faults, {
    async stop() {
      stop.abort()
      await working
      await admin.end()
    },
  })
}
