// Applies migrations without Prisma's schema engine, which its CLI has to download. It keeps Prisma's own table
// and lock, so that `prisma migrate deploy` goes on working beside it.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Migration, readMigrations } from './files.ts'

/** The advisory lock that Prisma's CLI takes, so that the two never run at once. */
const prismaLock = 72_707_369
const createTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

export class MigrationError extends Error {
  override name = 'MigrationError'
}

export interface MigrationStatus {
  applied: string[]
  pending: string[]
  /** Applied, and changed on disk since. */
  edited: string[]
  /** Applied to this database, unknown to this checkout. */
  unknown: string[]
}

export interface MigrateOptions {
  migrations?: Migration[]
  /** How long a statement waits for a lock on a table before it gives up. */
  lockTimeoutMs?: number
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'throughline-migrate' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

const compare = (applied: Map<string, string>, migrations: Migration[]): MigrationStatus => ({
  applied: migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name),
  pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
  edited: migrations
    .filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum)
    .map(({ name }) => name),
  unknown: [...applied.keys()].filter((name) => !migrations.some((migration) => migration.name === name)),
})

/** What is applied and what is not. Changes nothing, and works before the first migration too. */
export const migrationStatus = (url: string, migrations = readMigrations()): Promise<MigrationStatus> =>
  withClient(url, async (client) => {
    const { rowCount } = await client.query(
      "select 1 from pg_tables where schemaname = 'public' and tablename = '_prisma_migrations'",
    )
    return compare(rowCount ? await readApplied(client) : new Map(), migrations)
  })

const record = (client: pg.Client, { name, checksum }: Migration) =>
  client.query(
    `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     values ($1, $2, now(), $3, 1)`,
    [randomUUID(), checksum, name],
  )

async function applyInTransaction(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await record(client, migration)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Statement by statement, because Postgres wraps several in one query into a transaction. */
async function applyWithoutTransaction(client: pg.Client, migration: Migration): Promise<void> {
  for (const statement of migration.sql.split(/;\s*$/m)) if (statement.trim()) await client.query(statement)
  await record(client, migration)
}

/**
 * Applies what is pending, in order, one runner at a time; others wait for it and find nothing left to do.
 * @returns the names that this call applied
 * @throws MigrationError names the file; a file in a transaction leaves nothing behind
 */
export const migrate = (
  url: string,
  { migrations = readMigrations(), lockTimeoutMs = 5_000 }: MigrateOptions = {},
): Promise<string[]> =>
  withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [prismaLock])
    await client.query(createTable)
    await client.query("select set_config('lock_timeout', $1, false)", [`${lockTimeoutMs}ms`])
    const { pending, edited } = compare(await readApplied(client), migrations)
    if (edited.length > 0) throw new MigrationError(`edited after they were applied: ${edited.join(', ')}`)
    for (const migration of migrations.filter(({ name }) => pending.includes(name))) {
      try {
        await (migration.inTransaction ? applyInTransaction : applyWithoutTransaction)(client, migration)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new MigrationError(`migration ${migration.name} failed: ${reason}`, { cause: error })
      }
    }
    return pending
  })
