// What a person lets be mended: by an entry, or by folding anew what happened. Never by writing a figure.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type BreakRepair,
  type ReconciliationBreakView,
  type RepairReconciliationBreak,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type HeldFund, holdFund, post, rebuildPositions } from '../books/index.ts'
import { callIssued } from '../ledger/index.ts'
import { toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { readCallsWithoutEntry, readCallToPost, resolveBreak } from './reconciliation.repo.ts'
import { getBreak } from './reconciliation.service.ts'

/**
 * Applies what is proposed for a break, with the fund held.
 * @throws AppError not_found; conflict when it is resolved or no longer so; unprocessable without a proposal, for another
 * text than the fund's name, and for a locked day
 */
export function repairBreak(
  ctx: Ctx,
  breakId: string,
  { confirmation, reason }: RepairReconciliationBreak,
): Promise<ReconciliationBreakView> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, (await getBreak(ctx, breakId)).fundId)
    // Again, behind the lock: somebody else may have repaired it meanwhile.
    const { repair, resolvedAt } = await getBreak(ctx, breakId)
    if (resolvedAt !== null) throw new AppError('conflict', { message: 'This break is resolved.' })
    if (repair === null) throw refused('There is no repair to apply: this break is for a person to look into.')
    if (confirmation !== fund.name) throw refused(`Type the name of the fund, ${fund.name}, to confirm.`)
    const entryId = await mend(ctx, fund, repair, reason)
    await resolveBreak(ctx, breakId, entryId)
    audit(ctx, {
      action: 'reconciliation_break.repaired',
      subject: 'reconciliation_break',
      subjectId: breakId,
      after: { ...repair, entryId, reason },
    })
    emit(ctx, 'reconciliation.changed', { fundId: fund.id, runId: null, breakId })
    return getBreak(ctx, breakId)
  })
}

/** @returns the entry that was written, where one was missing */
async function mend(ctx: Ctx, fund: HeldFund, repair: BreakRepair, reason: string): Promise<string | null> {
  if (repair.kind === 'rebuild_position') {
    await rebuildPositions(ctx, fund, [repair.investorId])
    return null
  }
  const call = await readCallToPost(ctx.db, fund.id, repair.callId)
  const isMissing = (await readCallsWithoutEntry(ctx.db, fund.id)).includes(repair.callId)
  if (!call || !isMissing) throw new AppError('conflict', { message: 'The call has its entry.' })
  const lines = call.lines.map(({ investorId, inside, outside }) => ({
    investorId,
    insideCommitment: toMinor(inside, fund.currency),
    outsideCommitment: toMinor(outside, fund.currency),
  }))
  const source = { kind: 'capital_call', id: repair.callId } as const
  const [entryId = null] = await post(ctx, fund, [
    { entry: callIssued(lines), effectiveOn: call.noticeDate, source, reason },
  ])
  return entryId
}
