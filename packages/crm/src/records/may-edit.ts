// Whether a company or contact is somebody's to change, as they saw it.
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { checkVersion, mayChange } from '../deals/index.ts'

interface Held {
  kind: 'company' | 'contact'
  id: string
  /** Its fields as they are now. */
  record: { ownerId: string | null; version: number }
}

/** @throws AppError forbidden; stale_version with who made each field what it is */
export async function checkMayEdit(ctx: Ctx, { kind, id, record }: Held, version: number | undefined): Promise<void> {
  if (!mayChange(ctx.actor, record.ownerId))
    throw new AppError('forbidden', { message: 'Members change only records that are assigned to them.' })
  await checkVersion(ctx, { subject: kind, id, fields: record }, version)
}
