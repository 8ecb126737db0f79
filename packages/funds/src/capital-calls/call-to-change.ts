// How every change of a call begins and ends.
import { audit } from '@throughline/accounts'
import { AppError, type CapitalCallView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type HeldFund, holdFund } from '../books/index.ts'
import { afterAction, type CallAction } from '../calls/index.ts'
import { checkSeen } from '../stale.ts'
import { linesOf, toCallView } from './call-view.ts'
import { type CallRow, readCall, readFundOfCall } from './calls.repo.ts'

const noSuchCall = () => new AppError('not_found', { message: 'There is no such capital call.' })

/** @throws AppError not_found */
export async function callToRead(ctx: Ctx, callId: string): Promise<CallRow> {
  const call = await readCall(ctx.db, callId)
  if (!call) throw noSuchCall()
  return call
}

/**
 * The call with its fund held: changes of calls and of money come one after another.
 * @throws AppError not_found, stale_version
 */
export async function callToChange(
  ctx: Ctx,
  callId: string,
  version: number | undefined,
): Promise<{ fund: HeldFund; call: CallRow }> {
  const fundId = await readFundOfCall(ctx.db, callId)
  if (!fundId) throw noSuchCall()
  const fund = await holdFund(ctx, fundId)
  const call = await callToRead(ctx, callId)
  checkSeen(call.version, version)
  return { fund, call }
}

/** @throws AppError illegal_transition, or forbidden where a second person is needed */
export const checkAction = (ctx: Ctx, call: CallRow, action: CallAction) =>
  afterAction(
    { decided: call.state, lines: linesOf(call), lastEditorId: call.lastEditorId ?? '' },
    action,
    ctx.actor.id ?? '',
  )

/** Writes down what was done to a call, tells of it, and gives the call as it is now. */
export async function told(
  ctx: Ctx,
  callId: string,
  action: string,
  details: { before?: object; after?: object } = {},
): Promise<CapitalCallView> {
  const call = toCallView(await callToRead(ctx, callId), ctx.now())
  audit(ctx, { action: `capital_call.${action}`, subject: 'capital_call', subjectId: callId, ...details })
  const { fundId, state, version } = call
  emit(ctx, 'capital_call.changed', { fundId, callId, state, version })
  return call
}
