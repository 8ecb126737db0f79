import { pause } from './until.mjs'

/** @param {string} url @param {number} [timeoutMs] @returns {Promise<boolean>} */
export async function isHealthy(url, timeoutMs = 2000) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false // not listening yet, or not answering: the caller asks again
  }
}

/**
 * Waits until each of these addresses answers with success.
 * @param {Record<string, string>} addresses by name
 * @param {{ onHealthy?: (name: string) => void, onSlow?: (names: string[], ms: number) => void, slowAfterMs?: number, timeoutMs?: number, isStopping?: () => boolean }} options without `timeoutMs` it waits for ever
 * @throws {Error} that names those that never answered
 */
export async function waitUntilHealthy(addresses, options) {
  const {
    onHealthy = () => undefined,
    onSlow = () => undefined,
    slowAfterMs = 30_000,
    timeoutMs = Number.POSITIVE_INFINITY,
    isStopping = () => false,
  } = options
  const waiting = new Set(Object.keys(addresses))
  const startedAt = Date.now()
  const waitFor = async (/** @type {[string, string]} */ [name, address]) => {
    while (!(await isHealthy(address))) {
      if (isStopping() || Date.now() - startedAt > timeoutMs) return
      await pause(60)
    }
    waiting.delete(name)
    onHealthy(name)
  }
  const slow = setInterval(() => onSlow([...waiting], Date.now() - startedAt), slowAfterMs)
  try {
    await Promise.all(Object.entries(addresses).map(waitFor))
  } finally {
    clearInterval(slow)
  }
  if (waiting.size > 0 && !isStopping())
    throw new Error(`not healthy after ${Math.round((Date.now() - startedAt) / 1000)} s: ${[...waiting].join(', ')}`)
}
