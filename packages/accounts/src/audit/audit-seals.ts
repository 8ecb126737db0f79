// The newest hash of each chain, told to storage every hour: whoever cuts the end off a chain in the database cannot
// take back what was told.
import { Readable } from 'node:stream'
import type { AuditVerification } from '@throughline/contracts'
import type { Db } from '@throughline/db'
import { type Storage, storageKey } from '@throughline/storage'
import * as z from 'zod'
import { type Head, insertSeal, readChain, readHash, readHeads, readSealKeys } from './audit.repo.ts'

const maxSealBytes = 64 * 1024 * 1024
const seal = z.object({
  sealedAt: z.iso.datetime(),
  heads: z.array(z.object({ tenantId: z.uuid(), seq: z.string(), hash: z.string() })),
})

/** Writes the heads of all chains to storage, under a key that is never written again. @returns how many */
export async function sealAudit(db: Db, storage: Storage, now: Date): Promise<number> {
  const heads = await readHeads(db)
  const key = storageKey('audit-seals', now)
  const body = JSON.stringify({ sealedAt: now.toISOString(), heads })
  await storage.put(key, Readable.from([body]), { contentType: 'application/json', maxBytes: maxSealBytes })
  await insertSeal(db, key, heads.length)
  return heads.length
}

async function readSeal(storage: Storage, key: string): Promise<Head[]> {
  const chunks: Buffer[] = []
  for await (const chunk of await storage.get(key)) chunks.push(Buffer.from(chunk))
  return seal.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).heads
}

/** All seals, read once for all chains. @returns the heads by chain, oldest first, and how many seals there are */
export async function readSeals(db: Db, storage: Storage): Promise<{ count: number; heads: Map<string, Head[]> }> {
  const keys = await readSealKeys(db)
  const all: Head[] = []
  for (const key of keys) all.push(...(await readSeal(storage, key)))
  return { count: keys.length, heads: Map.groupBy(all, ({ tenantId }) => tenantId) }
}

/** Whether a chain holds in itself and against everything that was sealed of it. Names the first row that does not. */
export async function verifyChain(
  db: Db,
  tenantId: string,
  { count, heads }: Awaited<ReturnType<typeof readSeals>>,
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
  return { ...answer, intact: true, broken: null }
}
