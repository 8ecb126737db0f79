// The one door to Postgres. A desk gets a TenantDb and nothing else; only `accounts`, `content` and
// the intake of `funds` get the platform.
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Config } from '@throughline/config'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { AnswerStore } from './answer-store.ts'
import type { Query } from './flight.ts'
import { PrismaClient } from './generated/client.ts'
import type { TextRow } from './json-rows.ts'
import type { CommitBatch } from './open-transaction.ts'
import type { Questions, ReadDb } from './questions.ts'
import { caughtUp } from './replica.ts'
import { ScopedPool } from './scoped-pool.ts'
import { inlined, type Sql, sql, statementName } from './sql.ts'
import { createTenantClient, type TenantPrisma } from './tenant-client.ts'

/** What is common to tenant and platform work. */
export interface Db extends Questions {
  /** Rows of the texts that Postgres sends, in the order of the select list: for `jsonShape`. */
  queryTexts(statement: Sql): Promise<TextRow[]>
  /** @returns the number of rows it touched */
  execute(statement: Sql): Promise<number>
  /** Everything that `work` does through this db happens in one transaction, or not at all. Joins an open one. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /**
   * The same with the rows of a first statement, which travels in one flight with the BEGIN.
   */
  transactionAfter<Row extends object, T>(first: Sql, work: (rows: Row[]) => Promise<T>): Promise<T>
  /**
   * Sends what `ask` asks in one flight, in the open transaction: statements that do not need each other's answers. Only
   * what is asked before `ask` returns counts, and through this db; no COPY. The ones behind a failed one fail too.
   */
  together<T extends readonly Promise<unknown>[]>(
    ask: () => readonly [...T],
  ): Promise<{ [K in keyof T]: Awaited<T[K]> }>
  inTransaction(): boolean
  /** @throws Error when no transaction is open: for what must commit together with its cause */
  requireTransaction(what: string): void
  /** Keeps an item for the last statements of the open transaction. @throws Error when none is open */
  gather<Item>(batch: CommitBatch<Item>, item: Item): void
  /** Runs after the commit, never after a rollback. */
  afterCommit(work: () => void | Promise<void>): void
  /** Tells the listeners of this process after the commit, once however often it is said; at once when none is open. */
  signal(name: Signal): void
  /** COPY … FROM STDIN in the open transaction. */
  copyIn(statement: string, rows: AsyncIterable<string | Buffer>): Promise<void>
  /**
   * COPY … TO STDOUT, as a stream, in the open transaction. COPY takes no parameters: the values of the statement are
   * written into it as literals.
   */
  copyOut(statement: Sql): Readable
}

const tenantBrand: unique symbol = Symbol('only the tenant client makes a TenantDb')

/** A database that can only see one tenant. Nobody but the tenant client can make one. */
export interface TenantDb extends Db {
  readonly [tenantBrand]: true
  readonly tenantId: string
  readonly prisma: TenantPrisma
  /** The replica when there is one, else the primary. It may be behind: for what need not know the latest write. */
  readonly replica: ReadDb
  /** The replica when it has everything that is committed by now, else the primary. Two small questions to find out. */
  caughtUpReplica(): Promise<ReadDb>
}

/** Sees every tenant: sign-in, the console, the relay, schedules. */
export interface PlatformDb extends Db {
  readonly prisma: PrismaClient
}

/** `outbox`: there is something to hand on. */
export type Signal = 'outbox'

export interface Database {
  tenant(tenantId: string): TenantDb
  readonly platform: PlatformDb
  readonly answers: AnswerStore | undefined
  /** Hears of what was committed through this object; other processes have to be told. @returns how to stop */
  onSignal(name: Signal, listener: () => void): () => void
  /** Connections in use and callers waiting for one, per pool. */
  poolStatistics(): Record<'tenant' | 'platform' | 'replica', { total: number; idle: number; waiting: number }>
  close(): Promise<void>
}

interface Log {
  error(details: object, message: string): void
}

