// The search itself: one statement that looks at a bounded number of documents, however many the firm has.
import type { SearchKind, SearchMatch } from '@throughline/contracts'
import { empty, join, type Sql, sql, type TenantDb } from '@throughline/db'
import { havePhrases } from './terms.repo.ts'

/**
 * How far a search looks. What is rare is found completely; of what is frequent, the newest. They stand in the
 * statement as they are: a plan that is made once for all searches has to know them.
 */
const bounds = {
  terms: sql`8`,
  /** Different words that begin as a term does. */
  words: sql`16`,
  /** Documents of the first of these words, which is the term itself when there is such a word. */
  ofTheWord: sql`80`,
  /** Documents of each of the others. */
  ofOthers: sql`6`,
  /** Documents of each term that are looked through for those that have all terms. */
  ofAllTerms: sql`400`,
  /** Companies and contacts that have all terms, and deals of each. */
  relatives: sql`8`,
  dealsOfRelative: sql`10`,
  /** Companies and contacts of each kind and term that have some terms, and deals of each, which may have the others. */
  partners: sql`3`,
  dealsOfPartner: sql`12`,
  /** Deals of a member who sees their own only, newest first. */
  own: sql`2000`,
} as const

/** A term, or several that may stand in one's place: those with the same number. */
export interface Term {
  n: number
  term: string
}

export interface Question {
  /** Without quotation marks. */
  q: string
  /** What stood in them. */
  phrases: readonly string[]
  kinds: readonly SearchKind[]
  /** A member who sees their own deals only. */
  onlyOwnerId: string | null
  /** In place of the words of `q`. */
  terms: readonly Term[] | null
}

export interface Range {
  limit: number
  each?: number | undefined
  /** After this one, in their order: score, then newest id. */
  after?: { score: number; id: string } | undefined
}

/** Greater than every text that begins as the term does. */
const beyond = (term: Sql): Sql => sql`${term} || U&'\\+10FFFF'`

/**
 * The firm, told in a way that the planner cannot look into: it would plan each search anew for the firm's size, which
 * takes longer than the search, and find the same plan.
 */
const firm = (tenantId: string): Sql => sql`(select ${tenantId}::uuid)`

/** Kinds as rows. */
const among = (kinds: readonly string[]): Sql => sql`(values ${join(kinds.map((kind) => sql`(${kind})`))})`

const asked = ({ q, terms }: Question): Sql => sql`
  terms as materialized (
    ${
      terms === null
        ? sql`select n::int, term from unnest(search_terms((select ${q}::text))) with ordinality t(term, n) limit ${bounds.terms}`
        : sql`select n, term from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as given(n int, term text) limit ${bounds.terms}`
    }
  ),
  asked as materialized (
    select string_agg(one_of, ' & ')::tsquery as query, array_agg(pattern) as patterns, count(*)::int as groups,
      (select array_agg(term order by n) from terms) as terms,
      (select ('''' || replace(min(term), '''', '''''') || '''')::tsquery from terms having count(*) = 1 and min(term) ~ '[.@]') as whole,
      btrim(search_plain((select ${q}::text))) as plain
    from (
      select '(' || string_agg('''' || replace(term, '''', '''''') || ''':*', ' | ') || ')' as one_of,
        '% ' || min(term) || '%' as pattern
      from terms group by n
    ) groups
  )`

/** Documents that have a word of the question, by kind and term; the whole title is a term of its own. */
const found = (tenantId: string, kinds: readonly string[]): Sql => sql`
  found as materialized (
    select k.kind, t.term, h.id
    from ${among(kinds)} k(kind)
    cross join (select term from terms union all select '=' || left(plain, 200) from asked where terms is not null) t
    cross join lateral (
      with recursive w(word, n) as (
        (select s.word, 1 from search_words s
          where s.tenant_id = ${firm(tenantId)} and s.kind = k.kind and s.word >= t.term and s.word < ${beyond(sql`t.term`)}
          order by s.word limit 1)
        union all
        select (select s.word from search_words s
            where s.tenant_id = ${firm(tenantId)} and s.kind = k.kind and s.word > w.word and s.word < ${beyond(sql`t.term`)}
            order by s.word limit 1), w.n + 1
        from w where w.word is not null and w.n < ${bounds.words}
      )
      select p.id from w cross join lateral (
        select s.id from search_words s
        where s.tenant_id = ${firm(tenantId)} and s.kind = k.kind and s.word = w.word
        order by s.id desc limit case when w.n = 1 then ${bounds.ofTheWord} else ${bounds.ofOthers} end
      ) p
    ) h
  )`

