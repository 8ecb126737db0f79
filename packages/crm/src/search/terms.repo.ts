import { type Sql, sql } from '@throughline/db'

/** A tsquery that all words of `q` are there, or words that begin with them; read once a statement. */
export const queryOf = (q: string): Sql => sql`(
  select string_agg('''' || replace(term, '''', '''''') || ''':*', ' & ')::tsquery from unnest(search_terms(${q})) t(term))`
