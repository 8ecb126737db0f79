// A migration is the difference between two schema texts; no database is asked (docs/adr/0003).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget } from '@prisma/schema-engine-wasm'
import { migrationsDir, readSchema } from './files.ts'

export const snapshotPath = path.join(migrationsDir, 'snapshot.prisma')

/** The schema as of the last migration; empty before the first. */
export function readSnapshot(): string {
  try {
    return readFileSync(snapshotPath, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

const nothing = () => Promise.reject(new Error('comparing two schema texts asks no database'))

/** The engine greets its database before it compares two texts that have none: it is told that it is a Postgres. */
const greeting: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'none',
  // Its one question: is the schema there, and which version is this?
  queryRaw: () =>
    Promise.resolve({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18.0', 180_000]],
    }),
  executeRaw: nothing,
  executeScript: nothing,
  startTransaction: nothing,
  dispose: () => Promise.resolve(),
}
const unconnected: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () => Promise.resolve(greeting),
  connectToShadowDb: nothing,
}

/** SQL that leads from one schema to another; empty when they agree. */
export async function diffSchemas(from: string, to = readSchema()): Promise<string> {
  // Loaded here and not above: Node warns about WebAssembly modules, and only this command needs one.
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  const adapter = bindMigrationAwareSqlAdapterFactory(unconnected)
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter)
  const target = (content: string): DiffTarget =>
    content === '' ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] }
  const { stdout } = await engine.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  const script = stdout?.trim() ?? ''
  return script === '-- This is an empty migration.' ? '' : script
}
