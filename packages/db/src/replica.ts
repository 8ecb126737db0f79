// A replica is behind by what it has not replayed yet. Whoever must see every answered write asks first.
import type { ReadDb } from './questions.ts'
import { sql } from './sql.ts'

interface Log {
  error(details: object, message: string): void
}

/** What is answered is flushed: a replica that has replayed until here has every write that anybody was told of. */
const writtenUntil = sql`select pg_current_wal_flush_lsn()::text as lsn`

async function hasReplayed(replica: ReadDb, lsn: string): Promise<boolean> {
  // A server that replays nothing is a primary itself, and is asked as it is.
  const row = await replica.queryOne<{ ready: boolean }>(sql`
    select not pg_is_in_recovery() or coalesce(pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn, false) as ready`)
  return row?.ready ?? false
}

/** The replica when it has every write that is committed by now; else, and when it does not answer, the primary. */
export async function caughtUp(primary: ReadDb, replica: ReadDb, log: Log): Promise<ReadDb> {
  const written = await primary.queryOne<{ lsn: string }>(writtenUntil)
  try {
    return written && (await hasReplayed(replica, written.lsn)) ? replica : primary
  } catch (error) {
    log.error({ reason: error instanceof Error ? error.message : String(error) }, 'the replica does not answer')
    return primary
  }
}
