// Somebody who cancels queries and breaks connections while others work.
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { adminUrl } from '../services.ts'

export interface Faults {
  cancelled: number
  broken: number
  stop(): Promise<void>
}

const everyMs = 10
/** One connection is broken for so many queries that are cancelled. */
const cancelsForOneBreak = 4

const cancel = `select pg_cancel_backend(pid) as done from pg_stat_activity
  where datname = $1 and usename = $2 and state = 'active' order by random() limit 1`
const terminate = `select pg_terminate_backend(pid) as done from pg_stat_activity
  where datname = $1 and usename = $2 order by random() limit 1`

/** @param url of the role and the database whose connections are hit */
export async function startFaults(url: string): Promise<Faults> {
  const { pathname, username } = new URL(url)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const stop = new AbortController()
  const faults = { cancelled: 0, broken: 0 }
  const hit = async (statement: string): Promise<number> => {
    const { rows } = await admin.query<{ done: boolean }>(statement, [pathname.slice(1), username])
    return rows.filter(({ done }) => done).length
  }
  const working = (async () => {
    for (let turn = 1; !stop.signal.aborted; turn++) {
      if (turn % (cancelsForOneBreak + 1) === 0) faults.broken += await hit(terminate)
      else faults.cancelled += await hit(cancel)
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
