// The `q` of lists: a condition that every record which is found meets, and no other. Unlike a search it leaves nothing
// out, because a list is sorted by something else, counted and exported.
import { empty, join, oneOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { type CountedTerm, countTerms, having, type ListedKind, listedKinds, unseen, withWord } from './counted.repo.ts'
import { type Wording, wordingOf } from './phrases.rules.ts'
import { havePhrases, queryOf } from './terms.repo.ts'

/** Companies or contacts that have any term: read once a statement, kept as a hash. */
const partners = (tenantId: string, kind: 'company' | 'contact', q: string): Sql => sql`(
  select w.id from unnest(search_terms(${unseen(sql`${q}::text`)})) t(term)
  cross join lateral (${withWord(tenantId, kind, sql`t.term`)}) w)`

/** Whether a row has all terms: one look at its document, and at those of its company and people if they have any. */
const hasAll = (tenantId: string, kind: ListedKind, q: string, row: Sql): Sql => {
  const firm = unseen(sql`${tenantId}::uuid`)
  const own = sql`coalesce((select s.words @@ ${queryOf(q)} from search_documents s
    where s.tenant_id = ${firm} and s.kind = ${oneOf(listedKinds, kind)} and s.id = ${row}.id limit 1), false)`
  if (kind !== 'deal') return own
  const people = sql`select p.contact_id from deal_contacts p where p.tenant_id = ${firm} and p.deal_id = ${row}.id`
  return sql`(${own} or (
    (${row}.company_id in ${partners(tenantId, 'company', q)} or ${row}.contact_id in ${partners(tenantId, 'contact', q)}
      or (${people} limit 1) is not null)
    and coalesce((
      select (s.words || coalesce(co.words, '') || coalesce(ct.words, '') || coalesce((
          select string_agg(pw.words::text, ' ')::tsvector from search_documents pw
          where pw.tenant_id = ${firm} and pw.kind = 'contact' and pw.id = any(array(${people}))), '')) @@ ${queryOf(q)}
      from search_documents s
      left join search_documents co on co.tenant_id = ${firm} and co.kind = 'company' and co.id = ${row}.company_id
      left join search_documents ct on ct.tenant_id = ${firm} and ct.kind = 'contact' and ct.id = ${row}.contact_id
      where s.tenant_id = ${firm} and s.kind = 'deal' and s.id = ${row}.id limit 1), false)))`
}

/** The document of a row, from the row itself: what is in the trash has none in the index. */
const textOf = (kind: ListedKind, row: Sql): Sql =>
  ({
    deal: sql`search_plain(${row}.title || E'\\n' || coalesce(${row}.notes, ''))`,
    company: sql`search_plain(${row}.name || E'\\n' || coalesce(${row}.domain || ' @' || ${row}.domain, ''))`,
    contact: sql`search_plain(${row}.name || E'\\n' || coalesce(${row}.email, '') || ' ' || array_to_string(${row}.other_emails, ' '))`,
  })[kind]

const documentOf = (tenantId: string, kind: ListedKind, id: Sql, column: Sql): Sql => sql`(
  select s.${column} from search_documents s where s.tenant_id = ${tenantId}::uuid and s.kind = ${kind} and s.id = ${id} limit 1)`

/** Plain texts below each other. */
const linesOf = sql`string_agg(s.plain, E'\\n')`

/** What else a deal is found by: its company, its contact and its people, put together by `all`. */
const relativesOf = (tenantId: string, row: Sql, column: Sql, all: Sql): Sql[] => [
  documentOf(tenantId, 'company', sql`${row}.company_id`, column),
  documentOf(tenantId, 'contact', sql`${row}.contact_id`, column),
  sql`(select ${all} from deal_contacts p
    join search_documents s on s.tenant_id = p.tenant_id and s.kind = 'contact' and s.id = p.contact_id
    where p.tenant_id = ${tenantId}::uuid and p.deal_id = ${row}.id)`,
]

/** Whether a row of the trash has all terms and phrases: each is looked at, which is little. */
function inTrash(tenantId: string, kind: ListedKind, { words, phrases }: Wording, row: Sql): Sql {
  const own = textOf(kind, row)
  const relatives = (column: Sql, all: Sql) => (kind === 'deal' ? relativesOf(tenantId, row, column, all) : [])
  const others = relatives(sql`words`, sql`string_agg(s.words::text, ' ')::tsvector`).map(
    (each) => sql`|| coalesce(${each}, '')`,
  )
  return sql`(coalesce((search_tokens(${own}) ${join([empty, ...others], ' ')}) @@ ${queryOf(words)}, false)
    ${havePhrases([own, ...relatives(sql`plain`, linesOf)], phrases)})`
}

/** `and …` that each phrase stands in the document of the row, or in one of those that a deal is found by as well. */
const withPhrases = (tenantId: string, kind: ListedKind, phrases: readonly string[], row: Sql): Sql =>
  havePhrases(
    [
      documentOf(tenantId, kind, sql`${row}.id`, sql`plain`),
      ...(kind === 'deal' ? relativesOf(tenantId, row, sql`plain`, linesOf) : []),
    ],
    phrases,
  )

/**
 * Nothing younger than the newest records with a word has it: of a word that nobody has written for a while, a list from the
 * newest on passes by what came since in its index alone, and looks into none of its documents.
 */
function notTooYoung({ newest }: CountedTerm, row: Sql): Sql {
  const [first, last] = [newest?.[0], newest?.at(-1)]
  if (!first || !last) return empty
  const ids = unseen(sql`${newest}::uuid[]`)
  return sql`${row}.id <= ${unseen(sql`${first}::uuid`)} and
    (${row}.id <= ${unseen(sql`${last}::uuid`)} or ${row}.id = any(${ids}::uuid[])) and`
}

/** As `q` asks for: all its words, and its phrases. */
export interface Wanted {
  kind: ListedKind
  q: string
  /** The alias of the table in the statement. */
  row: Sql
  /** In the trash, where no index is. */
  deleted?: boolean | undefined
}

/**
 * The condition that a row is found by `q`, in one short question to the database, in the trash without any. What is rare
 * becomes a list of ids, what is frequent a look at each row on the way: either is read from an index, with any sort and
 * limit. What stands in quotation marks is looked for in the texts of the rows that have its words.
 */
export async function searchCondition(db: TenantDb, { kind, q, row, deleted = false }: Wanted): Promise<Sql> {
  const wording = wordingOf(q)
  if (deleted) return inTrash(db.tenantId, kind, wording, row)
  const { words, phrases } = wording
  const terms = await countTerms(db, kind, words)
  const rarest = terms[0]
  if (!rarest) return sql`false`
  const all = hasAll(db.tenantId, kind, words, row)
  const rest = terms.length === 1 ? empty : sql`and ${all}`
  const found = rarest.isNamed
    ? sql`${row}.id = any(array(${having(db.tenantId, kind, unseen(sql`${rarest.term}::text`))})) ${rest}`
    : sql`${join(
        terms.map((term) => notTooYoung(term, row)),
        ' ',
      )} ${all}`
  return sql`(${found} ${withPhrases(db.tenantId, kind, phrases, row)})`
}
