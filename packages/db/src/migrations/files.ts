import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const migrationsDir = path.join(import.meta.dirname, '../../../../prisma/migrations')
export const schemaDir = path.join(import.meta.dirname, '../../../../prisma/schema')

/** First line of a file that Postgres refuses inside a transaction, e.g. CREATE INDEX CONCURRENTLY. */
export const noTransactionMark = '-- throughline: no transaction'

export interface Migration {
  name: string
  sql: string
  /** SHA-256, hex: the one that Prisma's own CLI computes. */
  checksum: string
  inTransaction: boolean
}

/** Every migration in order of its timestamp. */
export function readMigrations(dir = migrationsDir): Migration[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { name, sql, checksum, inTransaction: !sql.startsWith(noTransactionMark) }
    })
}

/** All schema files as one text, which is how the snapshot of the last migration is kept. */
export function readSchema(dir = schemaDir): string {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.prisma'))
    .sort((a, b) => Number(b === 'base.prisma') - Number(a === 'base.prisma') || a.localeCompare(b))
    .map((name) => readFileSync(path.join(dir, name), 'utf8').trim())
    .join('\n\n')
    .concat('\n')
}
