// A call until it is issued: it touches no figure, and no investor knows of it.
import { AppError, type CapitalCallView, type DraftCapitalCall, type UpdateCapitalCall } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, holdFund } from '../books/index.ts'
import { fromMinor } from '../minor-units.ts'
import { type Computed, computeAllowed, computeStored } from './call-matrix.ts'
import { callToChange, checkAction, told } from './call-to-change.ts'
import {
  type CallValues,
  insertCall,
  type NewComponent,
  replaceComponents,
  writeApproved,
  writeDraft,
  writeReturned,
  writeSubmitted,
} from './calls.repo.ts'

/**
 * @throws AppError not_found; conflict for a closed fund or a deal that is not won; unprocessable where nobody can pay the
 * call, its dates leave too little notice, or a deal is not allocated to the fund
 */
export function draftCall(ctx: Ctx, fundId: string, draft: DraftCapitalCall): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => draftHeld(ctx, await holdFund(ctx, fundId), draft))
}

/** The same in an open transaction, of a fund that is held. */
export async function draftHeld(ctx: Ctx, fund: HeldFund, draft: DraftCapitalCall): Promise<CapitalCallView> {
  const computed = await computeAllowed(ctx, fund, draft)
  const values = valuesOf(draft, computed, fund)
  const given = { ...values, fundId: fund.id, actorId: ctx.actor.id, overcallsComponentId: null }
  const callId = await insertCall(ctx.db, given, ctx.now())
  const components = rowsOf(computed, fund)
  await replaceComponents(ctx.db, callId, components)
  return told(ctx, callId, 'drafted', { after: { ...values, components } })
}

const valuesOf = (draft: DraftCapitalCall, { matrix }: Computed, { currency }: HeldFund): CallValues => ({
  title: draft.title,
  purpose: draft.purpose,
  percent: draft.percent,
  noticeDate: draft.noticeDate,
  dueDate: draft.dueDate,
  amount: fromMinor(matrix.amount, currency),
})

const rowsOf = ({ components }: Computed, { currency }: HeldFund): NewComponent[] =>
  components.map(({ kind, label, amount, insideCommitment, dealId, excused }) => ({
    kind,
    label,
    amount: fromMinor(amount, currency),
    insideCommitment,
    dealId,
    excused: [...excused].map(([investorId, reason]) => ({ investorId, reason })),
  }))

/**
 * Writes a call anew. An approval, or a review, belongs to what was seen: the call is a draft again.
 * @throws AppError as `draftCall`; stale_version; illegal_transition once it is issued
 */
export function updateCall(
  ctx: Ctx,
  callId: string,
  { version, ...draft }: UpdateCapitalCall,
): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { fund, call } = await callToChange(ctx, callId, version)
    if (call.state !== 'DRAFT') checkAction(ctx, call, 'return')
    if (call.overcallsComponentId)
      throw new AppError('conflict', {
        message: 'An overcall follows from its shortfall: cancel it and draft another.',
      })
    const computed = await computeAllowed(ctx, fund, draft)
    const values = valuesOf(draft, computed, fund)
    const components = rowsOf(computed, fund)
    await writeDraft(ctx.db, callId, { ...values, actorId: ctx.actor.id }, ctx.now())
    await replaceComponents(ctx.db, callId, components)
    const { title, amount, percent, noticeDate, dueDate, purpose } = call
    return told(ctx, callId, 'changed', {
      before: { title, amount, percent, noticeDate, dueDate, purpose },
      after: { ...values, components },
    })
  })
}

const step = (ctx: Ctx) => ({ actorId: ctx.actor.id, now: ctx.now() })

/** Asks for a second person. @throws AppError not_found, stale_version, illegal_transition */
export function submitCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'submit')
    await writeSubmitted(ctx.db, callId, step(ctx))
    return told(ctx, callId, 'submitted')
  })
}

/** Back to whoever wrote it. @throws AppError not_found, stale_version, illegal_transition */
export function returnCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'return')
    await writeReturned(ctx.db, callId, step(ctx))
    return told(ctx, callId, 'returned')
  })
}

/**
 * A second person approves the matrix as it is now; its SHA-256 is kept, so that no other one is issued under this approval.
 * @throws AppError not_found, stale_version, illegal_transition; forbidden for whoever wrote the call last; unprocessable where
 * nobody can pay it by now
 */
export function approveCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { fund, call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'approve')
    const { sha256 } = await computeStored(ctx, fund, call)
    await writeApproved(ctx.db, callId, { ...step(ctx), sha256 })
    return told(ctx, callId, 'approved', { after: { matrixSha256: sha256 } })
  })
}
