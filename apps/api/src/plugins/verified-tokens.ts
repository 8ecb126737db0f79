import type { AccessClaims } from '@throughline/contracts'

const maxTokens = 10_000

/**
 * What tokens say whose signature was checked already, by their text, until they expire. A process knows its keys from
 * its start to its end, so what it has verified holds for as long; whether the session still stands is not kept here.
 */
export class VerifiedTokens {
  readonly #claims = new Map<string, AccessClaims>()
  readonly #verify: (token: string) => AccessClaims
  readonly #now: () => number

  /** @param verify checks signature, expiry and content. It throws what `claimsOf` then throws. */
  constructor(verify: (token: string) => AccessClaims, now: () => number = Date.now) {
    this.#verify = verify
    this.#now = now
  }

  /** @throws what `verify` throws, also for a token that has expired since */
  claimsOf(token: string): AccessClaims {
    const known = this.#claims.get(token)
    if (known && known.exp * 1000 > this.#now()) return known
    this.#claims.delete(token)
    const claims = Object.freeze(this.#verify(token))
    const [oldest] = this.#claims.keys()
    if (this.#claims.size >= maxTokens && oldest !== undefined) this.#claims.delete(oldest)
    this.#claims.set(token, claims)
    return claims
  }
}
