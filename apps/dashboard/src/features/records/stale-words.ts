import { isRefusal, messageOf } from '@throughline/ui'

/** Why a form was not saved; a reader of an old version is told that what stands there now is the newest. */
export const refusalWords = (error: unknown): string =>
  isRefusal(error, 'stale_version')
    ? 'Somebody changed this in the meantime. What you see now is the newest version; make your change again.'
    : messageOf(error)
