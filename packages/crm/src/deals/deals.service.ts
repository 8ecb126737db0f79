// Use cases of deals. Every write: rule, row, history, audit and event in one transaction.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import {
  AppError,
  type BoardQuery,
  type CreateDeal,
  type DealStatistics,
  type DealView,
  dealView,
  type ErrorIssue,
  type ListDeals,
  type MoveDeal,
  type UpdateDeal,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { invalid } from '../invalid.ts'
import { leadScore } from '../lead-score.ts'
import { type DealText, findDealText } from './deal-json.repo.ts'
import { readDealBoard, readDealPage, readStageTotals } from './deal-lists.repo.ts'
import {
  type DealValues,
  insertDeal,
  insertStageChange,
  type LockedDeal,
  lockDeal,
  type References,
  readReferences,
  writeDeal,
} from './deals.repo.ts'
import { checkMove, isClosed, mayChange, summarise } from './deals.rules.ts'

/** JSON text of a `dealPage`, newest, largest or best first. */
export const listDeals = (ctx: Ctx, query: ListDeals): Promise<string> => readDealPage(ctx.db, query)

/** JSON text of a `dealBoard`. */
export const dealBoard = (ctx: Ctx, query: BoardQuery): Promise<string> => readDealBoard(ctx.db, query)

/** Counts, sums per currency and win rate of the tenant's pipeline. */
export const dealStatistics = async (ctx: Ctx): Promise<DealStatistics> => summarise(await readStageTotals(ctx.db))

/** JSON text of a `dealView`, with the version that it has. @throws AppError not_found, also for another tenant's deal */
export async function getDealText(ctx: Ctx, dealId: string): Promise<DealText> {
  const deal = await findDealText(ctx.db, dealId)
  if (!deal) throw new AppError('not_found', { message: 'There is no such deal.' })
  return deal
}

/** @throws AppError not_found, also for another tenant's deal */
export const getDeal = async (ctx: Ctx, dealId: string): Promise<DealView> =>
  dealView.parse(JSON.parse((await getDealText(ctx, dealId)).text))

const referenceNames = { ownerId: 'member', companyId: 'company', contactId: 'contact' } as const

/** Another tenant's id gets the same answer as one that nobody has. */
async function checkedReferences(ctx: Ctx, references: References) {
  const found = await readReferences(ctx.db, references)
  const exists = { ownerId: found.owner, companyId: found.company, contactId: found.contact }
  const issues: ErrorIssue[] = (['ownerId', 'companyId', 'contactId'] as const)
    .filter((field) => references[field] !== null && !exists[field])
    .map((field) => ({ path: `body.${field}`, message: `There is no such ${referenceNames[field]}.` }))
  if (issues.length > 0) throw invalid(...issues)
  return found
}

function checkValue(value: string): void {
  if (value.startsWith('-')) throw invalid({ path: 'body.value', message: 'must not be negative' })
}

const scoreOf = (deal: Omit<DealValues, 'leadScore'>, contactEmail: string | null): number =>
  leadScore({ ...deal, contactEmail, hasCompany: deal.companyId !== null, hasContact: deal.contactId !== null })

/** Without a named owner, the person who creates the deal owns it. @throws AppError validation_failed, forbidden */
export function createDeal(ctx: Ctx, input: CreateDeal): Promise<DealView> {
  return ctx.db.transaction(async () => {
    const ownerId = input.ownerId === undefined ? (ctx.actor.kind === 'user' ? ctx.actor.id : null) : input.ownerId
    if (!mayChange(ctx.actor, ownerId))
      throw new AppError('forbidden', { message: 'Members create deals of their own only.' })
    checkValue(input.value)
    const references = await checkedReferences(ctx, { ...input, ownerId })
    const currency = input.currency ?? references.currency ?? 'USD'
    const values = { ...input, ownerId, currency, closedAt: null, lostReason: null }
    const id = randomUUIDv7()
    const change = { dealId: id, fromStage: null, toStage: input.stage, reason: null, actorId: ctx.actor.id }
    const leadScore = scoreOf(values, references.contactEmail)
    const [, , deal] = await ctx.db.together(() => [
      insertDeal(ctx.db, id, { ...values, leadScore }),
      insertStageChange(ctx.db, change),
      getDeal(ctx, id),
    ])
    audit(ctx, { action: 'deal.created', subject: 'deal', subjectId: id, after: values })
    emit(ctx, 'deal.created', { dealId: id, stage: input.stage })
    return deal
  })
}

