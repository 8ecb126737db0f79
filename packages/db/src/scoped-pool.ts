// A pg.Pool whose connections know for whom they work. Prisma and raw SQL take the same pool, so whatever is
// run inside a scope runs with that scope's tenant and, when one is open, in that scope's transaction.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { inOneFlight, onlyOne, type Query } from './flight.ts'
import { OpenTransaction } from './open-transaction.ts'
import { type Sql, sql } from './sql.ts'
import { sharesOf, WriteTurns } from './write-turns.ts'

/** Work with no tenant, or with the wrong one, is refused before it reaches the database. */
export class TenantScopeError extends Error {
  override name = 'TenantScopeError'
}

/** All connections were busy for as long as one waits for them, or the database takes none: nothing was done, try again. */
export class NoConnectionError extends Error {
  override name = 'NoConnectionError'
}

export interface Scope {
  /** Null on the platform pool, which works in no tenant. */
  readonly tenantId: string | null
  readonly transaction: OpenTransaction | undefined
}

export type Binding = 'session' | 'transaction'

export interface ScopedPoolOptions extends pg.PoolConfig {
  /** Connections at most. */
  max: number
  /** How long somebody waits for one, ms, and for a turn to write. */
  connectionTimeoutMillis: number
  /** `none`: the platform pool; no tenant is bound. */
  binding: Binding | 'none'
  /** What is sent of a statement: its text, values, and name when it is to be prepared. Unprepared when left out. */
  toQuery?(statement: Sql): Query
}

const connectionsOf = new WeakMap<pg.PoolClient, string>()

const begin: Query = { text: 'begin' }
const unprepared = ({ text, values }: Sql): Query => ({ text, values })

/** A connection, and what has to travel ahead of its work so that the work is the tenant's. */
interface Taken {
  client: pg.PoolClient
  bind: Query[]
  /** To be called when what was bound is committed: the connection serves this tenant from then on. */
  bound(): void
}

export class ScopedPool extends pg.Pool {
  readonly #scopes = new AsyncLocalStorage<Scope>()
  readonly #turns: WriteTurns
  readonly toQuery: (statement: Sql) => Query
  readonly binding: ScopedPoolOptions['binding']

  constructor({ binding, toQuery = unprepared, ...options }: ScopedPoolOptions) {
    super(options)
    this.#turns = new WriteTurns(sharesOf(options.max), options.connectionTimeoutMillis)
    this.binding = binding
    this.toQuery = toQuery
  }

  /** Runs work for one tenant (null: platform). An open transaction is joined; one of another tenant is refused. */
  runAs<T>(tenantId: string | null, work: () => Promise<T>): Promise<T> {
    const outer = this.#scopes.getStore()
    if (outer?.transaction?.open && outer.tenantId !== tenantId)
      throw new TenantScopeError('a transaction of one tenant cannot do the work of another')
    if (outer && outer.tenantId === tenantId) return work()
    return this.#scopes.run({ tenantId, transaction: undefined }, work)
  }

  /** The transaction that the caller is in, if any. */
  get transactionInScope(): OpenTransaction | undefined {
    return this.#scopes.getStore()?.transaction
  }

  /** Begins, runs, commits; rolls back on any error. Joins the transaction that is already open in this scope. */
  transaction<T>(tenantId: string | null, work: () => Promise<T>): Promise<T> {
    const outer = this.#scopes.getStore()?.transaction
    if (outer) return this.runAs(tenantId, work)
    return this.#newTransaction(tenantId, [], work)
  }

  /** The same, with the answer to a first statement that travels with the BEGIN. */
  transactionAfter<T>(tenantId: string | null, first: Sql, work: (answer: pg.QueryResult) => Promise<T>): Promise<T> {
    const query = this.toQuery(first)
    const outer = this.#scopes.getStore()?.transaction
    if (outer) return this.runAs(tenantId, async () => work(await outer.query(query)))
    return this.#newTransaction(tenantId, [query], work)
  }

  /** Statements in one flight, in the open transaction or else in one of their own. @throws the first failure */
  askTogether(tenantId: string | null, statements: readonly Sql[]): Promise<pg.QueryResult[]> {
    const queries = statements.map(this.toQuery)
    const outer = this.transactionInScope
    if (outer) return this.runAs(tenantId, async () => inOneFlight(outer.client, queries))
    return this.#askAlone(tenantId, queries)
  }

