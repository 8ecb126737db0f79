// One transaction on one connection, shared by everything that runs in its scope.
import type pg from 'pg'

/** Thrown when something is still asked of a transaction that has ended: a promise that nobody awaited. */
export class TransactionEndedError extends Error {
  override name = 'TransactionEndedError'

  constructor() {
    super('the transaction has ended; await everything before its callback returns')
  }
}

export class OpenTransaction {
  readonly #client: pg.PoolClient
  readonly #beforeCommit: (() => Promise<void>)[] = []
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
      // A hook may add hooks: an event that is emitted while another is being written.
      for (let hook = this.#beforeCommit.shift(); hook; hook = this.#beforeCommit.shift()) await hook()
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

  /** Runs last, inside the transaction. */
  beforeCommit(work: () => Promise<void>): void {
    this.#beforeCommit.push(work)
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
