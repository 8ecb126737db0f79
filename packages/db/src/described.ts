// What the rows of a statement are made of: told by the server once for each that a connection has prepared.
import type pg from 'pg'

/** How an answer is wanted. Objects by name when neither is said. */
export interface RowStyle {
  rowMode?: 'array' | undefined
  types?: pg.CustomTypesConfig | undefined
  /** Rows of the texts that Postgres sends, unread. */
  texts?: boolean | undefined
}

type Parse = (text: string) => unknown

export class Described {
  readonly fields: pg.FieldDef[]
  #parsers: Parse[] = []
  #parsersOf: pg.CustomTypesConfig | undefined

  constructor(fields: pg.FieldDef[]) {
    this.fields = fields
  }

  /** @param row texts as they came @param types that read them where the style names none */
  toRow(row: (string | null)[], { rowMode, texts, types }: RowStyle, ofConnection: pg.CustomTypesConfig): unknown {
    if (texts) return row
    const parsers = this.#parsersBy(types ?? ofConnection)
    const values = row.map((text, at) => (text === null ? null : parsers[at]?.(text)))
    if (rowMode === 'array') return values
    const named: Record<string, unknown> = {}
    this.fields.forEach(({ name }, at) => {
      named[name] = values[at]
    })
    return named
  }

  #parsersBy(types: pg.CustomTypesConfig): Parse[] {
    if (this.#parsersOf !== types) {
      this.#parsers = this.fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'))
      this.#parsersOf = types
    }
    return this.#parsers
  }
}

/** Of a statement that answers with no rows. */
export const noRows = new Described([])

/** What each connection has heard of the statements that it has prepared, by their names. */
const heardBy = new WeakMap<object, Map<string, Described>>()

export function heardOn(connection: object): Map<string, Described> {
  const heard = heardBy.get(connection) ?? new Map<string, Described>()
  heardBy.set(connection, heard)
  return heard
}
