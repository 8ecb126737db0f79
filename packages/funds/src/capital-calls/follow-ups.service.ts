// Calls that follow from something else: from an allocation, or from what others have not paid.
import {
  type AllocationWithCall,
  AppError,
  type CapitalCallView,
  type CreateAllocationWithCall,
  type DraftOvercall,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { createAllocationHeld, readAllocation, writeCallOfAllocation } from '../allocations/index.ts'
import { holdFund } from '../books/index.ts'
import { checkDueDate, stillDueOf, storedParts } from '../calls/index.ts'
import { fromMinor, smaller, sumOf, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { computeStored, noticeTermsOf } from './call-matrix.ts'
import { callToChange, callToRead, told } from './call-to-change.ts'
import { lineOf } from './call-view.ts'
import { insertCall, readComponents, replaceComponents } from './calls.repo.ts'
import { draftHeld } from './drafts.service.ts'
import { readLinesOfCall, readOvercalled } from './lines.repo.ts'

/**
 * An allocation and the draft of the call that pays for it. They change together: when one is refused, the other is not there.
 * @throws AppError as `createAllocation` and `draftCall`
 */
export function createAllocationWithCall(
  ctx: Ctx,
  fundId: string,
  { allocation: wanted, call: dates }: CreateAllocationWithCall,
): Promise<AllocationWithCall> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    if (wanted.investorId !== null)
      throw refused('A co-investment is paid by its investor, not by a call of the whole fund.')
    const made = await createAllocationHeld(ctx, fund, wanted)
    const call = await draftHeld(ctx, fund, {
      ...dates,
      percent: null,
      components: [
        {
          kind: 'INVESTMENT',
          label: made.dealTitle.slice(0, 120),
          amount: made.amount,
          insideCommitment: true,
          dealId: made.dealId,
          excused: [],
        },
      ],
    })
    await writeCallOfAllocation(ctx.db, made.id, call.id)
    const allocation = await readAllocation(ctx.db, made.id)
    if (!allocation) throw new Error('an allocation that was just written is gone')
    return { allocation, call }
  })
}

/**
 * Drafts what the others make up for: of one component of an issued call, what those in default have not paid of it. It is
 * split by `allocateOvercall`, up to the cap of the fund, and then goes the way of every call.
 * @throws AppError not_found; conflict when nobody is in default, or others make up for it already; unprocessable for fees, or beyond the caps
 */
export function draftOvercall(
  ctx: Ctx,
  callId: string,
  { componentId, noticeDate, dueDate }: DraftOvercall,
): Promise<CapitalCallView> {
  return ctx.db.transaction(async () => {
    const { fund, call } = await callToChange(ctx, callId, undefined)
    checkDueDate(noticeDate, dueDate, noticeTermsOf(fund))
    const component = (await readComponents(ctx.db, callId)).find(({ id }) => id === componentId)
    if (!component) throw new AppError('not_found', { message: 'There is no such component of this call.' })
    if (!component.insideCommitment)
      throw refused('What was asked for outside of the commitments is not made up for by others.')
    const minor = (decimal: string) => toMinor(decimal, fund.currency)
    const defaulted = (await readLinesOfCall(ctx.db, callId)).filter(({ standing }) => standing === 'DEFAULTED')
    const asked = sumOf([...(await readOvercalled(ctx.db, componentId)).values()].map(minor))
    const unpaid = sumOf(
      defaulted.map((line) => {
        const parts = storedParts.parse(line.components).filter((part) => part.componentId === componentId)
        return smaller(stillDueOf(lineOf(line, fund.currency)), sumOf(parts.map(({ amount }) => minor(amount))))
      }),
    )
    const shortfall = unpaid - asked
    if (shortfall <= 0n)
      throw new AppError('conflict', {
        message: 'There is nothing of this component to make up for, or others do already.',
      })
    const amount = fromMinor(shortfall, fund.currency)
    const title = `Overcall for ${call.title}`.slice(0, 200)
    const values = { title, purpose: `Makes up for ${component.label}`, amount, percent: null, noticeDate, dueDate }
    const given = { ...values, fundId: fund.id, actorId: ctx.actor.id, overcallsComponentId: componentId }
    const overcallId = await insertCall(ctx.db, given, ctx.now())
    const { kind, label, insideCommitment, dealId } = component
    await replaceComponents(ctx.db, overcallId, [{ kind, label, amount, insideCommitment, dealId, excused: [] }])
    // Refused here already where the caps do not reach, or for a fee.
    await computeStored(ctx, fund, await callToRead(ctx, overcallId))
    return told(ctx, overcallId, 'drafted', { after: { ...values, overcallOf: callId } })
  })
}