  /** A flight is a transaction of its own, so what binds the connection and what is asked succeed together or not at all. */
  async #askAlone(tenantId: string | null, queries: readonly Query[]): Promise<pg.QueryResult[]> {
    const { client, bind, bound } = await this.#take(tenantId)
    try {
      const answers = await inOneFlight(client, [...bind, ...queries])
      bound()
      client.release()
      return answers.slice(bind.length)
    } catch (error) {
      client.release(isConnectionBroken(error))
      throw error
    }
  }

  async #newTransaction<T>(
    tenantId: string | null,
    first: readonly Query[],
    work: (answer: pg.QueryResult) => Promise<T>,
  ): Promise<T> {
    const { transaction, result } = await this.#inTurn(tenantId, async () => {
      const { client, bind, bound } = await this.#take(tenantId)
      const opened = new OpenTransaction(client, this.toQuery, bound)
      const outcome = await this.#scopes.run({ tenantId, transaction: opened }, () =>
        opened.run([begin, ...bind, ...first], work),
      )
      return { transaction: opened, result: outcome }
    })
    await transaction.runAfterCommit()
    return result
  }

  async #inTurn<T>(tenantId: string | null, work: () => Promise<T>): Promise<T> {
    const giveBack = await waitedFor(this.#turns.take(tenantId), 'others write, and nobody came to an end')
    try {
      return await work()
    } finally {
      giveBack()
    }
  }

  // pg.Pool types both methods as a pile of overloads with callbacks; nothing here uses those forms.
  override connect = (async () => {
    const scope = this.#scope()
    if (scope.transaction) return scope.transaction.nested()
    const { client, bind, bound } = await this.#take(scope.tenantId)
    if (this.binding === 'transaction') return bindEachTransaction(client, bind)
    try {
      if (bind.length > 0) await inOneFlight(client, bind)
      bound()
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }) as pg.Pool['connect']

  override query = ((query: Query) => this.ask(query)) as pg.Pool['query']

  /** One statement, in the open transaction or else in one of its own. */
  async ask(query: Query): Promise<pg.QueryResult> {
    const scope = this.#scope()
    if (scope.transaction) return scope.transaction.query(query)
    return onlyOne(await this.#askAlone(scope.tenantId, [query]))
  }

  #scope(): Scope {
    const scope = this.#scopes.getStore()
    if (scope) return scope
    if (this.binding === 'none') return { tenantId: null, transaction: undefined }
    throw new TenantScopeError('no tenant in scope: use createTenantClient(tenantId)')
  }

  /**
   * Of the idle connections, one that serves this tenant already is taken first: binding another costs a round trip. When
   * there is none, the one that has been idle longest: of the tenants that are at work each keeps its own. The pool hands
   * out the last of its list, which its types do not name; without it nothing is lost but the trip.
   */
  #preferBoundTo(tenantId: string | null): void {
    const { _idle: idle } = this as unknown as { _idle?: { client: pg.PoolClient }[] }
    if (this.binding !== 'session' || tenantId === null || !idle) return
    const at = idle.findLastIndex(({ client }) => connectionsOf.get(client) === tenantId)
    idle.push(...idle.splice(Math.max(at, 0), 1))
  }

  /** Callers who wait, for a connection or for their turn. */
  get allWaiting(): number {
    return this.waitingCount + this.#turns.waiting
  }

  /** Behind a transaction-mode pooler a tenant holds until COMMIT only; else until the connection serves another. */
  async #take(tenantId: string | null): Promise<Taken> {
    this.#preferBoundTo(tenantId)
    const client = await waitedFor(super.connect(), 'there is no connection to the database')
    const nothing = () => undefined
    if (tenantId === null || this.binding === 'none') return { client, bind: [], bound: nothing }
    const setTenant = (local: Sql) => this.toQuery(sql`select set_config('app.tenant_id', ${tenantId}, ${local})`)
    if (this.binding === 'transaction') return { client, bind: [setTenant(sql`true`)], bound: nothing }
    if (connectionsOf.get(client) === tenantId) return { client, bind: [], bound: nothing }
    // Until it is known to have succeeded, it serves nobody.
    connectionsOf.delete(client)
    return { client, bind: [setTenant(sql`false`)], bound: () => void connectionsOf.set(client, tenantId) }
  }
}

/** @throws NoConnectionError in place of whatever the waiting failed with: nothing was done yet */
async function waitedFor<T>(waiting: Promise<T>, message: string): Promise<T> {
  try {
    return await waiting
  } catch (error) {
    throw new NoConnectionError(message, { cause: error })
  }
}

/** What the server said can be told to the caller and leaves the connection usable, unless it was its last word. */
export const isConnectionBroken = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || error.severity === 'FATAL' || error.severity === 'PANIC'

/** Whether a statement was refused by the constraint of this name. */
export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.constraint === constraint

/** The tenant is set again after each BEGIN of whoever begins and ends transactions itself (Prisma). */
function bindEachTransaction(client: pg.PoolClient, bind: readonly Query[]): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (property !== 'query' || bind.length === 0) return typeof value === 'function' ? value.bind(target) : value
      return async (query: pg.QueryConfig | string) => {
        const result = await target.query(query)
        if (result.command === 'BEGIN') await inOneFlight(target, bind)
        return result
      }
    },
  })
}
