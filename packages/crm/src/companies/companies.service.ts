// Companies and contacts as far as deals need them: to be found and named while a deal is written.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type CompanyView,
  type ContactView,
  type CreateCompany,
  type CreateContact,
  type ListCompanies,
  type ListContacts,
  type Page,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { invalid } from '../invalid.ts'
import {
  findCompanies,
  findCompanyByDomain,
  findContactByEmail,
  findContacts,
  hasCompany,
  insertCompany,
  insertContact,
} from './companies.repo.ts'

const pageByName = <T extends { id: string; name: string }>(rows: T[], limit: number): Page<T> =>
  toPage(rows, limit, ({ name, id }) => [name, id], asIs)

/** Companies by name, found by a part of name or domain. */
export const listCompanies = async (ctx: Ctx, query: ListCompanies): Promise<Page<CompanyView>> =>
  pageByName(await findCompanies(ctx.db, query), query.limit)

/** Contacts by name, found by a part of name or e-mail. */
export const listContacts = async (ctx: Ctx, query: ListContacts): Promise<Page<ContactView>> =>
  pageByName(await findContacts(ctx.db, query), query.limit)

/** @throws AppError conflict when a company has this domain already; details name it */
export function createCompany(ctx: Ctx, input: CreateCompany): Promise<CompanyView> {
  return ctx.db.transaction(async () => {
    const taken = input.domain === null ? null : await findCompanyByDomain(ctx.db, input.domain)
    if (taken) throw new AppError('conflict', { message: `${taken.name} has this domain already.`, details: taken })
    const company = await insertCompany(ctx.db, { ...input, ownerId: ctx.actor.kind === 'user' ? ctx.actor.id : null })
    audit(ctx, { action: 'company.created', subject: 'company', subjectId: company.id, after: company })
    return company
  })
}

/** @throws AppError conflict when a contact has this e-mail already, validation_failed for an unknown company */
export function createContact(ctx: Ctx, input: CreateContact): Promise<ContactView> {
  return ctx.db.transaction(async () => {
    if (input.companyId !== null && !(await hasCompany(ctx.db, input.companyId)))
      throw invalid({ path: 'body.companyId', message: 'There is no such company.' })
    const taken = input.email === null ? null : await findContactByEmail(ctx.db, input.email)
    if (taken) throw new AppError('conflict', { message: `${taken.name} has this e-mail already.`, details: taken })
    const contact = await insertContact(ctx.db, input)
    audit(ctx, { action: 'contact.created', subject: 'contact', subjectId: contact.id, after: contact })
    return contact
  })
}
