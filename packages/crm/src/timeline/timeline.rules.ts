// What holds for what is written on a timeline. Pure.
import { AppError, type ErrorIssue, type Permission, type Signal, signalPoints } from '@throughline/contracts'
import type { Actor } from '@throughline/db'
import { mayChange } from '../deals/index.ts'

/** What a timeline is of. */
export type SubjectKind = 'deal' | 'company' | 'contact'
export interface Subject {
  kind: SubjectKind
  id: string
}

/** What lets somebody write on it. */
export const writePermission: Readonly<Record<SubjectKind, Permission>> = {
  deal: 'deal:update',
  company: 'company:update',
  contact: 'contact:update',
}

/** Clocks of browsers and servers differ by a little. */
const toleratedMs = 5 * 60_000

/** A timeline tells of what has happened. @returns what is wrong with the time, or nothing */
export const timeIssue = (happenedAt: Date, now: Date): ErrorIssue | undefined =>
  happenedAt.getTime() > now.getTime() + toleratedMs
    ? { path: 'body.happenedAt', message: 'must not be in the future' }
    : undefined

/** Points of a signal for the deal's engagement; 0 for what says nothing. */
export const pointsOf = (signal: Signal | null): number => (signal === null ? 0 : signalPoints[signal])

/** What is needed to judge whether somebody may change an entry. */
export interface EntryRights {
  authorId: string | null
  subject: SubjectKind
  /** Of the deal that it stands on. */
  ownerId: string | null
}

/**
 * Members change what they wrote themselves, and on a deal only while the deal is theirs; managers and above, and
 * machines with the permission, change everything.
 */
export const mayChangeEntry = (
  actor: Pick<Actor, 'id' | 'role'>,
  permissions: ReadonlySet<Permission>,
  { authorId, subject, ownerId }: EntryRights,
): boolean =>
  permissions.has(writePermission[subject]) &&
  mayChange(actor, authorId) &&
  (subject !== 'deal' || mayChange(actor, ownerId))

/** @throws AppError forbidden */
export function checkChangesEntry(
  actor: Pick<Actor, 'id' | 'role'>,
  permissions: ReadonlySet<Permission>,
  rights: EntryRights,
): void {
  if (!mayChangeEntry(actor, permissions, rights))
    throw new AppError('forbidden', {
      message: 'Members change only what they wrote themselves, on deals of their own.',
    })
}
