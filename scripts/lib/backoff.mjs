const firstDelayMs = 500
const longestDelayMs = 30_000
/** A child that ran this long had recovered: its next crash counts as the first again. */
export const recoveredAfterMs = 60_000

/**
 * How long to wait before a crashed child is started again: 0.5, 1, 2, 4 … 30 s. It never gives up.
 * @param {number} crashes how many there were in a row, from 1
 */
export const backoffDelayMs = (crashes) => Math.min(longestDelayMs, firstDelayMs * 2 ** Math.max(0, crashes - 1))
