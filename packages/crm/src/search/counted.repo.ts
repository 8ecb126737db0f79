// How many records have a word, as far as a list needs to know: whether it names them, or goes along its own index.
import { oneOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

export const listedKinds = ['deal', 'company', 'contact'] as const
export type ListedKind = (typeof listedKinds)[number]

/** Up to so many records are named to the list; with more, the list goes along its own index and asks row by row. */
const namedMost = 20_000
/** One more is read, which tells that there are more. */
const asMany = rowLimit(namedMost + 1)
/** So many are always named: it takes a few milliseconds. */
const namedAlways = 1_000
/** So many of the newest records with a frequent word are known when a list goes along its own index: a page and more. */
const newestKnown = rowLimit(60)
/** Words with one beginning, companies and contacts with a word, of which the newest records are looked for. */
const newestOfMost = 16

/**
 * What the planner cannot look into: with the firm and the words before its eyes it plans each question anew, which takes
 * as long as to answer it, and finds the same plan.
 */
export const unseen = (value: Sql): Sql => sql`(select ${value})`

/** The words of a kind that begin with `term`. */
const ofTerm = (tenantId: string, kind: ListedKind, term: Sql): Sql => sql`
  from search_words s
  where s.tenant_id = ${unseen(sql`${tenantId}::uuid`)} and s.kind = ${oneOf(listedKinds, kind)} and s.word >= ${term} and s.word < ${term} || U&'\\+10FFFF'`

export const withWord = (tenantId: string, kind: ListedKind, term: Sql): Sql => sql`
  select s.id ${ofTerm(tenantId, kind, term)}
  order by s.word desc, s.id desc`

/** Deals of a company or contact `c`, the newest first. */
const dealsOfOne = (tenantId: string) => {
  const ofTenant = sql`d.tenant_id = ${unseen(sql`${tenantId}::uuid`)}`
  return {
    company: sql`select d.id from deals d where ${ofTenant} and d.company_id = c.id order by d.id desc`,
    contact: sql`select d.id from deals d where ${ofTenant} and d.contact_id = c.id order by d.id desc`,
    person: sql`select d.deal_id as id from deal_contacts d where ${ofTenant} and d.contact_id = c.id`,
  }
}

/**
 * Deals of each company or contact that has a term, along the index of whose they are. One without deals is a line as well, with
 * no id: where more have the term than are looked at, it must be seen that this is not all.
 */
const dealsOf = (tenantId: string, kind: 'company' | 'contact', term: Sql, ofOne: Sql): Sql => sql`
  (select of_one.id from (${withWord(tenantId, kind, term)} limit ${asMany}) c
    left join lateral (${ofOne} limit ${asMany}) of_one on true limit ${asMany})`

/** Ids of the records that have a term, deals also by their company and people; some may come twice, and some be null. */
export const having = (tenantId: string, kind: ListedKind, term: Sql): Sql => {
  const own = sql`(${withWord(tenantId, kind, term)} limit ${asMany})`
  if (kind !== 'deal') return own
  const { company, contact, person } = dealsOfOne(tenantId)
  return sql`${own} union all ${dealsOf(tenantId, 'company', term, company)}
    union all ${dealsOf(tenantId, 'contact', term, contact)} union all ${dealsOf(tenantId, 'contact', term, person)}`
}

export interface CountedTerm {
  term: string
  /** Records that have it, as far as it matters. */
  count: number
  /** Whether they are few enough to be named. */
  isNamed: boolean
  /** Of deals that are not named: ids of the newest of them, from the newest on, some may come twice. Null when they are not known. */
  newest: string[] | null
}

/**
 * How many are named, of those that are more than a few: as long as it is the cheaper. n records named are looked up one by
 * one; along an index of N deals, a page of 25 is full after some 26 N / n, each of which takes about eight times as long.
 * What is not folded into the totals yet makes no difference here.
 */
const namedOf = (tenantId: string, kind: ListedKind): Sql =>
  kind === 'deal'
    ? sql`(select least(${namedMost}::int, greatest(${namedAlways}::int, sqrt(200 * coalesce(sum(d.count), 0))::int))
        from deal_totals d where d.tenant_id = ${tenantId}::uuid)`
    : sql`${namedMost}::int`

/** The newest deals of each word that a term is the beginning of; `nth` of the words. */
const newestOfWords = (tenantId: string, term: Sql): Sql => sql`
  select newest.id, words.nth from (
    with recursive words(word, nth) as (
      (select s.word, 1 ${ofTerm(tenantId, 'deal', term)} order by s.word desc limit 1)
      union all
      select before.word, w.nth + 1 from words w
      cross join lateral (select s.word ${ofTerm(tenantId, 'deal', term)} and s.word < w.word order by s.word desc limit 1) before
      where w.nth <= ${newestOfMost}::int
    ) select * from words
  ) words
  cross join lateral (select s.id from search_words s
    where s.tenant_id = ${unseen(sql`${tenantId}::uuid`)} and s.kind = 'deal' and s.word = words.word order by s.id desc limit ${newestKnown}) newest`

/** The newest deals of each company or contact that has a term; `nth` of these. */
const newestOfPartners = (tenantId: string, kind: 'company' | 'contact', term: Sql, ofOne: Sql): Sql => sql`
  select newest.id, c.nth from (
    select p.id, row_number() over ()::int as nth from (${withWord(tenantId, kind, term)} limit ${rowLimit(newestOfMost + 1)}) p) c
  left join lateral (${ofOne} limit ${newestKnown}) newest on true`

/** Ids of the newest deals with a term; null when more words, companies or contacts have it than are looked at. */
const newestDeals = (tenantId: string, term: Sql): Sql => {
  const { company, contact, person } = dealsOfOne(tenantId)
  return sql`(
    select case when max(newest.nth) <= ${newestOfMost}::int then
      (array_agg(newest.id order by newest.id desc) filter (where newest.id is not null))[1:${newestKnown}] end
    from (${newestOfWords(tenantId, term)}
      union all (${newestOfPartners(tenantId, 'company', term, company)})
      union all (${newestOfPartners(tenantId, 'contact', term, contact)})
      union all (${newestOfPartners(tenantId, 'contact', term, sql`${person} order by d.deal_id desc`)})) newest)`
}

const termsOf = (q: string): Sql => sql`unnest(search_terms(${unseen(sql`${q}::text`)})) t(term)`

/** The terms of a query, rarest first, counted as far as they are always named. */
const countFew = (db: TenantDb, kind: ListedKind, q: string): Promise<CountedTerm[]> =>
  db.query(sql`
    select t.term, few.count, few."isNamed", null as newest from ${termsOf(q)}
    cross join lateral (select count(id)::int as count, count(*) <= ${namedAlways}::int as "isNamed"
      from (select id from (${having(db.tenantId, kind, sql`t.term`)}) ids limit ${rowLimit(namedAlways + 1)}) ids) few
    order by few.count, t.term`)

/** The same, counted as far as it pays to name them, and with the newest of those that are more. */
const countMany = (db: TenantDb, kind: ListedKind, q: string): Promise<CountedTerm[]> =>
  db.query(sql`
    select t.term, many.count, many."isNamed",
      case when not many."isNamed" then ${kind === 'deal' ? newestDeals(db.tenantId, sql`t.term`) : sql`null::uuid[]`} end as newest
    from ${termsOf(q)}
    cross join (select ${namedOf(db.tenantId, kind)} as most) named
    cross join lateral (select count(id)::int as count, count(*) <= named.most as "isNamed"
      from (select id from (${having(db.tenantId, kind, sql`t.term`)}) ids limit named.most + 1) ids) many
    order by many.count, t.term`)

/** The terms of a query, rarest first. One short question where a term is rare, and a second where none is. */
export async function countTerms(db: TenantDb, kind: ListedKind, q: string): Promise<CountedTerm[]> {
  const few = await countFew(db, kind, q)
  return few.length === 0 || few[0]?.isNamed ? few : countMany(db, kind, q)
}
