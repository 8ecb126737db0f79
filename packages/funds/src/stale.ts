import { AppError } from '@throughline/contracts'

/**
 * Whether somebody changes what they have seen; without a version it is not asked.
 * @throws AppError stale_version with the present version
 */
export function checkSeen(present: number, seen: number | undefined): void {
  if (seen !== undefined && seen !== present) throw new AppError('stale_version', { details: { version: present } })
}
