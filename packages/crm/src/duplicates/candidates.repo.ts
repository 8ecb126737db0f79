// Records that look like one that is about to be written. Found by equal keys, then weighed: under row-level security an
// index can be asked for nothing but what is equal or in order.
import type { DuplicateCandidate } from '@throughline/contracts'
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

/** `unique`: what may be there only once, whoever insists. */
export type Candidate = DuplicateCandidate & { unique: boolean }

/** From here on two names are shown as perhaps the same. Below it, pairs of different firms outnumber the slips. */
export const likelyFrom = 0.6
const shown = 5

const best = (found: Sql): Sql => sql`select * from (
  select distinct on (f.id) f.* from (${found}) f where f.likeness >= ${likelyFrom}::real order by f.id, f."unique" desc, f.likeness desc
) f order by f."unique" desc, f.likeness desc, f.name limit ${shown}`

/** The most likely companies, at most five; without a name only whoever has the domain. */
export function companyCandidates(
  db: TenantDb,
  { name, domain }: { name?: string; domain: string | null },
): Promise<Candidate[]> {
  const t = sql`${db.tenantId}::uuid`
  const alike = sql`union all
    select c.id, c.name, c.domain, 'name', name_likeness(name_core(c.name, true), name_core(${name}, true)), false
    from (
      select distinct record_id from record_keys
      where tenant_id = ${t} and kind = 'company' and key = any(name_keys(name_core(${name}, true)))
    ) k join companies c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null`
  return db.query<Candidate>(
    best(sql`
      select id, name, domain as detail, 'domain' as reason, 1::real as likeness, true as "unique"
      from companies where tenant_id = ${t} and domain = ${domain} and deleted_at is null
      ${name === undefined ? empty : alike}`),
  )
}

export interface WrittenContact {
  name?: string
  email: string | null
  otherEmails?: string[]
  companyId?: string | null
  /** The contact itself, when it is changed. */
  exceptId?: string
}

/** Whether two contacts `a` and `b` may be one person by their firm: nobody has two jobs at once. */
export const sameEmployer = (a: Sql, b: Sql): Sql => sql`(${a} = ${b} or ${a} is null or ${b} is null)`

/** The most likely contacts, at most five; without a name only whoever has the first e-mail as theirs. */
export function contactCandidates(db: TenantDb, contact: WrittenContact): Promise<Candidate[]> {
  const { name, email, otherEmails = [], companyId = null, exceptId = null } = contact
  const t = sql`${db.tenantId}::uuid`
  const keys = [...(email === null ? [] : [email]), ...otherEmails].map((address) => `e:${address}`)
  const alike = sql`union all
    select c.id, c.name, c.email, case when k.by_email then 'email' else 'name' end,
      case when k.by_email then 1::real else name_likeness(person_core(c.name), person_core(${name})) end, false
    from (
      select record_id, bool_or(key = any(${keys}::text[])) as by_email from record_keys
      where tenant_id = ${t} and kind = 'contact'
        and key = any(name_keys(person_core(${name})) || ${keys}::text[])
      group by record_id
    ) k join contacts c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null
    where k.by_email or ${sameEmployer(sql`c.company_id`, sql`${companyId}::uuid`)}`
  return db.query<Candidate>(
    best(sql`
      select id, name, email as detail, 'email' as reason, 1::real as likeness, true as "unique"
      from contacts where tenant_id = ${t} and email = ${email} and deleted_at is null
        and id is distinct from ${exceptId}::uuid
      ${name === undefined ? empty : alike}`),
  )
}
