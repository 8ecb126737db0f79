// One transaction on one connection, shared by everything that runs in its scope.
import type pg from 'pg'
import { allAnswered, inOneFlight, settledTogether } from './flight.ts'
import type { Sql } from './sql.ts'

/** Thrown when something is still asked of a transaction that has ended: a promise that nobody awaited. */
export class TransactionEndedError extends Error {
  override name = 'TransactionEndedError'

  constructor() {
    super('the transaction has ended; await everything before its callback returns')
  }
}

/**
 * Rows that are gathered while a transaction runs and written as its last statements, in one flight with the COMMIT.
 * What they lock (a tenant's audit chain, its event counter) is then held for the shortest time, and always in the
 * order of `order`.
 */
export interface CommitBatch<Item> {
  order: number
  /** As few as possible; each must say all by its success, because the COMMIT is sent before it is answered. */
  statements(items: Item[]): Sql[]
}

export class OpenTransaction {
  readonly #client: pg.PoolClient
  readonly #toQuery: (statement: Sql) => pg.QueryConfig
  readonly #gathered = new Map<CommitBatch<never>, unknown[]>()
  readonly #afterCommit: (() => void | Promise<void>)[] = []
  readonly #signals = new Set<string>()
  #savepoints = 0
  open = true

  /** @param toQuery makes what is sent of a statement */
  constructor(client: pg.PoolClient, toQuery: (statement: Sql) => pg.QueryConfig) {
    this.#client = client
    this.#toQuery = toQuery
  }

  /** @param begin sent in one flight; the last one's answer is given to `work` */
  async run<T>(begin: pg.QueryConfig[], work: (opened: pg.QueryResult) => Promise<T>): Promise<T> {
    let broken = false
    try {
      const opened = allAnswered(await inOneFlight(this.#client, begin)).at(-1)
      if (!opened) throw new Error('a transaction begins with a statement')
      const result = await work(opened)
      await this.#commit()
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

  async #commit(): Promise<void> {
    const batches = [...this.#gathered].sort(([a], [b]) => a.order - b.order)
    this.#gathered.clear()
    // All of them before the first is sent: what fails here must stop the COMMIT.
    const last = batches.flatMap(([batch, items]) => batch.statements(items as never[])).map(this.#toQuery)
    // What somebody forgot to await must not run behind the COMMIT.
    this.open = false
    const answers = allAnswered(await inOneFlight(this.#client, [...last, { text: 'commit' }]))
    // Postgres answers COMMIT of a failed transaction with ROLLBACK and no error.
    if (answers.at(-1)?.command !== 'COMMIT')
      throw new Error('the transaction had failed before its commit; it was rolled back')
  }

  /** Runs once the transaction is in the database; never after a rollback. */
  afterCommit(work: () => void | Promise<void>): void {
    this.#afterCommit.push(work)
  }

  /** The same, for what needs to be told once however often it is asked for. */
  signalAfterCommit(name: string, tell: () => void): void {
    if (this.#signals.has(name)) return
    this.#signals.add(name)
    this.afterCommit(tell)
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

  /** What `ask` asks before it returns goes out in one flight. @throws the first failure, when all are answered */
  async together<T extends readonly Promise<unknown>[]>(ask: () => T): Promise<unknown[]> {
    return allAnswered(await settledTogether(this.client, ask))
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
