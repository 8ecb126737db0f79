// One transaction on one connection, shared by everything that runs in its scope.
import type pg from 'pg'
import { inOneFlight, onlyOne, type Query } from './flight.ts'
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

interface Boarding extends PromiseWithResolvers<pg.QueryResult> {
  query: Query
}

export class OpenTransaction {
  readonly #client: pg.PoolClient
  readonly #toQuery: (statement: Sql) => Query
  readonly #committed: () => void
  readonly #gathered = new Map<CommitBatch<never>, unknown[]>()
  readonly #afterCommit: (() => void | Promise<void>)[] = []
  readonly #signals = new Set<string>()
  #savepoints = 0
  /** What is asked while it is there goes out in one flight. */
  #boarding: Boarding[] | undefined
  open = true

  /**
   * @param toQuery makes what is sent of a statement
   * @param committed told before the connection is given back: what was set on it stays
   */
  constructor(client: pg.PoolClient, toQuery: (statement: Sql) => Query, committed: () => void) {
    this.#client = client
    this.#toQuery = toQuery
    this.#committed = committed
  }

  /** @param begin sent in one flight; the last one's answer is given to `work` */
  async run<T>(begin: readonly Query[], work: (opened: pg.QueryResult) => Promise<T>): Promise<T> {
    let broken = false
    try {
      const opened = (await inOneFlight(this.#client, begin)).at(-1)
      if (!opened) throw new Error('a transaction begins with a statement')
      const result = await work(opened)
      await this.#commit()
      this.#committed()
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
    const answers = await inOneFlight(this.#client, [...last, { text: 'commit' }])
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

  async query(query: Query): Promise<pg.QueryResult> {
    const { client } = this
    if (this.#boarding) {
      const boarding = { query, ...Promise.withResolvers<pg.QueryResult>() }
      this.#boarding.push(boarding)
      return boarding.promise
    }
    return onlyOne(await inOneFlight(client, [query]))
  }

  /** What `ask` asks before it returns goes out in one flight. @throws the first failure, which is that of all */
  async together<T extends readonly Promise<unknown>[]>(ask: () => T): Promise<unknown[]> {
    const { client } = this
    const boarding: Boarding[] = []
    this.#boarding = boarding
    let asked: T
    try {
      asked = ask()
    } finally {
      this.#boarding = undefined
    }
    const [answers] = await Promise.all([Promise.all(asked), land(client, boarding)])
    return answers
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
      query: (query: Query) => {
        const text = statements[query.text.toUpperCase()]
        return this.query(text ? { text } : query)
      },
      on: ignore,
      once: ignore,
      removeListener: ignore,
      release: ignore,
    }
  }
}

async function land(client: pg.PoolClient, boarding: readonly Boarding[]): Promise<void> {
  if (boarding.length === 0) return
  try {
    const answers = await inOneFlight(
      client,
      boarding.map(({ query }) => query),
    )
    for (const [at, answer] of answers.entries()) boarding[at]?.resolve(answer)
  } catch (error) {
    for (const { reject } of boarding) reject(error)
  }
}