const dateType = 1082
const typeParsers: pg.CustomTypesConfig = {
  // A date has no time and no zone: pg would make a local midnight of it.
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === dateType
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** A member's transaction that has lost its way is ended by the server after this many milliseconds. */
const idleInTransactionMs = 60_000
const connectionTimeoutMs = 5_000

/** @param prepared under a name, which a pooler between us and the database may not keep */
const toQueryWith =
  (prepared: boolean) =>
  (statement: Sql): Query => {
    const { text, values } = statement
    return { name: prepared ? statementName(text) : undefined, text, values }
  }

function openPool(
  url: string,
  name: 'platform' | 'tenant' | 'replica',
  config: Config['database'],
  log: Log,
): ScopedPool {
  const binding = name === 'platform' ? 'none' : config.binding
  const pool = new ScopedPool({
    binding,
    toQuery: toQueryWith(config.binding === 'session'),
    connectionString: url,
    max: config.poolMax,
    connectionTimeoutMillis: connectionTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    types: typeParsers,
    application_name: `throughline-${name}`,
  })
  // A listener for as long as the connection lives: the pool's own is there while it is idle only, and a connection
  // that breaks between two statements of a transaction would end the process. Its user is told by the next statement.
  pool.on('connect', (client) => {
    // Not the error itself: pg hangs the whole client on it, with every statement that it has prepared.
    client.on('error', ({ message }) => log.error({ reason: message }, 'a database connection failed'))
  })
  pool.on('error', () => {
    // The listener above has said it.
  })
  return pool
}

const keptPlans = sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`
/** In an open transaction that was joined, what comes after it is planned as before. */
const chosenPlans = sql`select set_config('plan_cache_mode', 'auto', true)`

function createDb(pool: ScopedPool, tenantId: string | null, signals: EventEmitter): Db {
  const run = <T>(work: () => Promise<T>) => pool.runAs(tenantId, work)
  const open = () => {
    const transaction = pool.transactionInScope
    if (!transaction?.open) throw new Error('no transaction is open')
    return transaction
  }
  const query = (statement: Sql) => run(() => pool.ask(pool.toQuery(statement)))
  const queryArrays = (statement: Sql) => run(() => pool.ask({ ...pool.toQuery(statement), texts: true }))
  return {
    query: async <Row extends object>(statement: Sql) => (await query(statement)).rows as Row[],
    queryOne: async <Row extends object>(statement: Sql) => (await query(statement)).rows[0] as Row | undefined,
    queryWithKeptPlans: async <Rows extends readonly object[]>(statements: { [K in keyof Rows]: Sql }) => {
      const asked = [keptPlans, ...Object.values<Sql>(statements), ...(pool.transactionInScope ? [chosenPlans] : [])]
      const answers = (await pool.askTogether(tenantId, asked)).slice(1, 1 + statements.length)
      return answers.map(({ rows }) => rows) as { [K in keyof Rows]: Rows[K][] }
    },
    queryTexts: async (statement) => (await queryArrays(statement)).rows as unknown as TextRow[],
    execute: async (statement) => (await query(statement)).rowCount ?? 0,
    transaction: (work) => pool.transaction(tenantId, work),
    transactionAfter: <Row extends object, T>(first: Sql, work: (rows: Row[]) => Promise<T>) =>
      pool.transactionAfter(tenantId, first, ({ rows }) => work(rows as Row[])),
    together: async <T extends readonly Promise<unknown>[]>(ask: () => readonly [...T]) =>
      (await open().together(ask)) as { [K in keyof T]: Awaited<T[K]> },
    inTransaction: () => pool.transactionInScope?.open ?? false,
    requireTransaction(what) {
      if (!pool.transactionInScope?.open) throw new Error(`${what} must happen inside a transaction`)
    },
    gather: (batch, item) => open().gather(batch, item),
    afterCommit: (work) => open().afterCommit(work),
    signal(name) {
      const transaction = pool.transactionInScope
      if (transaction?.open) transaction.signalAfterCommit(name, () => void signals.emit(name))
      else signals.emit(name)
    },
    copyIn: (statement, rows) => pipeline(rows, open().client.query(copyFrom(statement))),
    copyOut: (statement) => open().client.query(copyTo(inlined(statement))),
  }
}

/**
 * Opens the pools. Nothing connects before the first query.
 * @param answers where answers are kept; without it they are computed each time
 */
export function createDatabase(config: Pick<Config, 'database'>, log: Log, answers?: AnswerStore): Database {
  const prepared = config.database.binding === 'session'
  const statementNameGenerator = prepared ? (query: { sql: string }) => statementName(query.sql) : undefined
  const { tenantUrl, platformUrl, readUrl } = config.database
  const tenantPool = openPool(tenantUrl, 'tenant', config.database, log)
  const platformPool = openPool(platformUrl, 'platform', config.database, log)
  const replicaPool = readUrl ? openPool(readUrl, 'replica', config.database, log) : undefined
  const prismaOn = (pool: ScopedPool) => new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) })
  const tenantPrisma = prismaOn(tenantPool)
  const platformPrisma = prismaOn(platformPool)
  const tenants = new Map<string, TenantDb>()
  const signals = new EventEmitter()

  const openTenant = (tenantId: string): TenantDb => {
    const primary = { ...createDb(tenantPool, tenantId, signals), tenantId }
    const replica = replicaPool ? { ...createDb(replicaPool, tenantId, signals), tenantId } : primary
    return {
      ...primary,
      [tenantBrand]: true,
      prisma: createTenantClient(tenantPrisma, tenantPool, tenantId),
      replica,
      caughtUpReplica: () => (replicaPool ? caughtUp(primary, replica, log) : Promise.resolve(primary)),
    }
  }
  return {
    tenant(tenantId) {
      const known = tenants.get(tenantId) ?? openTenant(tenantId)
      tenants.set(tenantId, known)
      return known
    },
    platform: { ...createDb(platformPool, null, signals), prisma: platformPrisma },
    answers,
    onSignal(name, listener) {
      signals.on(name, listener)
      return () => void signals.off(name, listener)
    },
    poolStatistics: () => ({
      tenant: statisticsOf(tenantPool),
      platform: statisticsOf(platformPool),
      replica: statisticsOf(replicaPool),
    }),
    async close() {
      await Promise.all([tenantPrisma.$disconnect(), platformPrisma.$disconnect()])
      await Promise.all([tenantPool.end(), platformPool.end(), replicaPool?.end()])
    },
  }
}

const statisticsOf = (pool: ScopedPool | undefined) => ({
  total: pool?.totalCount ?? 0,
  idle: pool?.idleCount ?? 0,
  waiting: pool?.allWaiting ?? 0,
})
