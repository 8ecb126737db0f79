import type { SearchKind } from '@throughline/contracts'
import { join, type Sql, sql, type TenantDb } from '@throughline/db'
import type { Term } from './found.repo.ts'
import { spelledAlike } from './spelling.rules.ts'

const among = (kinds: readonly SearchKind[]): Sql => sql`(values ${join(kinds.map((kind) => sql`(${kind})`))}) k(kind)`

/** The first word of the firm that begins so, of each kind. */
const firstWord = (tenantId: string, begins: Sql): Sql => sql`
  select s.word from search_words s
  where s.tenant_id = ${tenantId}::uuid and s.kind = k.kind and s.word >= ${begins} and s.word < ${begins} || U&'\\+10FFFF'
  order by s.word limit 1`

interface AskedTerm {
  term: string
  /** Whether there is a word that begins so. */
  known: boolean
}

/** What a query asks for, as search compares it. */
const readTerms = (db: TenantDb, q: string, kinds: readonly SearchKind[]): Promise<AskedTerm[]> =>
  db.query<AskedTerm>(sql`
    select t.term, exists (select 1 from ${among(kinds)} cross join lateral (${firstWord(db.tenantId, sql`t.term`)}) w) as known
    from unnest(search_terms(${q})) with ordinality t(term, n) order by n`)

/** So many misspelled words, and so many words in place of each. */
const misspelledMost = 2
const closest = 3

export interface Instead {
  terms: Term[]
  /** The words that nobody typed. */
  words: string[]
}

/**
 * The terms of a query, with words that exist in place of those that nobody wrote; null when nothing better is known.
 * Equality and order are all that row-level security lets an index answer, so the likely slips are tried one by one:
 * some hundred looks into a B-tree, whatever the size of the firm. Trigrams then say which of the found is closest.
 */
export async function termsInstead(db: TenantDb, q: string, kinds: readonly SearchKind[]): Promise<Instead | null> {
  const terms = await readTerms(db, q, kinds)
  const misspelled = terms.flatMap(({ term, known }, n) => (known ? [] : [{ n, term }]))
  if (misspelled.length > misspelledMost) return null
  const tries = misspelled.flatMap(({ n, term }) => spelledAlike(term).map((word) => ({ n, term, word })))
  if (tries.length === 0) return null
  const found = await db.query<Term>(sql`
    select n, word as term from (
      select n, word, row_number() over (partition by n order by closeness desc, word) as place from (
        select t.n, w.word, max(similarity(t.term, w.word)) as closeness
        from unnest(${tries.map(({ n }) => n)}::int[], ${tries.map(({ term }) => term)}::text[],
          ${tries.map(({ word }) => word)}::text[]) t(n, term, word)
        cross join ${among(kinds)}
        cross join lateral (${firstWord(db.tenantId, sql`t.word`)}) w
        group by t.n, w.word
      ) alike
    ) ranked where place <= ${closest} order by n, place`)
  if (misspelled.some(({ n }) => !found.some((word) => word.n === n))) return null
  const kept = terms.flatMap(({ term, known }, n) => (known ? [{ n, term }] : []))
  return { terms: [...kept, ...found], words: found.map(({ term }) => term) }
}
