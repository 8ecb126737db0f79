// Use cases of one deal, and the lists. Every write: rule, row, history, audit and event in one transaction.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type BoardQuery,
  type CreateDeal,
  type CustomValues,
  type DealFilter,
  type ErrorIssue,
  type ListDeals,
  type MoveDeal,
  type UpdateDeal,
} from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { checkCustomValues, mergedCustom, readCustomFields } from '../custom-fields/index.ts'
import { invalid } from '../invalid.ts'
import { dealsChanged } from '../statistics/index.ts'
import { ownDealsOnly } from '../visibility.ts'
import { checkVersion } from './changed-by.ts'
import { applyChange, difference } from './deal-changes.ts'
import { type DealText, readDealDetail, readDealText } from './deal-detail.repo.ts'
import { readDealBoard, readDealCalendar, readDealPage } from './deal-lists.repo.ts'
import {
  type ContactRole,
  type DealValues,
  insertDeal,
  type LockedDeal,
  lockDeal,
  type References,
  readContactRoles,
  readReferences,
  replaceContacts,
} from './deals.repo.ts'
import { checkAmounts, checkMove, checkPromised, mayChange, movedTo, normalised } from './deals.rules.ts'

/** JSON text of a `dealPage`. */
export const listDeals = async (ctx: Ctx, query: ListDeals): Promise<string> =>
  readDealPage(ctx.db, await ownDealsOnly(ctx), query)

/** JSON text of a `dealBoard`. */
export const dealBoard = async (ctx: Ctx, query: BoardQuery): Promise<string> =>
  readDealBoard(ctx.db, await ownDealsOnly(ctx), query)

/** JSON text of a `dealCalendar`. */
export const dealCalendar = async (ctx: Ctx, filter: DealFilter): Promise<string> =>
  readDealCalendar(ctx.db, await ownDealsOnly(ctx), filter)

const nothingThere = () => new AppError('not_found', { message: 'There is no such deal.' })

/** JSON text of a `dealDetail`. @throws AppError not_found, also for another tenant's deal */
export async function getDeal(ctx: Ctx, dealId: string): Promise<DealText> {
  const deal = await readDealDetail(ctx.db, await ownDealsOnly(ctx), dealId)
  if (!deal) throw nothingThere()
  return deal
}

/** Another tenant's id gets the same answer as one that nobody has. */
async function checkReferences(ctx: Ctx, references: References): Promise<void> {
  const found = await readReferences(ctx.db, references)
  const issue = (field: string, what: string): ErrorIssue => ({
    path: `body.${field}`,
    message: `There is no such ${what}.`,
  })
  const issues = [
    ...(found.owner ? [] : [issue('ownerId', 'member')]),
    ...(found.company ? [] : [issue('companyId', 'company')]),
    ...(found.contact ? [] : [issue('contactId', 'contact')]),
    ...references.contacts.flatMap(({ contactId }, index) =>
      found.people.includes(contactId) ? [] : [issue(`contacts.${index}.contactId`, 'contact')],
    ),
  ]
  if (issues.length > 0) throw invalid(...issues)
}

function checkValue(value: string | undefined): void {
  if (value?.startsWith('-')) throw invalid({ path: 'body.value', message: 'must not be negative' })
}

function checkContacts(contacts: readonly ContactRole[] | undefined): void {
  const seen = new Set<string>()
  for (const [index, { contactId }] of (contacts ?? []).entries()) {
    if (seen.has(contactId)) throw invalid({ path: `body.contacts.${index}.contactId`, message: 'is named twice' })
    seen.add(contactId)
  }
}

/** `custom` after a change. The firm's fields are asked for only when there is something to check. */
async function customAfter(ctx: Ctx, before: CustomValues, given: CustomValues | undefined): Promise<CustomValues> {
  if (given === undefined || Object.keys(given).length === 0) return before
  const { values, issues } = checkCustomValues(await readCustomFields(ctx.db, 'DEAL'), given)
  if (issues.length > 0) throw invalid(...issues)
  return mergedCustom(before, values)
}

/**
 * Without a named owner, the person who creates the deal owns it.
 * @returns JSON text of a `dealView`
 * @throws AppError validation_failed, forbidden
 */
export function createDeal(ctx: Ctx, { contacts, ...input }: CreateDeal): Promise<DealText & { id: string }> {
  return ctx.db.transaction(async () => {
    const ownerId = input.ownerId === undefined ? memberIdOf(ctx.actor) : input.ownerId
    if (!mayChange(ctx.actor, ownerId))
      throw new AppError('forbidden', { message: 'Members create deals of their own only.' })
    checkValue(input.value)
    checkContacts(contacts)
    if (contacts.length > 0) await checkReferences(ctx, { ...input, ownerId, contacts })
    const values = { ...input, ownerId, currency: input.currency, custom: await customAfter(ctx, {}, input.custom) }
    const deal = await insertDeal(ctx.db, values, contacts, ctx.actor.id)
    if (!deal) {
      await checkReferences(ctx, { ...input, ownerId, contacts })
      throw new Error('a deal was not stored, though all that it names is there')
    }
    const after = { ...values, currency: deal.currency, ...(contacts.length > 0 && { contacts }) }
    audit(ctx, { action: 'deal.created', subject: 'deal', subjectId: deal.id, after })
    emit(ctx, 'deal.created', { dealId: deal.id, stage: input.stage })
    dealsChanged(ctx)
    return deal
  })
}

