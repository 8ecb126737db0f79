import {
  AppError,
  type DuplicateConflict,
  type DuplicatePair,
  type ListDuplicates,
  type Page,
} from '@throughline/contracts'
import { type Ctx, decodeCursor, encodeCursor } from '@throughline/db'
import * as z from 'zod'
import type { Candidate } from './candidates.repo.ts'
import { findPairs } from './pairs.repo.ts'

/** A 409 that names the records that are in the way. */
export const duplicateConflict = (
  message: string,
  candidates: DuplicateConflict['candidates'],
  mayForce: boolean,
): AppError => new AppError('conflict', { message, details: { candidates, mayForce } satisfies DuplicateConflict })

const fieldOf = { domain: 'domain', email: 'e-mail', name: 'name', title: 'title' } as const

/** @throws AppError conflict for what is there already; with `force`, only for what must be unique */
export function refuseDuplicates(found: readonly Candidate[], force: boolean): void {
  const [first] = found
  if (!first || (force && !first.unique)) return
  const message = first.unique
    ? `${first.name} has this ${fieldOf[first.reason]} already.`
    : `${first.name} looks like the same. Use it, or create another one all the same.`
  const candidates = found.map(({ unique: _unique, ...candidate }) => candidate)
  throw duplicateConflict(message, candidates, !first.unique)
}

const cursorOf = z.tuple([z.uuid(), z.uuid()])
/** Before every other id: all pairs of the record in front of it have been looked at. */
const lowest = '00000000-0000-0000-0000-000000000000'

/** Pairs that may be one record, newest first. An empty page with a next one has looked through a part in vain. */
export async function listDuplicates(ctx: Ctx, { kind, limit, cursor }: ListDuplicates): Promise<Page<DuplicatePair>> {
  const after = cursor ? decodeCursor(cursor, cursorOf) : null
  const { pairs, nextFrom } = await findPairs(ctx.db, kind, { limit, after })
  const shown = pairs.slice(0, limit)
  const next = pairs.length > limit ? shown.at(-1)?.ids : nextFrom === null ? undefined : [nextFrom, lowest]
  return {
    data: shown.map(({ ids: _ids, ...pair }) => pair),
    page: { limit, nextCursor: next ? encodeCursor(next) : null },
  }
}