/** Documents that have all of several frequent words, which the newest of each word need not be. */
const foundWithAll = (tenantId: string, kinds: readonly string[]): Sql => sql`
  found_with_all as (
    select k.kind, h.id
    from ${among(kinds)} k(kind)
    cross join asked a
    cross join lateral (
      select p.id from terms t cross join lateral (
        select s.id from search_words s where s.tenant_id = ${firm(tenantId)} and s.kind = k.kind and s.word = t.term
        order by s.id desc limit ${bounds.ofAllTerms}
      ) p group by p.id having count(*) = a.groups order by p.id desc limit ${bounds.ofTheWord}
    ) h where a.groups > 1
  )`

const ownDeals = (tenantId: string, onlyOwnerId: string | null): Sql =>
  onlyOwnerId === null
    ? empty
    : sql`union (select 'deal', d.id from deals d
        where d.tenant_id = ${firm(tenantId)} and d.owner_id = ${onlyOwnerId}::uuid
        order by d.created_at desc, d.id desc limit ${bounds.own})`

/** Whether what a note stands on is there, and may be seen. Asked once for each note that was found. */
const parentSeen = (tenantId: string, onlyOwnerId: string | null): Sql => sql`coalesce((
  select d.deleted_at is null and co.deleted_at is null and ct.deleted_at is null
    ${onlyOwnerId === null ? empty : sql`and (e.deal_id is null or d.owner_id is not distinct from ${onlyOwnerId}::uuid)`}
  from timeline_entries e
  left join deals d on d.tenant_id = e.tenant_id and d.id = e.deal_id
  left join companies co on co.tenant_id = e.tenant_id and co.id = e.company_id
  left join contacts ct on ct.tenant_id = e.tenant_id and ct.id = e.contact_id
  where e.tenant_id = ${firm(tenantId)} and e.id = s.id limit 1), false)`

/** Documents that have all terms by themselves, with how well they match. */
const matched = (tenantId: string, { kinds, onlyOwnerId, phrases }: Question): Sql => sql`
  matched as materialized (
    select s.kind, s.id, case
        when split_part(s.plain, E'\\n', 1) = a.plain or s.words @@ a.whole then 6
        when starts_with(s.plain, a.plain) then 5
        when ' ' || split_part(s.plain, E'\\n', 1) like all (a.patterns) then 4
        else 3 end as score
    from asked a
    cross join (select kind, id from found union select kind, id from found_with_all ${ownDeals(tenantId, onlyOwnerId)}) c
    cross join lateral (
      select * from search_documents s where s.tenant_id = ${firm(tenantId)} and s.kind = c.kind and s.id = c.id offset 0
    ) s
    where s.words @@ a.query ${havePhrases([sql`s.plain`], phrases)}
      and (s.kind <> 'note' or ${parentSeen(tenantId, onlyOwnerId)})
      and ${onlyOwnerId === null ? sql`true` : sql`(s.kind <> 'deal' or s.owner_id = ${onlyOwnerId}::uuid)`}
  ),
  shown as materialized (select * from matched where kind in (select kind from ${among(kinds)} k(kind)))`

/** Deals of a company or contact, newest first. */
const dealsOf = (tenantId: string, limit: Sql): Sql => sql`(
  (select d.id from deals d where r.kind = 'company' and d.tenant_id = ${firm(tenantId)} and d.company_id = r.id
    order by d.id desc limit ${limit})
  union all
  (select d.id from deals d where r.kind = 'contact' and d.tenant_id = ${firm(tenantId)} and d.contact_id = r.id
    order by d.id desc limit ${limit})
  union all
  (select p.deal_id from deal_contacts p where r.kind = 'contact' and p.tenant_id = ${firm(tenantId)} and p.contact_id = r.id
    order by p.deal_id desc limit ${limit}))`

