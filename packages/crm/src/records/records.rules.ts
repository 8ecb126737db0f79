// What holds for companies and contacts alike. Pure.
import { AppError } from '@throughline/contracts'
import type { Actor } from '@throughline/db'
import { mayChange } from '../deals/index.ts'

/** Without a named owner, the person who makes a record owns it. @throws AppError forbidden for a member who names another */
export function ownerOfNew(actor: Actor, given: string | null | undefined): string | null {
  const ownerId = given === undefined ? (actor.kind === 'user' ? actor.id : null) : given
  if (!mayChange(actor, ownerId))
    throw new AppError('forbidden', { message: 'Members create records of their own only.' })
  return ownerId
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Of the named fields those that differ, before and after; nothing when none does. */
export function changedFields<T extends object>(
  before: T,
  named: Partial<T>,
): { before: Partial<T>; after: Partial<T> } | undefined {
  const fields = Object.entries(named).filter(
    ([key, value]) => value !== undefined && !same(Reflect.get(before, key), value),
  )
  if (fields.length === 0) return undefined
  const was = fields.map(([key]) => [key, Reflect.get(before, key)])
  return { before: Object.fromEntries(was) as Partial<T>, after: Object.fromEntries(fields) as Partial<T> }
}
