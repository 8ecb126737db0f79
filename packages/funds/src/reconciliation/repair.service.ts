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
import { strikeNav } from '../valuation/index.ts'
import { compareOne } from './reconcile.ts'
import {
  type BreakPlace,
  placeOfBreak,
  readCallsWithoutEntry,
  readCallToPost,
  resolveBreak,
} from './reconciliation.repo.ts'
import { getBreak } from './reconciliation.service.ts'
import {
  readStruckDay,
  rebuildBalances,
  refoldLine,
  reopenCall,
  restateReceipt,
  restorePrepaid,
} from './repairs.repo.ts'

/**
 * Applies what is proposed for a break, with the fund held: by a second look, whether it is still so, and a third, whether it is mended.
 * @throws AppError not_found; conflict when it is resolved, no longer so, or would not be mended; unprocessable without a proposal, for another
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
    const place = await placeOfBreak(ctx.db, breakId)
    // An investor's events can always be folded once more.
    if (repair.kind !== 'rebuild_position') await checkStillSo(ctx, fund, place)
    const entryId = await mend(ctx, fund, repair, reason)
    await checkMended(ctx, fund, place)
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

/** What is kept may be right by now: somebody has mended it otherwise, or something has happened since. @throws AppError conflict */
async function checkStillSo(ctx: Ctx, fund: HeldFund, { comparison, subject }: BreakPlace): Promise<void> {
  if (!(await isBroken(ctx, fund, { comparison, subject })))
    throw new AppError('conflict', { message: 'This is no longer so. Run the reconciliation again.' })
}

/** A repair that mends nothing is not kept. @throws AppError conflict */
async function checkMended(ctx: Ctx, fund: HeldFund, place: BreakPlace): Promise<void> {
  if (await isBroken(ctx, fund, place))
    throw new AppError('conflict', {
      message: 'The repair would not mend this: what it follows from is wrong as well. A person has to look into it.',
    })
}

const isBroken = async (ctx: Ctx, fund: HeldFund, { comparison, subject }: BreakPlace): Promise<boolean> =>
  (await compareOne(ctx, fund, comparison)).breaks.some((found) => found.subject === subject)

/** @returns the entry that was written, where one was missing */
async function mend(ctx: Ctx, fund: HeldFund, repair: BreakRepair, reason: string): Promise<string | null> {
  switch (repair.kind) {
    case 'rebuild_position':
      await rebuildPositions(ctx, fund, [repair.investorId])
      return null
    case 'rebuild_balances':
      await rebuildBalances(ctx.db, fund.id)
      return null
    case 'refold_line':
      await refoldLine(ctx.db, fund, repair.lineId, ctx.now())
      return null
    case 'restate_receipt':
      await restateReceipt(ctx.db, fund.id, repair.receiptId, ctx.now())
      return null
    case 'restore_prepaid':
      await restorePrepaid(ctx.db, fund, repair.investorId, ctx.now())
      return null
    case 'reopen_call':
      await reopenCall(ctx.db, fund.id, repair.callId, ctx.now())
      return null
    case 'strike_nav': {
      const struck = await readStruckDay(ctx.db, fund.id, repair.periodId)
      if (struck) await strikeNav(ctx, fund.id, struck.asOf, struck.kind)
      return null
    }
    case 'post_call_entry':
      return postCallEntry(ctx, fund, repair.callId, reason)
  }
}

async function postCallEntry(ctx: Ctx, fund: HeldFund, callId: string, reason: string): Promise<string | null> {
  const call = await readCallToPost(ctx.db, fund.id, callId)
  const isMissing = (await readCallsWithoutEntry(ctx.db, fund.id)).includes(callId)
  if (!call || !isMissing) throw new AppError('conflict', { message: 'The call has its entry.' })
  const lines = call.lines.map(({ investorId, inside, outside }) => ({
    investorId,
    insideCommitment: toMinor(inside, fund.currency),
    outsideCommitment: toMinor(outside, fund.currency),
  }))
  const source = { kind: 'capital_call', id: callId } as const
  const [entryId = null] = await post(ctx, fund, [
    { entry: callIssued(lines), effectiveOn: call.noticeDate, source, reason },
  ])
  return entryId
}
