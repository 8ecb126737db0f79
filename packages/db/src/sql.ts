import { createHash } from 'node:crypto'
import { Prisma } from './generated/client.ts'

/** SQL with parameters: sql`select … where id = ${id}`. Values never become text. */
export const { sql, join, empty } = Prisma
export type Sql = Prisma.Sql

const maxRowLimit = 1_000

/**
 * The number behind LIMIT, as text of the statement: behind a parameter the planner must take it for a tenth of the
 * table, finds every plan too dear, and plans anew at each call. Few numbers are asked for, so few texts are made.
 * @throws RangeError when it is no whole number from 0 to 1,000
 */
export function rowLimit(rows: number): Sql {
  if (!Number.isInteger(rows) || rows < 0 || rows > maxRowLimit) throw new RangeError(`not a row limit: ${rows}`)
  return new Prisma.Sql([String(rows)], [])
}

/** Statements built from many shapes must not fill the server's memory with plans that are never used again. */
const maxNames = 1000
const names = new Map<string, string>()

/** The prepared-statement name of a text; empty (unnamed, planned each time) when too many are in use already. */
export function statementName(text: string): string {
  const known = names.get(text)
  if (known) return known
  if (names.size >= maxNames) return ''
  const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}
