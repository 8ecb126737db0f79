// The newest hash of each chain, told to storage every hour: whoever cuts the end off a chain in the database cannot
// take back what was told.
import { Readable } from 'node:stream'
import type { AuditVerification } from '@throughline/contracts'
import type { Db } from '@throughline/db'
import { type Storage, storageKey } from '@throughline/storage'
import * as z from 'zod'
import { type Head, insertSeal, readChain, readHash, readHeads, readSealKeys } from './audit.repo.ts'

const place = 'audit-seals'
const maxSealBytes = 64 * 1024 * 1024
const seal = z.object({
  sealedAt: z.iso.datetime(),
  heads: z.array(z.object({ tenantId: z.uuid(), seq: z.string(), hash: z.string() })),
})

/** Writes the heads of all chains to storage, under a key that is never written again. @returns how many */
export async function sealAudit(db: Db, storage: Storage, now: Date): Promise<number> {
  const heads = await readHeads(db)
  const key = storageKey(place, now)
  const body = JSON.stringify({ sealedAt: now.toISOString(), heads })
  await storage.put(key, Readable.from([body]), { contentType: 'application/json', maxBytes: maxSealBytes })
  await insertSeal(db, key, heads.length)
  return heads.length
}

async function readSeal(storage: Storage, key: string) {
  const chunks: Buffer[] = []
  for await (const chunk of await storage.get(key)) chunks.push(Buffer.from(chunk))
  return seal.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
}

export interface Seals {
  count: number
  /** By chain, oldest first. */
  heads: Map<string, Head[]>
  /** On the database's list, and not in storage. */
  missing: string[]
}

/**
 * All seals, read once for all chains. Storage says which there are: the list in the database is in the hands of whoever
 * a seal is there to convict, and shows only what was taken out of storage.
 */
export async function readSeals(db: Db, storage: Storage): Promise<Seals> {
  // The list first: a seal is in storage before it is on the list, so one that is made just now is not missed.
  const recorded = await readSealKeys(db)
  const keys = new Set(await storage.list(place))
  const missing = recorded.filter((key) => !keys.has(key))
  const seals: z.infer<typeof seal>[] = []
  for (const key of keys) seals.push(await readSeal(storage, key))
  seals.sort((a, b) => Date.parse(a.sealedAt) - Date.parse(b.sealedAt))
  const heads = seals.flatMap((each) => each.heads)
  return { count: seals.length, heads: Map.groupBy(heads, ({ tenantId }) => tenantId), missing }
}

/** Whether a chain holds in itself and against everything that was sealed of it. Names the first row that does not. */
export async function verifyChain(
  db: Db,
  tenantId: string,
  { count, heads, missing: [missing] }: Seals,
): Promise<AuditVerification> {
  const { entries, broken } = await readChain(db, tenantId)
  const answer = { entries, checkedSeals: count }
  if (broken) return { ...answer, intact: false, broken }
  let checked = ''
  for (const { seq, hash } of heads.get(tenantId) ?? []) {
    // A quiet chain is sealed again and again at the same row.
    if (checked === `${seq} ${hash}`) continue
    checked = `${seq} ${hash}`
    const stored = await readHash(db, tenantId, seq)
    if (stored === hash) continue
    const reason = stored === undefined ? 'it was sealed and is gone' : 'it is not the row that was sealed'
    return { ...answer, intact: false, broken: { seq, reason } }
  }
  if (missing)
    return { ...answer, intact: false, broken: { seq: '0', reason: `the seal ${missing} is gone from storage` } }
  return { ...answer, intact: true, broken: null }
}