/** The deal, held for this transaction. @throws AppError not_found, forbidden, stale_version */
async function dealToChange(ctx: Ctx, dealId: string, version: number | undefined): Promise<LockedDeal> {
  const deal = await lockDeal(ctx.db, dealId)
  if (!deal) throw new AppError('not_found', { message: 'There is no such deal.' })
  if (!mayChange(ctx.actor, deal.ownerId))
    throw new AppError('forbidden', { message: 'Members change only deals that are assigned to them.' })
  if (version !== undefined && version !== deal.version)
    throw new AppError('stale_version', { details: { version: deal.version } })
  return deal
}

/** The fields that differ, before and after, for the audit. */
function difference(before: LockedDeal, after: Partial<LockedDeal>) {
  const fields = Object.keys(after).filter((key) => Reflect.get(before, key) !== Reflect.get(after, key))
  const pick = (from: object) => Object.fromEntries(fields.map((key) => [key, Reflect.get(from, key)]))
  return fields.length === 0 ? undefined : { before: pick(before), after: pick(after) }
}

/** Two decimals, so that `100` and `100.00` are the same amount. */
const normalised = (value: string): string => {
  const [whole = '0', cents = ''] = value.split('.')
  return `${whole.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`
}

/**
 * Changes the named fields. With `version`, only when nobody changed the deal since.
 * @throws AppError not_found, forbidden, stale_version, validation_failed
 */
export function updateDeal(ctx: Ctx, dealId: string, { version, ...input }: UpdateDeal): Promise<DealView> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, version)
    const named = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    const changes: Partial<LockedDeal> =
      input.value === undefined ? named : { ...named, value: normalised(input.value) }
    const changed = difference(deal, changes)
    if (!changed) return getDeal(ctx, dealId)
    if (changes.value !== undefined) checkValue(changes.value)
    const { id: _id, version: _version, ...before } = deal
    const values = { ...before, ...changes }
    const { contactEmail } = await checkedReferences(ctx, values)
    const newVersion = await writeDeal(ctx.db, dealId, { ...values, leadScore: scoreOf(values, contactEmail) })
    audit(ctx, { action: 'deal.updated', subject: 'deal', subjectId: dealId, ...changed })
    emit(ctx, 'deal.updated', { dealId, version: newVersion })
    return getDeal(ctx, dealId)
  })
}

/**
 * Moves a deal along the pipeline. Closing sets `closedAt` once; re-opening clears it and the reason of a loss.
 * @throws AppError not_found, forbidden, stale_version, illegal_transition, validation_failed
 */
export function moveDeal(ctx: Ctx, dealId: string, { stage, lostReason, version }: MoveDeal): Promise<DealView> {
  return ctx.db.transaction(async () => {
    const deal = await dealToChange(ctx, dealId, version)
    checkMove(deal.stage, stage, lostReason)
    if (deal.stage === stage) return getDeal(ctx, dealId)
    const { id: _id, version: _version, ...before } = deal
    const { contactEmail } = await readReferences(ctx.db, deal)
    const values = { ...before, stage, closedAt: isClosed(stage) ? ctx.now() : null, lostReason: lostReason ?? null }
    const reason = lostReason ?? null
    const [newVersion, , after] = await ctx.db.together(() => [
      writeDeal(ctx.db, dealId, { ...values, leadScore: scoreOf(values, contactEmail) }),
      insertStageChange(ctx.db, { dealId, fromStage: deal.stage, toStage: stage, reason, actorId: ctx.actor.id }),
      getDeal(ctx, dealId),
    ])
    const moved = { before: { stage: deal.stage }, after: { stage, lostReason: reason } }
    audit(ctx, { action: 'deal.moved', subject: 'deal', subjectId: dealId, ...moved })
    emit(ctx, 'deal.moved', { dealId, from: deal.stage, to: stage, version: newVersion })
    return after
  })
}
