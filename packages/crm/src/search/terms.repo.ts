import { empty, join, type Sql, sql } from '@throughline/db'
import { unspaced } from './highlight.rules.ts'

/** A tsquery that all words of `q` are there, or words that begin with them; read once a statement. */
export const queryOf = (q: string): Sql => sql`(
  select string_agg('''' || replace(term, '''', '''''') || ''':*', ' & ')::tsquery from unnest(search_terms(${q})) t(term))`

/** A phrase as it stands in a text, between spaces where its writing has any; read once a statement. */
const between = (phrase: string): Sql => {
  const edge = (letter: string | undefined) => (letter && unspaced.test(letter) ? '' : ' ')
  return sql`(select ${edge(phrase[0])}::text || btrim(search_spaced(search_plain(${phrase}))) || ${edge(phrase.at(-1))}::text)`
}

/** Whether the title of a document, its first line, or the rest of it has a phrase. Null without a document. */
const hasPhrase = (plain: Sql, phrase: string): Sql => sql`(
  strpos(search_spaced(split_part(${plain}, E'\\n', 1)), ${between(phrase)}) > 0
  or strpos(search_spaced(substr(${plain}, strpos(${plain}, E'\\n') + 1)), ${between(phrase)}) > 0)`

/** `and …` that each phrase stands in one of the documents whose plain texts these are; nothing without phrases. */
export const havePhrases = (plains: readonly Sql[], phrases: readonly string[]): Sql =>
  phrases.length === 0
    ? empty
    : join(
        phrases.map(
          (phrase) =>
            sql`and coalesce(${join(
              plains.map((plain) => hasPhrase(plain, phrase)),
              ' or ',
            )}, false)`,
        ),
        ' ',
      )
