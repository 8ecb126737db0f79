import { createHash } from 'node:crypto'
import pg from 'pg'
import { Prisma } from './generated/client.ts'

/** SQL with parameters: sql`select … where id = ${id}`. Values never become text. */
export const { sql, join, empty } = Prisma
export type Sql = Prisma.Sql

/**
 * The name of a column of a result, in quotation marks.
 * @throws RangeError when it is not made of letters, digits and underscores
 */
export function columnName(name: string): Sql {
  if (!/^[A-Za-z]\w{0,62}$/.test(name)) throw new RangeError(`not a name of a column: ${name}`)
  return new Prisma.Sql([`"${name}"`], [])
}

const maxRowLimit = 50_000

/**
 * The number behind LIMIT, as text of the statement: behind a parameter the planner must take it for a tenth of the
 * table, finds every plan too dear, and plans anew at each call. Few numbers are asked for, so few texts are made.
 * @throws RangeError when it is no whole number from 0 to 50,000
 */
export function rowLimit(rows: number): Sql {
  if (!Number.isInteger(rows) || rows < 0 || rows > maxRowLimit) throw new RangeError(`not a row limit: ${rows}`)
  return new Prisma.Sql([String(rows)], [])
}

/**
 * One name of a fixed list, as text of the statement: what the planner sees it plans for once and keeps. As a parameter it
 * is planned for anew at each call where some of the names have an index of their own. Few names are asked for, so few
 * texts are made. Compare it with a cast column: it is a text in quotation marks.
 * @throws RangeError when it is none of the list, or not made of letters, digits and underscores
 */
export function oneOf<Name extends string>(known: readonly Name[], name: Name): Sql {
  if (!known.includes(name) || !/^\w{1,62}$/.test(name)) throw new RangeError(`not one of ${known.join(', ')}: ${name}`)
  return new Prisma.Sql([`'${name}'`], [])
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

/** What stands in an array without quotation marks; NULL would be no text there. */
const isBare = /^(?!null$)[\w.:-]+$/i

const itemText = (text: string): string => (isBare.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`)

/**
 * Values as Postgres reads an array from text, for thousands of rows that one statement writes:
 * `unnest(${arrayText(ids)}::uuid[], …)` costs it a quarter of what `jsonb_to_recordset` of the same rows does, and here a
 * third of what `pg` needs for an array. For JSON there is `jsonLines`.
 */
export const arrayText = (items: readonly unknown[]): string =>
  `{${items.map((item) => (item === null ? 'NULL' : itemText(textOf(item)))).join(',')}}`

/** A column of JSON beside them, for `string_to_array(…, E'\\n')`: JSON has no line break of its own, and so nothing to escape. */
export const jsonLines = (texts: readonly string[]): string => texts.join('\n')

/** A value as Postgres reads it from text, whatever its type. @throws TypeError for what no parameter can be */
function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  throw new TypeError(`a ${typeof value} cannot be written into a statement`)
}

/** The text of a statement with its values as quoted literals: for COPY alone, which takes no parameters. */
export const inlined = ({ strings, values }: Sql): string =>
  strings.reduce((text, part, index) => {
    const value = values[index - 1]
    return `${text}${value === null || value === undefined ? 'null' : pg.escapeLiteral(textOf(value))}${part}`
  })
