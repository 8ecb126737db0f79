import type { Sql } from './sql.ts'

/** Questions and nothing else, so that a replica can answer them. */
export interface Questions {
  /** Rows as pg gives them: numeric and int8 as strings, date as YYYY-MM-DD, timestamptz as Date. */
  query<Row extends object>(statement: Sql): Promise<Row[]>
  queryOne<Row extends object>(statement: Sql): Promise<Row | undefined>
}

/** Questions about one tenant. */
export interface ReadDb extends Questions {
  readonly tenantId: string
}
