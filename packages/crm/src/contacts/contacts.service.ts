// Use cases of contacts. Every write: rule, row, audit and event in one transaction.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type ContactDetail,
  type ContactView,
  type CreateContact,
  type ListContacts,
  type Page,
  type UpdateContact,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { contactCandidates, duplicateConflict, refuseDuplicates } from '../duplicates/index.ts'
import {
  changedFields,
  checkMayEdit,
  checkReferences,
  dealScope,
  ownerOfNew,
  recordPage,
  rescoreDealsOfContact,
  unlessTaken,
} from '../records/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { findContactDetail, findContacts, readContact } from './contact-reads.repo.ts'
import { type ContactValues, insertContact, lockContact, writeContact } from './contacts.repo.ts'
import { consentAfter, distinctPhones, orderedEmails } from './contacts.rules.ts'

const noSuchContact = () => new AppError('not_found', { message: 'There is no such contact.' })
const emailTaken = () => duplicateConflict('Another contact has this e-mail already.', [], false)

/** Contacts by name or newest first, searched and filtered. */
export const listContacts = async (ctx: Ctx, query: ListContacts): Promise<Page<ContactView>> =>
  recordPage(await findContacts(ctx.db, query), query.limit, query.sort ?? 'name')

/** One contact with its deals. @throws AppError not_found, also for one in the trash or of another tenant */
export async function getContact(ctx: Ctx, id: string): Promise<ContactDetail> {
  const contact = await findContactDetail(ctx.db, await dealScope(ctx), id)
  if (!contact) throw noSuchContact()
  return contact
}

async function viewOf(ctx: Ctx, id: string): Promise<ContactView> {
  const contact = await readContact(ctx.db, id)
  if (!contact) throw noSuchContact()
  return contact
}

const unknown = {
  otherEmails: [],
  phones: [],
  title: null,
  source: null,
  consent: 'UNKNOWN' as const,
  consentAt: null,
  tags: [],
}

/** What a wish makes of a contact: addresses and numbers in order, the time of a consent. */
function valuesAfter(before: ContactValues, input: Partial<ContactValues>, now: Date): ContactValues {
  const named = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const wished: ContactValues = { ...before, ...named }
  return {
    ...wished,
    ...orderedEmails(wished),
    phones: distinctPhones(wished.phones),
    ...consentAfter(before, wished.consent, now),
  }
}

/**
 * Without a named owner, the person who creates the contact owns it.
 * @throws AppError conflict with `candidates` when there is one like it: `force` passes over a similar name or a second
 * e-mail, but not over a first e-mail that is taken; forbidden, validation_failed
 */
export function createContact(ctx: Ctx, { force = false, ...input }: CreateContact): Promise<ContactView> {
  return ctx.db.transaction(async () => {
    const ownerId = ownerOfNew(ctx.actor, input.ownerId)
    const blank: ContactValues = { ...unknown, name: input.name, email: null, companyId: null, ownerId }
    const values = valuesAfter(blank, { ...input, ownerId }, ctx.now())
    await checkReferences(ctx.db, values)
    refuseDuplicates(await contactCandidates(ctx.db, values), force)
    const id = await unlessTaken(insertContact(ctx.db, values), emailTaken)
    audit(ctx, { action: 'contact.created', subject: 'contact', subjectId: id, after: values })
    emit(ctx, 'contact.changed', { contactId: id })
    return viewOf(ctx, id)
  })
}

/** What the lead score of a deal takes from its main contact. */
const scored = ['email', 'title', 'consent'] as const

/**
 * Changes the named fields. With `version`, only when nobody changed the contact since. Another first e-mail, title or
 * consent asks for new scores of the contact's deals.
 * @throws AppError not_found, forbidden, stale_version, validation_failed, conflict when the e-mail is taken
 */
export function updateContact(ctx: Ctx, id: string, { version, ...input }: UpdateContact): Promise<ContactView> {
  return ctx.db.transaction(async () => {
    const contact = await lockContact(ctx.db, id)
    if (!contact) throw noSuchContact()
    await checkMayEdit(ctx, { kind: 'contact', id, record: contact }, version)
    const { version: _version, ...before } = contact
    const changed = changedFields(before, valuesAfter(before, input, ctx.now()))
    if (!changed) return viewOf(ctx, id)
    const { after } = changed
    await checkReferences(ctx.db, after)
    if (after.email) refuseDuplicates(await contactCandidates(ctx.db, { email: after.email, exceptId: id }), true)
    await unlessTaken(writeContact(ctx.db, id, { ...before, ...after }), emailTaken)
    if (scored.some((field) => after[field] !== undefined)) {
      await rescoreDealsOfContact(ctx.db, id)
      dealsChanged(ctx)
    }
    audit(ctx, { action: 'contact.updated', subject: 'contact', subjectId: id, ...changed })
    emit(ctx, 'contact.changed', { contactId: id })
    return viewOf(ctx, id)
  })
}
