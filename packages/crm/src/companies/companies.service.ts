// Use cases of companies. Every write: rule, row, audit and event in one transaction.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type CompanyDetail,
  type CompanyView,
  type CreateCompany,
  type ListCompanies,
  type Page,
  type UpdateCompany,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { companyCandidates, duplicateConflict, refuseDuplicates } from '../duplicates/index.ts'
import {
  changedFields,
  checkMayEdit,
  checkReferences,
  dealScope,
  ownerOfNew,
  recordPage,
  rescoreDealsOfCompany,
  unlessTaken,
} from '../records/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { type CompanyValues, insertCompany, lockCompany, writeCompany } from './companies.repo.ts'
import { findCompanies, findCompanyDetail, readCompany } from './company-reads.repo.ts'

const noSuchCompany = () => new AppError('not_found', { message: 'There is no such company.' })
const domainTaken = () => duplicateConflict('Another company has this domain already.', [], false)

/** Companies by name or newest first, searched and filtered. */
export const listCompanies = async (ctx: Ctx, query: ListCompanies): Promise<Page<CompanyView>> =>
  recordPage(await findCompanies(ctx.db, query), query.limit, query.sort ?? 'name')

/** One company with its contacts and deals. @throws AppError not_found, also for one in the trash or of another tenant */
export async function getCompany(ctx: Ctx, id: string): Promise<CompanyDetail> {
  const company = await findCompanyDetail(ctx.db, await dealScope(ctx), id)
  if (!company) throw noSuchCompany()
  return company
}

async function viewOf(ctx: Ctx, id: string): Promise<CompanyView> {
  const company = await readCompany(ctx.db, id)
  if (!company) throw noSuchCompany()
  return company
}

const unknown = { industry: null, size: null, country: null, tags: [] }

/**
 * Without a named owner, the person who creates the company owns it.
 * @throws AppError conflict with `candidates` when there is one like it: `force` passes over a similar name, but not
 * over a domain that is taken; forbidden, validation_failed
 */
export function createCompany(ctx: Ctx, { force = false, ...input }: CreateCompany): Promise<CompanyView> {
  return ctx.db.transaction(async () => {
    const values: CompanyValues = { ...unknown, ...input, ownerId: ownerOfNew(ctx.actor, input.ownerId) }
    await checkReferences(ctx.db, { ownerId: values.ownerId })
    refuseDuplicates(await companyCandidates(ctx.db, values), force)
    const id = await unlessTaken(insertCompany(ctx.db, values), domainTaken)
    audit(ctx, { action: 'company.created', subject: 'company', subjectId: id, after: values })
    emit(ctx, 'company.changed', { companyId: id })
    return viewOf(ctx, id)
  })
}

/**
 * Changes the named fields. With `version`, only when nobody changed the company since. Another size asks for new
 * scores of its deals.
 * @throws AppError not_found, forbidden, stale_version, validation_failed, conflict when the domain is taken
 */
export function updateCompany(ctx: Ctx, id: string, { version, ...input }: UpdateCompany): Promise<CompanyView> {
  return ctx.db.transaction(async () => {
    const company = await lockCompany(ctx.db, id)
    if (!company) throw noSuchCompany()
    await checkMayEdit(ctx, { kind: 'company', id, record: company }, version)
    const { version: _version, ...before } = company
    const changed = changedFields<CompanyValues>(before, input)
    if (!changed) return viewOf(ctx, id)
    await checkReferences(ctx.db, { ownerId: changed.after.ownerId })
    if (changed.after.domain) refuseDuplicates(await companyCandidates(ctx.db, { domain: changed.after.domain }), true)
    await unlessTaken(writeCompany(ctx.db, id, { ...before, ...changed.after }), domainTaken)
    if (changed.after.size !== undefined) {
      await rescoreDealsOfCompany(ctx.db, id)
      dealsChanged(ctx)
    }
    audit(ctx, { action: 'company.updated', subject: 'company', subjectId: id, ...changed })
    emit(ctx, 'company.changed', { companyId: id })
    return viewOf(ctx, id)
  })
}
