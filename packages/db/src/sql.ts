import { createHash } from 'node:crypto'
import { Prisma } from './generated/client.ts'

/** SQL with parameters: sql`select … where id = ${id}`. Values never become text. */
export const { sql, join, empty } = Prisma
export type Sql = Prisma.Sql

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
