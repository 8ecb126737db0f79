import { type EventType, type EventView, eventView } from '@throughline/contracts'
import { type Db, empty, sql } from '@throughline/db'

interface EventRow {
  seq: string
  type: string
  data: object
  created_at: Date
}

/** @throws ZodError when a row does not fit the catalogue, which only a newer version can have written */
export const toEventView = (row: EventRow): EventView =>
  eventView.parse({ seq: Number(row.seq), type: row.type, data: row.data, at: row.created_at.toISOString() })

/**
 * Events of one tenant with a higher number than `after`, oldest first.
 * @param without types that the reader may not see
 */
export async function readEvents(
  db: Db,
  tenantId: string,
  after: number,
  limit: number,
  without: readonly EventType[] = [],
): Promise<EventView[]> {
  const rows = await db.query<EventRow>(sql`select seq, type, data, created_at from events
    where tenant_id = ${tenantId}::uuid and seq > ${after}
      ${without.length > 0 ? sql`and type <> all(${[...without]}::text[])` : empty} order by seq limit ${limit}`)
  return rows.map(toEventView)
}

/** The newest number of a tenant; 0 before its first event. */
export async function readLastSeq(db: Db, tenantId: string): Promise<number> {
  const row = await db.queryOne<{ last_seq: string }>(
    sql`select last_seq from event_counters where tenant_id = ${tenantId}::uuid`,
  )
  return Number(row?.last_seq ?? 0)
}
