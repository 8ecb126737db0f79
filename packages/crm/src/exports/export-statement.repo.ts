// One COPY that writes a whole file: what a view shows, as of one moment, with cells that a spreadsheet will not run.
import type { ExportDefinition } from '@throughline/contracts'
import { empty, join, type Sql, sql, type TenantDb } from '@throughline/db'
import { companyCondition } from '../companies/index.ts'
import { contactCondition } from '../contacts/index.ts'
import { dealCondition, dealOrder } from '../deals/index.ts'
import { orderOf } from '../records/index.ts'
import {
  columnsOfCompanies,
  columnsOfContacts,
  columnsOfDeals,
  type ExportColumn,
  type OwnColumn,
} from './export-columns.repo.ts'

export interface ExportSettings {
  timezone: string
  /** Whose deals alone it may hold; null for all. */
  scopeId: string | null
  /** The firm's own fields of deals. */
  own: readonly OwnColumn[]
}

export interface ExportStatement {
  headings: string[]
  copy: Sql
}

const statement = (columns: readonly ExportColumn[], from: Sql): ExportStatement => {
  const values = columns.map(({ value }) => value)
  return {
    headings: columns.map(({ heading }) => heading),
    copy: sql`copy (select ${join(values, ', ')} ${from}) to stdout with (format csv)`,
  }
}

const ownersOf = (row: Sql, t: Sql): Sql => sql`left join members o on o.tenant_id = ${t} and o.id = ${row}.owner_id`
const companiesOf = (row: Sql, t: Sql): Sql =>
  sql`left join companies co on co.tenant_id = ${t} and co.id = ${row}.company_id`

/** `"Jane Doe" <jane@acme.com> (champion); …`, which the importer reads; quotation marks and brackets are escaped. */
const peopleOf = (t: Sql): Sql => sql`left join (
    select c.deal_id, string_agg('"' || regexp_replace(k.name, '(["\\\\])', '\\\\\\1', 'g') || '"'
      || coalesce(' <' || k.email || '>', '') || ' (' || regexp_replace(c.role, '([()\\\\])', '\\\\\\1', 'g') || ')', '; '
      order by c.contact_id) as people
    from deal_contacts c join contacts k on k.tenant_id = c.tenant_id and k.id = c.contact_id
    where c.tenant_id = ${t} group by c.deal_id) pe on pe.deal_id = d.id`

const has = (columns: readonly string[], ...wanted: string[]): boolean => wanted.some((name) => columns.includes(name))

/** What a member who sees their own deals only may have of companies and contacts is what everybody may. */
export async function exportStatement(
  db: TenantDb,
  definition: ExportDefinition,
  { own, timezone, scopeId }: ExportSettings,
): Promise<ExportStatement> {
  const t = sql`${db.tenantId}::uuid`
  const style = { options: definition.options, timezone }
  const { columns } = definition
  const owners = (row: Sql) => (has(columns, 'ownerEmail', 'ownerName') ? ownersOf(row, t) : empty)
  const companies = (row: Sql) => (has(columns, 'companyName', 'companyDomain') ? companiesOf(row, t) : empty)
  switch (definition.kind) {
    case 'DEAL': {
      const contacts = sql`left join contacts ct on ct.tenant_id = ${t} and ct.id = d.contact_id`
      return statement(
        columnsOfDeals(definition.columns, own, style),
        sql`from deals d ${owners(sql`d`)} ${companies(sql`d`)}
          ${has(columns, 'contactName', 'contactEmail') ? contacts : empty} ${has(columns, 'people') ? peopleOf(t) : empty}
          where ${await dealCondition(db, scopeId, definition.filter)} order by ${dealOrder(definition)}`,
      )
    }
    case 'COMPANY': {
      const { filter, sort = 'name' } = definition
      return statement(
        columnsOfCompanies(definition.columns, style),
        sql`from companies c ${owners(sql`c`)} where ${await companyCondition(db, filter)} order by ${orderOf(sort)}`,
      )
    }
    case 'CONTACT': {
      const { filter, sort = 'name' } = definition
      return statement(
        columnsOfContacts(definition.columns, style),
        sql`from contacts c ${owners(sql`c`)} ${companies(sql`c`)}
          where ${await contactCondition(db, filter)} order by ${orderOf(sort)}`,
      )
    }
  }
}
