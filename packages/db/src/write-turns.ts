// Whose transaction is next. A transaction keeps its connection until the disk has what it wrote, and a disk has moments in
// which that takes half a second; a firm's transactions wait for each other at its audit chain besides. Would they take
// every connection meanwhile, everybody who only reads would wait with them.

export interface Shares {
  /** Transactions at once. */
  all: number
  /** Of one tenant. */
  ofOne: number
}

/** Of the connections of a pool: three in ten are left to who reads, and of the others no firm has all. */
export function sharesOf(connections: number): Shares {
  const all = connections - Math.floor(connections * 0.3)
  return { all, ofOne: Math.ceil(all * 0.7) }
}

type Whose = string | null

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** Lets so many transactions run at once. Who has to wait does so in the order of coming; tenants that wait take turns. */
export class WriteTurns {
  readonly #shares: Shares
  readonly #patienceMs: number
  readonly #taken = new Map<Whose, number>()
  /** By tenant, the one that is next first. */
  readonly #waiting = new Map<Whose, Set<() => void>>()

  /** @param patienceMs how long somebody waits at most */
  constructor(shares: Shares, patienceMs: number) {
    this.#shares = shares
    this.#patienceMs = patienceMs
  }

  get waiting(): number {
    return sumOf([...this.#waiting.values()].map(({ size }) => size))
  }

  /**
   * @param tenantId null for the platform, which is nobody's neighbour and may have them all
   * @returns gives the turn back, to be called once
   * @throws Error when there was none for as long as one waits
   */
  async take(tenantId: Whose): Promise<() => void> {
    if (this.#isFreeFor(tenantId)) this.#count(tenantId, 1)
    else await this.#wait(tenantId)
    return () => {
      this.#count(tenantId, -1)
      this.#callNext()
    }
  }

  #isFreeFor(tenantId: Whose): boolean {
    const most = tenantId === null ? this.#shares.all : this.#shares.ofOne
    return sumOf([...this.#taken.values()]) < this.#shares.all && (this.#taken.get(tenantId) ?? 0) < most
  }

  #count(tenantId: Whose, change: 1 | -1): void {
    const taken = (this.#taken.get(tenantId) ?? 0) + change
    if (taken > 0) this.#taken.set(tenantId, taken)
    else this.#taken.delete(tenantId)
  }

  #wait(tenantId: Whose): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        this.#leave(tenantId, called)
        reject(new Error(`no turn to write came within ${this.#patienceMs} ms`))
      }, this.#patienceMs)
      const called = () => {
        clearTimeout(patience)
        resolve()
      }
      const queue = this.#waiting.get(tenantId) ?? new Set()
      this.#waiting.set(tenantId, queue.add(called))
    })
  }

  #leave(tenantId: Whose, called: () => void): void {
    const queue = this.#waiting.get(tenantId)
    queue?.delete(called)
    if (queue?.size === 0) this.#waiting.delete(tenantId)
  }

  /** One turn came back, so one may go. It is counted here: nobody who comes in between may take it. */
  #callNext(): void {
    for (const [tenantId, queue] of this.#waiting) {
      const [called] = queue
      if (!called || !this.#isFreeFor(tenantId)) continue
      this.#leave(tenantId, called)
      // Behind the others that wait.
      if (this.#waiting.delete(tenantId)) this.#waiting.set(tenantId, queue)
      this.#count(tenantId, 1)
      called()
      return
    }
  }
}
