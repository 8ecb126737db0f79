import { ApiError, messageOf } from '@throughline/ui'

/** Why a change was refused, in words for whoever made it. `thing`: "this member". */
export function refusalOf(error: unknown, thing: string): string | undefined {
  if (!error) return undefined
  if (error instanceof ApiError && error.status === 412)
    return `Somebody changed ${thing} in the meantime. What you see now is the newest state; decide again.`
  return messageOf(error)
}
