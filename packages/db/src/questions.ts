import type { Sql } from './sql.ts'

/** Questions and nothing else, so that a replica can answer them. */
export interface Questions {
  /** Rows as pg gives them: numeric and int8 as strings, date as YYYY-MM-DD, timestamptz as Date. */
  query<Row extends object>(statement: Sql): Promise<Row[]>
  queryOne<Row extends object>(statement: Sql): Promise<Row | undefined>
  /**
   * Several at once, on one connection in one flight, by plans that are made once and not for each set of values: for
   * large statements over few rows, of which Postgres would plan each call anew and longer than it runs.
   * @returns the rows of each, in their order
   */
  queryWithKeptPlans<Rows extends readonly object[]>(
    statements: { [K in keyof Rows]: Sql },
  ): Promise<{
    [K in keyof Rows]: Rows[K][]
  }>
}

/** Questions about one tenant. */
export interface ReadDb extends Questions {
  readonly tenantId: string
}
