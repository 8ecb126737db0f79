// Cancelling, closing and re-opening a call.
import type { CancelCapitalCall, CapitalCallView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { releaseDeals } from '../allocations/index.ts'
import { type Beside, type HeldFund, happen, readPositions, reverse } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { storedParts } from '../calls/index.ts'
import { toMinor } from '../minor-units.ts'
import { callToChange, checkAction, told } from './call-to-change.ts'
import { type CallRow, readComponents, writeCancelledCall, writeClosed, writeReopened } from './calls.repo.ts'
import { type LineRow, readEntriesOfCall, readLinesOfCall, readOtherDefaults } from './lines.repo.ts'
import { carriesAfter } from './matrix.rules.ts'
import { carriedOf } from './parts.rules.ts'

/**
 * Cancels a call. Of an issued one without payments everything is taken back: entries by their opposites, positions, carries,
 * defaults, holds on deals; its lines stay, as what was once asked for.
 * @throws AppError not_found, stale_version; illegal_transition when money was received or written off for it
 */
export function cancelCall(ctx: Ctx, callId: string, { reason, version }: CancelCapitalCall): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { fund, call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'cancel')
    await writeCancelledCall(ctx.db, callId, { actorId: ctx.actor.id, now: ctx.now(), reason })
    if (call.state === 'ISSUED') await takeBack(ctx, fund, call, reason)
    return told(ctx, callId, 'cancelled', { before: { state: call.state }, after: { reason } })
  })
}

async function takeBack(ctx: Ctx, fund: HeldFund, call: CallRow, reason: string): Promise<void> {
  const effectiveOn = dayIn(fund.timeZone, ctx.now())
  for (const entryId of await readEntriesOfCall(ctx.db, call.id))
    await reverse(ctx, fund, entryId, { reason, effectiveOn })
  const lines = await readLinesOfCall(ctx.db, call.id)
  const minor = (decimal: string) => toMinor(decimal, fund.currency)
  const happenings = lines
    .filter(({ due }) => minor(due) > 0n)
    .map(({ investorId, inside, outside, recalled }) => ({
      investorId,
      reason,
      source: { kind: 'capital_call', id: call.id } as const,
      event: {
        kind: 'call_reversed' as const,
        date: effectiveOn,
        callId: call.id,
        insideCommitment: minor(inside),
        outsideCommitment: minor(outside),
        recalled: minor(recalled),
      },
    }))
  await happen(ctx, fund, happenings, await besideOf(ctx, fund, call, lines))
  await releaseDeals(ctx.db, call.id)
}

/** Carries and defaults as they were before the call. */
async function besideOf(
  ctx: Ctx,
  fund: HeldFund,
  call: CallRow,
  lines: readonly LineRow[],
): Promise<Map<string, Beside>> {
  const components = new Map((await readComponents(ctx.db, call.id)).map((component) => [component.id, component]))
  const positions = await readPositions(
    ctx,
    fund,
    lines.map(({ investorId }) => investorId),
  )
  const carries = new Map(positions.map((position) => [position.investorId, position.carries]))
  const defaulted = lines.filter(({ standing }) => standing === 'DEFAULTED')
  const others = await readOtherDefaults(ctx.db, {
    fundId: fund.id,
    investorIds: defaulted.map(({ investorId }) => investorId),
    exceptLineIds: defaulted.map(({ id }) => id),
  })
  return new Map(
    lines.map((line) => {
      const parts = storedParts.parse(line.components).flatMap((part) => {
        const component = components.get(part.componentId)
        // An overcall has no weights: it leaves no carry.
        return component?.totalWeight ? [carriedOf(part, component, fund.currency)] : []
      })
      const cured = line.standing === 'DEFAULTED' && !others.has(line.investorId)
      const before = carries.get(line.investorId) ?? {}
      return [line.investorId, { carries: carriesAfter(before, parts, -1), ...(cured ? { defaultedOn: null } : {}) }]
    }),
  )
}

/** @throws AppError not_found, stale_version; illegal_transition unless it is funded */
export function closeCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'close')
    await writeClosed(ctx.db, callId, { actorId: ctx.actor.id, now: ctx.now() })
    return told(ctx, callId, 'closed')
  })
}

/** A payment of it has bounced. @throws AppError not_found, stale_version; illegal_transition unless it is closed */
export function reopenCall(ctx: Ctx, callId: string, version?: number): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { call } = await callToChange(ctx, callId, version)
    checkAction(ctx, call, 'reopen')
    await writeReopened(ctx.db, callId, { actorId: ctx.actor.id, now: ctx.now() })
    return told(ctx, callId, 'reopened')
  })
}
