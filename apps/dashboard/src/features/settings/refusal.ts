import { staleRecord } from '@throughline/contracts'
import { ApiError, messageOf } from '@throughline/ui'

/** Why a change was refused, in words for whoever made it. `thing`: "this member". */
export function refusalOf(error: unknown, thing: string): string | undefined {
  if (!error) return undefined
  if (error instanceof ApiError && error.status === 412)
    return `Somebody changed ${thing} in the meantime. What you see now is the newest state; decide again.`
  return messageOf(error)
}

/** What the API says of a record that somebody else was faster with; nothing when that is not why it refused. */
export const staleOf = (error: unknown) =>
  error instanceof ApiError && error.status === 412 ? staleRecord.safeParse(error.details).data : undefined
