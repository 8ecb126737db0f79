// One transaction on one connection, shared by everything that runs in its scope.
import type pg from 'pg'

/** Thrown when something is still asked of a transaction that has ended: a promise that nobody awaited. */
export class TransactionEndedError extends Error {
  override name = 'TransactionEndedError'

  constructor() {
    super('the transaction has ended; await everything before its callback returns')
  }
}

/**
 * Rows that are gathered while a transaction runs and written as its last statements. What they lock (a tenant's audit
 * chain, its event counter) is then held for the shortest time, and always in the order of `order`.
 */
export interface CommitBatch<Item> {
  order: number
  /** One statement for all of them. */
  write(items: Item[]): Promise<void>
}

export class OpenTransaction {
  readonly #client: pg.PoolClient
  readonly #gathered = new Map<CommitBatch<never>, unknown[]>()
  readonly #afterCommit: (() => void | Promise<void>)[] = []
  #savepoints = 0
  open = true

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async run<T>(begin: pg.QueryConfig[], work: () => Promise<T>): Promise<T> {
    let broken = false
    try {
      for (const statement of begin) await this.#client.query(statement)
      const result = await work()
      await this.#writeGathered()
      const { command } = await this.#client.query('commit')
      // Postgres answers COMMIT of a failed transaction with ROLLBACK and no error.
      if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit; it was rolled back')
      return result
    } catch (error) {
      await this.#client.query('rollback').catch(() => {
        broken = true
      })
      throw error
    } finally {
      this.open = false
      this.#client.release(broken)
    }
  }

  /** Keeps an item for the last statements of the transaction. */
  gather<Item>(batch: CommitBatch<Item>, item: Item): void {
    const items = this.#gathered.get(batch as CommitBatch<never>)
    if (items) items.push(item)
    else this.#gathered.set(batch as CommitBatch<never>, [item])
  }

  async #writeGathered(): Promise<void> {
    const batches = [...this.#gathered].sort(([a], [b]) => a.order - b.order)
    this.#gathered.clear()
    for (const [batch, items] of batches) await batch.write(items as never[])
    // Writing may gather more: an event that is emitted while another is written.
    if (this.#gathered.size > 0) await this.#writeGathered()
  }

  /** Runs once the transaction is in the database; never after a rollback. */
  afterCommit(work: () => void | Promise<void>): void {
    this.#afterCommit.push(work)
  }

  async runAfterCommit(): Promise<void> {
    for (const work of this.#afterCommit) await work()
  }

  get client(): pg.PoolClient {
    if (!this.open) throw new TransactionEndedError()
    return this.#client
  }

  query(...query: Parameters<pg.PoolClient['query']>) {
    return this.client.query(...query)
  }

  /** The same connection, for a caller that begins and ends transactions itself (Prisma): a savepoint each. */
  nested() {
    const savepoint = `nested_${++this.#savepoints}`
    const statements: Record<string, string> = {
      BEGIN: `savepoint ${savepoint}`,
      COMMIT: `release savepoint ${savepoint}`,
      ROLLBACK: `rollback to savepoint ${savepoint}`,
    }
    const ignore = () => {
      // The connection's errors are the outer transaction's to hear, and its release too.
    }
    return {
      query: (query: pg.QueryConfig) => {
        const text = statements[query.text.toUpperCase()]
        return this.client.query(text ? { text } : query)
      },
      on: ignore,
      once: ignore,
      removeListener: ignore,
      release: ignore,
    }
  }
}
