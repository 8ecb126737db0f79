// A pg.Pool whose connections know for whom they work. Prisma and raw SQL take the same pool, so whatever is
// run inside a scope runs with that scope's tenant and, when one is open, in that scope's transaction.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { allAnswered, settledTogether } from './flight.ts'
import { OpenTransaction } from './open-transaction.ts'
import type { Sql } from './sql.ts'

/** Work with no tenant, or with the wrong one, is refused before it reaches the database. */
export class TenantScopeError extends Error {
  override name = 'TenantScopeError'
}

export interface Scope {
  /** Null on the platform pool, which works in no tenant. */
  readonly tenantId: string | null
  readonly transaction: OpenTransaction | undefined
}

export type Binding = 'session' | 'transaction'

export interface ScopedPoolOptions extends pg.PoolConfig {
  /** `none`: the platform pool; no tenant is bound. */
  binding: Binding | 'none'
  /** What is sent of a statement: its text, values, and name when it is to be prepared. Unprepared when left out. */
  toQuery?(statement: Sql): pg.QueryConfig
}

const connectionsOf = new WeakMap<pg.PoolClient, string>()

const askTogether = (client: pg.PoolClient, queries: readonly pg.QueryConfig[]) =>
  settledTogether(client, () => queries.map((query) => client.query(query)))

const unprepared = ({ text, values }: Sql): pg.QueryConfig => ({ text, values })

export class ScopedPool extends pg.Pool {
  readonly #scopes = new AsyncLocalStorage<Scope>()
  readonly toQuery: (statement: Sql) => pg.QueryConfig
  readonly binding: ScopedPoolOptions['binding']

  constructor({ binding, toQuery = unprepared, ...options }: ScopedPoolOptions) {
    super(options)
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
    return this.#newTransaction(tenantId, this.#beginStatements(tenantId), work)
  }

  /** The same, with the answer to a first statement that travels with the BEGIN, and so may only read. */
  transactionAfter<T>(tenantId: string | null, first: Sql, work: (answer: pg.QueryResult) => Promise<T>): Promise<T> {
    const query = this.toQuery(first)
    const outer = this.#scopes.getStore()?.transaction
    if (outer) return this.runAs(tenantId, async () => work(await outer.client.query(query)))
    return this.#newTransaction(tenantId, [...this.#beginStatements(tenantId), query], work)
  }

  /**
   * Statements that only read, in a transaction of their own, all in one flight with its BEGIN and COMMIT; in an open one
   * when there is one. @throws the first failure
   */
  async readTogether(tenantId: string | null, statements: readonly Sql[]): Promise<pg.QueryResult[]> {
    const queries = statements.map(this.toQuery)
    const outer = this.transactionInScope
    if (outer) return this.runAs(tenantId, async () => allAnswered(await askTogether(outer.client, queries)))
    const begin = this.#beginStatements(tenantId)
    const client = await this.#bound(tenantId)
    try {
      const answers = allAnswered(await askTogether(client, [...begin, ...queries, { text: 'commit' }]))
      client.release()
      return answers.slice(begin.length, -1)
    } catch (error) {
      // A statement that failed has made a ROLLBACK of the COMMIT.
      client.release(isConnectionBroken(error))
      throw error
    }
  }

  async #newTransaction<T>(
    tenantId: string | null,
    begin: pg.QueryConfig[],
    work: (answer: pg.QueryResult) => Promise<T>,
  ): Promise<T> {
    const transaction = new OpenTransaction(await this.#bound(tenantId), this.toQuery)
    const result = await this.#scopes.run({ tenantId, transaction }, () => transaction.run(begin, work))
    await transaction.runAfterCommit()
    return result
  }

  // pg.Pool types both methods as a pile of overloads with callbacks; nothing here uses those forms.
  override connect = (async () => {
    const scope = this.#scope()
    if (scope.transaction) return scope.transaction.nested()
    const client = await this.#bound(scope.tenantId)
    return this.binding === 'transaction' ? bindEachTransaction(client, scope.tenantId) : client
  }) as pg.Pool['connect']

  override query = (async (...query: Parameters<pg.PoolClient['query']>) => {
    const scope = this.#scope()
    if (scope.transaction) return scope.transaction.query(...query)
    if (this.binding === 'transaction')
      return this.transaction(scope.tenantId, async () => this.transactionInScope?.query(...query))
    const client = await this.#bound(scope.tenantId)
    try {
      const result = await client.query(...query)
      client.release()
      return result
    } catch (error) {
      client.release(isConnectionBroken(error))
      throw error
    }
  }) as pg.Pool['query']

  #scope(): Scope {
    const scope = this.#scopes.getStore()
    if (scope) return scope
    if (this.binding === 'none') return { tenantId: null, transaction: undefined }
    throw new TenantScopeError('no tenant in scope: use createTenantClient(tenantId)')
  }

  #beginStatements(tenantId: string | null): pg.QueryConfig[] {
    const begin = { text: 'begin' }
    return this.binding === 'transaction' && tenantId !== null ? [begin, setTenant(tenantId, true)] : [begin]
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

  /** A connection that serves this tenant and no other. One that cannot be bound is thrown away. */
  async #bound(tenantId: string | null): Promise<pg.PoolClient> {
    this.#preferBoundTo(tenantId)
    const client: pg.PoolClient = await super.connect()
    if (this.binding !== 'session' || tenantId === null || connectionsOf.get(client) === tenantId) return client
    try {
      connectionsOf.delete(client)
      await client.query(setTenant(tenantId, false))
      connectionsOf.set(client, tenantId)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

const setTenant = (tenantId: string, local: boolean): pg.QueryConfig => ({
  text: local ? "select set_config('app.tenant_id', $1, true)" : "select set_config('app.tenant_id', $1, false)",
  values: [tenantId],
})

/** What the server said can be told to the caller and leaves the connection usable, unless it was its last word. */
export const isConnectionBroken = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || error.severity === 'FATAL' || error.severity === 'PANIC'

/** Whether a statement was refused by the constraint of this name. */
export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.constraint === constraint

/** Behind a transaction-mode pooler the tenant holds until COMMIT only: it is set again after each BEGIN. */
function bindEachTransaction(client: pg.PoolClient, tenantId: string | null): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (property !== 'query' || tenantId === null) return typeof value === 'function' ? value.bind(target) : value
      return async (query: pg.QueryConfig | string) => {
        const result = await target.query(query)
        if (result.command === 'BEGIN') await target.query(setTenant(tenantId, true))
        return result
      }
    },
  })
}