interface Wish {
  version?: number | undefined
  /** About a deal in the trash. */
  deleted?: boolean
}

/** The deal, held for this transaction. @throws AppError not_found, forbidden, stale_version */
async function dealToChange(ctx: Ctx, dealId: string, { version, deleted = false }: Wish): Promise<LockedDeal> {
  const deal = await lockDeal(ctx.db, dealId, await ownDealsOnly(ctx))
  if (!deal || (deal.deletedAt !== null) !== deleted) throw nothingThere()
  if (!mayChange(ctx.actor, deal.ownerId))
    throw new AppError('forbidden', { message: 'Members change only deals that are assigned to them.' })
  await checkVersion(ctx, { subject: 'deal', id: dealId, fields: deal }, version)
  return deal
}

/** The deal as it is now; for a wish that changed nothing. */
async function unchanged(ctx: Ctx, dealId: string): Promise<DealText> {
  const deal = await readDealText(ctx.db, dealId)
  if (!deal) throw new Error('a deal that was held is gone')
  return deal
}

const referring = ['ownerId', 'companyId', 'contactId'] as const

/**
 * Changes the named fields. With `version`, only when nobody changed the deal since.
 * @returns JSON text of a `dealView`
 * @throws AppError not_found, forbidden, stale_version, validation_failed, conflict
 */
export function updateDeal(
  ctx: Ctx,
  dealId: string,
  { version, contacts, custom, value, ...input }: UpdateDeal,
): Promise<DealText> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, { version })
    checkValue(value)
    checkContacts(contacts)
    const named: Partial<DealValues> = Object.fromEntries(
      Object.entries(input).filter(([, given]) => given !== undefined),
    )
    if (value !== undefined) named.value = normalised(value)
    if (custom !== undefined) named.custom = await customAfter(ctx, deal.custom, custom)
    if (!mayChange(ctx.actor, named.ownerId === undefined ? deal.ownerId : named.ownerId))
      throw new AppError('forbidden', { message: 'Members cannot give a deal away.' })
    const changed = difference({ deal, after: named })
    if (changed) {
      checkAmounts(ctx.actor.role, deal, changed.after)
      checkPromised(deal.promised, changed.after)
    }
    if (contacts || referring.some((field) => changed && field in changed.after))
      await checkReferences(ctx, { ...deal, ...named, contacts: contacts ?? [] })
    const peopleBefore = contacts && (await readContactRoles(ctx.db, dealId))
    const peopleChange = contacts && JSON.stringify(sorted(contacts)) !== JSON.stringify(peopleBefore)
    if (peopleChange) {
      await replaceContacts(ctx.db, dealId, contacts)
      audit(ctx, {
        action: 'deal.contacts_changed',
        subject: 'deal',
        subjectId: dealId,
        before: { contacts: peopleBefore },
        after: { contacts },
      })
      if (!changed) emit(ctx, 'deal.updated', { dealId, version: deal.version })
    }
    const written = await applyChange(ctx, { deal, after: named })
    return written ?? unchanged(ctx, dealId)
  })
}

const sorted = (contacts: readonly ContactRole[]): ContactRole[] =>
  contacts.map(({ contactId, role }) => ({ contactId, role })).toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1))

/**
 * Moves a deal along the pipeline.
 * @returns JSON text of a `dealView`
 * @throws AppError not_found, forbidden, stale_version, illegal_transition, validation_failed
 */
export function moveDeal(ctx: Ctx, dealId: string, { stage, lostReason, version }: MoveDeal): Promise<DealText> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, { version })
    checkMove(deal, stage, lostReason)
    if (deal.stage === stage) return unchanged(ctx, dealId)
    const written = await applyChange(ctx, { deal, after: movedTo(stage, lostReason, ctx.now()) })
    return written ?? unchanged(ctx, dealId)
  })
}

/** Puts a deal into the trash, from where it can be restored. @throws AppError not_found, forbidden, stale_version, conflict */
export function deleteDeal(ctx: Ctx, dealId: string, version: number | undefined): Promise<void> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, { version })
    if (deal.holds.length > 0)
      throw new AppError('conflict', {
        message: `This deal cannot be deleted: ${deal.holds.join(', ')} is based on it.`,
        details: { holds: deal.holds },
      })
    await applyChange(ctx, { deal, after: { deletedAt: ctx.now().toISOString() } })
  })
}

/** Takes a deal out of the trash. @returns JSON text of a `dealView` @throws AppError not_found, forbidden */
export function restoreDeal(ctx: Ctx, dealId: string): Promise<DealText> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, { deleted: true })
    const written = await applyChange(ctx, { deal, after: { deletedAt: null } })
    return written ?? unchanged(ctx, dealId)
  })
}
