import { setTimeout } from 'node:timers/promises'

/**
 * Asks again until the answer holds. For what happens in another process; a test never sleeps.
 * @throws the last failure when it has not held within `timeoutMs`
 */
export async function expectEventually<T>(check: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await setTimeout(25)
    }
  }
}
