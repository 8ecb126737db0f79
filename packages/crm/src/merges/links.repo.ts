// The rows that point at a record: counted, led to another, and led back.
import type { MergeKind, MergePreview } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

interface Link {
  name: 'deals' | 'contacts' | 'timeline' | 'submissions'
  table: Sql
  column: Sql
}

const timeline = (column: Sql): Link => ({ name: 'timeline', table: sql`timeline_entries`, column })
const links: Readonly<Record<MergeKind, readonly Link[]>> = {
  company: [
    { name: 'contacts', table: sql`contacts`, column: sql`company_id` },
    { name: 'deals', table: sql`deals`, column: sql`company_id` },
    timeline(sql`company_id`),
  ],
  contact: [{ name: 'deals', table: sql`deals`, column: sql`contact_id` }, timeline(sql`contact_id`)],
  deal: [timeline(sql`deal_id`), { name: 'submissions', table: sql`lead_submissions`, column: sql`deal_id` }],
}

const ids = z.array(z.uuid()).default([])
const part = z.object({ dealId: z.uuid(), contactId: z.uuid(), role: z.string() })
type Part = z.infer<typeof part>

/** What a merge did to the rows around the two records. */
export const moved = z.object({
  deals: ids,
  contacts: ids,
  timeline: ids,
  submissions: ids,
  /** Parts in deals that were moved, as they were. */
  parts: z.array(part),
  /** Parts that the kept record has already, as they were. */
  dropped: z.array(part),
  /** Main contact of the merged deal, that became another contact of the kept one. */
  added: z.array(part),
})
export type Moved = z.infer<typeof moved>

/** Points rows from one record at the other. @param only those rows; all when it is left out */
async function relink(
  db: TenantDb,
  { table, column }: Link,
  { from, to, only }: { from: string; to: string; only?: readonly string[] },
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    update ${table} set ${column} = ${to}::uuid
    where tenant_id = ${db.tenantId}::uuid and ${column} = ${from}::uuid
      and (${only ?? null}::uuid[] is null or id = any(${only ?? null}::uuid[])) returning id`)
  return rows.map(({ id }) => id)
}

const partColumns = sql`deal_id as "dealId", contact_id as "contactId", role`

/** The column of `deal_contacts` that names a record of this kind; companies play no part in deals. */
const partColumn = { company: null, contact: sql`contact_id`, deal: sql`deal_id` } as const

const partsOf = (db: TenantDb, column: Sql, id: string): Promise<Part[]> =>
  db.query<Part>(sql`select ${partColumns} from deal_contacts
    where tenant_id = ${db.tenantId}::uuid and ${column} = ${id}::uuid order by deal_id, contact_id`)

const removeParts = (db: TenantDb, parts: readonly Part[]): Promise<number> =>
  db.execute(sql`delete from deal_contacts p using jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      as g("dealId" uuid, "contactId" uuid)
    where p.tenant_id = ${db.tenantId}::uuid and p.deal_id = g."dealId" and p.contact_id = g."contactId"`)

const insertParts = (db: TenantDb, parts: readonly Part[]): Promise<number> =>
  db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    select ${db.tenantId}::uuid, g."dealId", g."contactId", g.role from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      as g("dealId" uuid, "contactId" uuid, role text)
    on conflict do nothing`)

/** Pairs of deal and contact, `deal/contact`, in which the contact is the deal's main one. */
async function mainContacts(db: TenantDb, dealIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ pair: string }>(sql`
    select id || '/' || contact_id as pair from deals
    where tenant_id = ${db.tenantId}::uuid and id = any(${dealIds}::uuid[]) and contact_id is not null`)
  return new Set(rows.map(({ pair }) => pair))
}

const pairOf = ({ dealId, contactId }: Part): string => `${dealId}/${contactId}`
const renamed = (kind: MergeKind, each: Part, to: string): Part =>
  kind === 'deal' ? { ...each, dealId: to } : { ...each, contactId: to }

/** Leads parts in deals to the kept record; nobody has two parts in one deal. */
async function moveParts(
  db: TenantDb,
  kind: MergeKind,
  from: string,
  to: string,
): Promise<Pick<Moved, 'parts' | 'dropped'>> {
  const column = partColumn[kind]
  if (!column) return { parts: [], dropped: [] }
  const own = await partsOf(db, column, from)
  const there = new Set((await partsOf(db, column, to)).map(pairOf))
  const main = await mainContacts(db, [to, ...own.map(({ dealId }) => dealId)])
  const stays = (each: Part) => {
    const next = pairOf(renamed(kind, each, to))
    return !there.has(next) && !main.has(next)
  }
  const parts = own.filter(stays)
  await removeParts(db, own)
  await insertParts(
    db,
    parts.map((each) => renamed(kind, each, to)),
  )
  return { parts, dropped: own.filter((each) => !stays(each)) }
}

/** Points all that pointed at one record at the other. The kept record is written by now. */
export async function moveLinks(db: TenantDb, kind: MergeKind, from: string, to: string): Promise<Moved> {
  const result: Moved = { deals: [], contacts: [], timeline: [], submissions: [], parts: [], dropped: [], added: [] }
  for (const link of links[kind]) result[link.name] = await relink(db, link, { from, to })
  return { ...result, ...(await moveParts(db, kind, from, to)) }
}

/** The merged deal's own main contact goes on having a part in the kept one. */
export async function addFormerContact(db: TenantDb, dealId: string, contactId: string): Promise<Moved['added']> {
  const former = { dealId, contactId, role: 'contact' }
  const main = await mainContacts(db, [dealId])
  return !main.has(pairOf(former)) && (await insertParts(db, [former])) === 1 ? [former] : []
}

/** Leads rows back. @returns how many of them are gone or point elsewhere by now */
export async function moveBack(
  db: TenantDb,
  kind: MergeKind,
  { was, from, to }: { was: Moved; from: string; to: string },
): Promise<number> {
  let lost = 0
  for (const link of links[kind]) {
    const only = was[link.name]
    if (only.length > 0) lost += only.length - (await relink(db, link, { from, to, only })).length
  }
  const standing = [...was.parts.map((each) => renamed(kind, each, from)), ...was.added]
  lost += standing.length - (await removeParts(db, standing))
  const former = [...was.parts, ...was.dropped]
  return lost + former.length - (await insertParts(db, former))
}

/** How many rows would move. */
export async function countLinks(db: TenantDb, kind: MergeKind, from: string): Promise<MergePreview['moves']> {
  const moves = { deals: 0, contacts: 0, timeline: 0, dealContacts: 0, submissions: 0 }
  for (const { name, table, column } of links[kind]) {
    const row = await db.queryOne<{ count: number }>(
      sql`select count(*)::int as count from ${table} where tenant_id = ${db.tenantId}::uuid and ${column} = ${from}::uuid`,
    )
    moves[name] = row?.count ?? 0
  }
  const column = partColumn[kind]
  if (column) moves.dealContacts = (await partsOf(db, column, from)).length
  const { submissions: _submissions, ...told } = moves
  return told
}
