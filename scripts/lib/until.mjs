export const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Asks again and again until the answer is yes.
 * @param {string} what for the message @param {() => Promise<boolean | undefined>} isSo @param {number} timeoutMs
 * @param {number} [everyMs]
 */
export async function until(what, isSo, timeoutMs, everyMs = 30) {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    if (await isSo()) return
    await pause(everyMs)
  }
  throw new Error(`waited ${timeoutMs / 1000} s for ${what}`)
}
