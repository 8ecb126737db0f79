// Use cases of leads: what a website's form sends becomes a deal with its contact and company, or waits for a person.
import { randomUUIDv7 } from 'node:crypto'
import { audit, groupOf, notify } from '@throughline/accounts'
import {
  AppError,
  createDeal as createDealInput,
  type KeptLead,
  keptLead,
  type LeadReceived,
  type LeadSubmissionView,
  type ListLeads,
  type Page,
  type SubmitLead,
} from '@throughline/contracts'
import { type Ctx, memberIdOf, type PlatformDb, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { createDeal } from '../deals/index.ts'
import {
  decideSubmission,
  deleteSubmissions,
  findContact,
  findOrCreateCompany,
  findRecentDeal,
  giveConsent,
  insertLeadContact,
  insertNote,
  insertSubmission,
  type KnownContact,
  lockPerson,
  lockSubmission,
  mayTellOfHeld,
  readFrequency,
  readManagers,
  readSubmissions,
  type SubmissionRow,
} from './leads.repo.ts'
import { companyDomainOf, defaultSource, noteOf, perKeyAndMinute, suspicionsOf, titleOf } from './leads.rules.ts'

const heldKind = 'lead.held'
const keepDays = 90

const toView = ({ id, state, reasons, lead, address, dealId, ...row }: SubmissionRow): LeadSubmissionView => ({
  id,
  state,
  reasons,
  lead,
  visitorAddress: address,
  dealId,
  createdAt: row.createdAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
})

/** Newest first. */
export const listLeads = async (ctx: Ctx, query: ListLeads): Promise<Page<LeadSubmissionView>> =>
  toPage(await readSubmissions(ctx.db, query), query.limit, ({ id }) => [id], toView)

async function companyOf(ctx: Ctx, lead: KeptLead): Promise<string | null> {
  const domain = companyDomainOf(lead)
  const name = lead.company ?? domain
  if (name === null) return null
  const { id, created } = await findOrCreateCompany(ctx.db, { name, domain })
  if (created) {
    audit(ctx, { action: 'company.created', subject: 'company', subjectId: id, after: { name, domain } })
    emit(ctx, 'company.changed', { companyId: id })
  }
  return id
}

/** @returns whether the visitor has agreed to be written to, and had not before */
async function noteConsent(ctx: Ctx, contactId: string, { consent, pageUrl }: KeptLead): Promise<boolean> {
  if (!consent || !(await giveConsent(ctx.db, contactId))) return false
  audit(ctx, { action: 'contact.consent_given', subject: 'contact', subjectId: contactId, after: { pageUrl } })
  return true
}

async function contactOf(ctx: Ctx, lead: KeptLead): Promise<KnownContact> {
  const known = await findContact(ctx.db, lead.email)
  const source = lead.source ?? defaultSource
  const made = known
    ? undefined
    : await insertLeadContact(ctx.db, { lead, source, companyId: await companyOf(ctx, lead) })
  const contact = known ?? made ?? (await findContact(ctx.db, lead.email))
  if (!contact) throw new Error('a contact is neither there nor could it be made')
  if (made) {
    const after = { name: lead.name, email: lead.email, source, companyId: made.companyId }
    audit(ctx, { action: 'contact.created', subject: 'contact', subjectId: made.id, after })
  }
  const agreed = await noteConsent(ctx, contact.id, lead)
  if (made || agreed) emit(ctx, 'contact.changed', { contactId: contact.id })
  return contact
}

/** A deal in the first stage, for somebody to take; a contact of another company keeps theirs. */
async function newDeal(ctx: Ctx, lead: KeptLead) {
  const contact = await contactOf(ctx, lead)
  const companyId = contact.companyId ?? (await companyOf(ctx, lead))
  const input = createDealInput.parse({
    title: titleOf(lead),
    leadSource: lead.source ?? defaultSource,
    ownerId: null,
    companyId,
    contactId: contact.id,
    custom: lead.custom,
  })
  const { id } = await createDeal(ctx, input)
  return { dealId: id, contactId: contact.id }
}

/** @returns the deal that a lead became or was added to */
async function takeLead(ctx: Ctx, submissionId: string, lead: KeptLead): Promise<string> {
  const { db } = ctx
  const recent = await findRecentDeal(db, lead.email)
  const place = recent ?? (await newDeal(ctx, lead))
  if (recent?.contactId && (await noteConsent(ctx, recent.contactId, lead)))
    emit(ctx, 'contact.changed', { contactId: recent.contactId })
  const { dealId } = place
  await insertNote(db, { dealId, body: noteOf(lead), authorId: memberIdOf(ctx.actor) })
  emit(ctx, 'timeline.changed', { dealId, companyId: null, contactId: null })
  emit(ctx, 'lead.received', { submissionId, dealId })
  return dealId
}

async function tellOfHeld(ctx: Ctx): Promise<void> {
  if (!(await mayTellOfHeld(ctx.db, heldKind))) return
  const managers = await readManagers(ctx.db)
  for (const memberId of [null, ...managers.map(({ id }) => id)])
    await notify(ctx, {
      memberId,
      kind: heldKind,
      title: 'A lead is held back',
      body: 'A form on your website sent something that looks like spam. Accept it, or discard it.',
      link: '/leads',
    })
}

/**
 * Takes what a form sent. What looks like a machine's work is held, and answered the same.
 * @throws AppError rate_limited when the key sends too much; validation_failed for custom fields that are not known
 */
export const submitLead = (ctx: Ctx, input: SubmitLead): Promise<LeadReceived> =>
  ctx.db.transaction(async () => {
    const { db, actor } = ctx
    const lead = keptLead.parse(input)
    const { visitorAddress, email } = input
    const address = visitorAddress && groupOf(visitorAddress)
    const apiKeyId = actor.kind === 'api_key' ? actor.id : null
    await lockPerson(db, email)
    const frequency = await readFrequency(db, { apiKeyId, address, email })
    if (frequency.byKey >= perKeyAndMinute)
      throw new AppError('rate_limited', {
        message: `This key has sent ${perKeyAndMinute} leads within a minute.`,
        retryAfterSeconds: 60,
      })
    const reasons = suspicionsOf(input, frequency, ctx.now())
    const id = randomUUIDv7()
    const held = reasons.length > 0
    const dealId = held ? null : await takeLead(ctx, id, lead)
    await insertSubmission(db, { id, state: held ? 'HELD' : 'ACCEPTED', reasons, lead, address, dealId, apiKeyId })
    if (held) {
      emit(ctx, 'lead.received', { submissionId: id, dealId: null })
      await tellOfHeld(ctx)
    }
    return { received: true, id }
  })

const decided = (row: SubmissionRow, change: Pick<SubmissionRow, 'state' | 'dealId'>, at: Date) =>
  toView({ ...row, ...change, decidedAt: at })

/** The submission, held for this transaction. @throws AppError not_found, illegal_transition when it was decided already */
async function heldSubmission(ctx: Ctx, id: string): Promise<SubmissionRow> {
  const row = await lockSubmission(ctx.db, id)
  if (!row) throw new AppError('not_found', { message: 'There is no such submission.' })
  if (row.state !== 'HELD')
    throw new AppError('illegal_transition', { message: 'Somebody has decided about this already.' })
  return row
}

/** It was a person after all. @throws AppError not_found, illegal_transition */
export const acceptLead = (ctx: Ctx, id: string): Promise<LeadSubmissionView> =>
  ctx.db.transaction(async () => {
    const row = await heldSubmission(ctx, id)
    await lockPerson(ctx.db, row.lead.email)
    const dealId = await takeLead(ctx, id, row.lead)
    await decideSubmission(ctx.db, { id, state: 'ACCEPTED', dealId })
    audit(ctx, { action: 'lead.accepted', subject: 'lead', subjectId: id, after: { dealId } })
    return decided(row, { state: 'ACCEPTED', dealId }, ctx.now())
  })

/** @throws AppError not_found, illegal_transition */
export const discardLead = (ctx: Ctx, id: string): Promise<LeadSubmissionView> =>
  ctx.db.transaction(async () => {
    const row = await heldSubmission(ctx, id)
    await decideSubmission(ctx.db, { id, state: 'DISCARDED', dealId: null })
    audit(ctx, { action: 'lead.discarded', subject: 'lead', subjectId: id })
    emit(ctx, 'lead.received', { submissionId: id, dealId: null })
    return decided(row, { state: 'DISCARDED', dealId: null }, ctx.now())
  })

/** Removes submissions after 90 days; what became of them stays. @returns how many */
export const purgeLeads = (db: PlatformDb): Promise<number> => deleteSubmissions(db, keepDays)
