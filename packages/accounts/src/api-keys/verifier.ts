import type { Log, PlatformDb } from '@throughline/db'
import { hashOf } from '../secrets/index.ts'
import { readUsableKey, touchApiKey, type UsableKey } from './api-keys.repo.ts'
import { parseKey, secretMatches } from './api-keys.rules.ts'

/** A key that was ended is refused within this time on every node; the question costs a busy machine nothing. */
const rememberMs = 2_000
const touchEveryMs = 60_000
const maxRemembered = 2_000

export interface VerifiedKey {
  id: string
  tenantId: string
  scopes: readonly string[]
}

/** Says whose key this is. One a process. */
export class ApiKeyVerifier {
  readonly #db: PlatformDb
  readonly #log: Log
  readonly #remembered = new Map<string, { key: UsableKey; until: number }>()
  readonly #touched = new Map<string, number>()

  constructor(db: PlatformDb, log: Log) {
    this.#db = db
    this.#log = log
  }

  /** @returns undefined when it is not a key, not right, ended, or of a firm that is suspended */
  async verify(given: string): Promise<VerifiedKey | undefined> {
    const parsed = parseKey(given)
    if (!parsed) return undefined
    const hash = hashOf(given)
    const known = this.#remembered.get(hash)
    if (known && known.until > Date.now()) return known.key
    const key = await readUsableKey(this.#db, parsed.id)
    if (!key || !secretMatches(parsed.secret, key.secretHash)) return undefined
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear()
    this.#remembered.set(hash, { key, until: Date.now() + rememberMs })
    this.#touch(key)
    return key
  }

  #touch(key: UsableKey): void {
    const at = this.#touched.get(key.id) ?? 0
    if (Date.now() - at < touchEveryMs) return
    if (this.#touched.size >= maxRemembered) this.#touched.clear()
    this.#touched.set(key.id, Date.now())
    // The request does not wait for it, and does not fail with it.
    touchApiKey(this.#db, key).catch((error: unknown) =>
      this.#log.warn({ err: error }, 'the use of a key was not noted'),
    )
  }
}