/** Deals that have the terms together with their company and contact, looked for only when there is room for them. */
const related = (
  tenantId: string,
  { onlyOwnerId, kinds, phrases }: Question,
  { limit, each, after }: Range,
): Sql => sql`
  room as materialized (
    select ${kinds.includes('deal')} and count(*) < (select ${each ?? limit}::int) as is_left from shown
    where ${each === undefined ? sql`true` : sql`kind = 'deal'`} ${afterHit(after)}
  ),
  relatives as (
    (select kind, id, true as has_all from matched where kind = 'company' and (select is_left from room)
      order by score desc, id desc limit ${bounds.relatives})
    union all
    (select kind, id, true from matched where kind = 'contact' and (select is_left from room)
      order by score desc, id desc limit ${bounds.relatives})
    union all
    (select distinct kind, id, false from (
      select kind, id, row_number() over (partition by kind, term order by id desc) as n
      from found where kind in ('company', 'contact') and (select is_left from room) and (select groups from asked) > 1
    ) r where n <= ${bounds.partners})
  ),
  related as (
    select distinct on (s.id) 'deal' as kind, s.id, 2 as score
    from relatives r
    cross join lateral (select id from ${dealsOf(tenantId, bounds.dealsOfPartner)} d
      limit case when r.has_all then ${bounds.dealsOfRelative} else ${bounds.dealsOfPartner} end) c
    cross join lateral (
      select * from search_documents s where s.tenant_id = ${firm(tenantId)} and s.kind = 'deal' and s.id = c.id offset 0
    ) s
    where (r.has_all or coalesce((
        select (s.words || coalesce(co.words, '') || coalesce(ct.words, '') || rw.words) @@ a.query
          ${havePhrases([sql`s.plain`, sql`co.plain`, sql`ct.plain`, sql`rw.plain`], phrases)}
        from asked a
        join search_documents rw on rw.tenant_id = ${firm(tenantId)} and rw.kind = r.kind and rw.id = r.id
        join deals d on d.tenant_id = ${firm(tenantId)} and d.id = s.id
        left join search_documents co on co.tenant_id = ${firm(tenantId)} and co.kind = 'company' and co.id = d.company_id
        left join search_documents ct on ct.tenant_id = ${firm(tenantId)} and ct.kind = 'contact' and ct.id = d.contact_id
        limit 1), false))
      and ${onlyOwnerId === null ? sql`true` : sql`s.owner_id = ${onlyOwnerId}::uuid`}
      and not exists (select 1 from matched m where m.kind = 'deal' and m.id = s.id)
  )`

const afterHit = (after: Range['after']): Sql =>
  after === undefined ? empty : sql`and (score, id) < (${after.score}::int, ${after.id}::uuid)`

const scoreNames: Readonly<Record<number, SearchMatch>> = {
  6: 'exact',
  5: 'beginning',
  4: 'title',
  3: 'words',
  2: 'related',
}
export const matchOf = (score: number): SearchMatch => scoreNames[score] ?? 'words'

export interface Hit {
  kind: SearchKind
  id: string
  score: number
  /** What was looked for, plain. */
  terms: string[]
}

/** What was found, best first. Documents that may not be seen are left out before anything is ranked. */
export function findHits(db: TenantDb, question: Question, range: Range): Promise<Hit[]> {
  const { tenantId } = db
  const { kinds } = question
  const { limit, each, after } = range
  const looked = kinds.includes('deal') ? [...new Set<string>([...kinds, 'company', 'contact'])] : [...kinds]
  return db.query<Hit>(sql`
    with ${asked(question)}, ${found(tenantId, looked)}, ${foundWithAll(tenantId, looked)}, ${matched(tenantId, question)},
    ${related(tenantId, question, range)},
    numbered as (
      select *, ${each === undefined ? sql`0` : sql`row_number() over (partition by kind order by score desc, id desc)`} as place
      from (select * from shown union all select * from related) hits
    )
    select kind, id, score, (select terms from asked) as terms from numbered
    where ${each === undefined ? sql`true` : sql`place <= (select ${each}::int)`} ${afterHit(after)}
    order by score desc, id desc limit (select ${limit}::int)`)
}
