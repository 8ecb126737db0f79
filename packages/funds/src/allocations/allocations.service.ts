// Use cases of allocations: rule, row, audit and event in one transaction, with the fund held.
import { audit } from '@throughline/accounts'
import {
  type AllocationView,
  AppError,
  type CancelAllocation,
  type CreateAllocation,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { fundToRead, type HeldFund, holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { checkSeen } from '../stale.ts'
import {
  findIssuedCall,
  findTaken,
  insertAllocation,
  readAllocatedDeals,
  readAllocation,
  readAllocations,
  readRoom,
  writeCancelled,
} from './allocations.repo.ts'
import { amountOf, checkDeal, checkRoom } from './allocations.rules.ts'
import { holdWorth, lockDealsInOrder, releaseWorth, type WonDeal } from './won-deals.repo.ts'

const noSuchDeal = () => new AppError('not_found', { message: 'There is no such deal.' })

/** Newest first. @throws AppError not_found */
export async function listAllocations(ctx: Ctx, fundId: string, query: PageQuery): Promise<Page<AllocationView>> {
  await fundToRead(ctx, fundId)
  return toPage(await readAllocations(ctx.db, fundId, query), query.limit, ({ id }) => [id], asIs)
}

/**
 * Gives a part of a won deal to a fund.
 * @throws AppError not_found; conflict for a deal that is not won, or with the allocation that has this place; unprocessable
 * for another currency, or more than the deal or the fund has left
 */
export function createAllocation(ctx: Ctx, fundId: string, input: CreateAllocation): Promise<AllocationView> {
  return ctx.db.transaction(async () => createAllocationHeld(ctx, await holdFund(ctx, fundId), input))
}

/** The same in an open transaction, of a fund that is held. */
export async function createAllocationHeld(ctx: Ctx, fund: HeldFund, input: CreateAllocation): Promise<AllocationView> {
  if (fund.state !== 'OPEN') throw new AppError('conflict', { message: 'This fund is closed.' })
  const [deal] = await lockDealsInOrder(ctx.db, [input.dealId])
  if (!deal) throw noSuchDeal()
  checkDeal(deal, fund)
  const { dealId, investorId, tranche, externalRef } = input
  const place = {
    ...{ fundId: fund.id, dealId, investorId, tranche, externalRef },
    allocatedOn: input.allocatedOn ?? dayIn(fund.timeZone, ctx.now()),
    createdById: ctx.actor.id,
  }
  await checkPlace(ctx, place)
  const amount = amountOf(input, deal)
  await checkLeft(ctx, fund, { deal, investorId, amount })
  const row = { ...place, amount: fromMinor(amount, fund.currency), percent: input.percent ?? null }
  const id = await insertAllocation(ctx.db, row, ctx.now())
  const label = `an allocation of ${row.amount} ${fund.currency} to ${fund.name}`
  await holdWorth(ctx.db, dealId, { allocationId: id, amount: row.amount, label, now: ctx.now() })
  audit(ctx, { action: 'allocation.created', subject: 'allocation', subjectId: id, after: row })
  emit(ctx, 'allocation.changed', { fundId: fund.id, dealId, allocationId: id })
  return stored(ctx, id)
}

async function checkPlace(ctx: Ctx, place: Parameters<typeof findTaken>[1]): Promise<void> {
  const taken = await findTaken(ctx.db, place)
  if (!taken) return
  throw new AppError('conflict', {
    message: taken.sameReference
      ? 'An allocation of this fund has this reference already.'
      : 'This deal is allocated to the fund in this tranche already.',
    details: { allocationId: taken.id },
  })
}

async function checkLeft(
  ctx: Ctx,
  fund: HeldFund,
  { deal, investorId, amount }: { deal: WonDeal; investorId: string | null; amount: bigint },
): Promise<void> {
  const room = await readRoom(ctx.db, { fundId: fund.id, dealId: deal.id, investorId })
  if (!room.investorThere) throw refused('This investor has no commitment to the fund.', { investorId })
  const minor = (decimal: string) => toMinor(decimal, fund.currency)
  const left = {
    ofDeal: minor(deal.value) - minor(room.ofDeal),
    ofFund: minor(room.commitment) - minor(room.ofFund),
  }
  checkRoom(amount, left, fund.currency)
}

async function stored(ctx: Ctx, id: string): Promise<AllocationView> {
  const allocation = await readAllocation(ctx.db, id)
  if (!allocation) throw new AppError('not_found', { message: 'There is no such allocation.' })
  return allocation
}

/**
 * Gives the place of an allocation free. What stands on it, an issued call for the deal, has to be cancelled before.
 * @throws AppError not_found, stale_version; conflict when it is cancelled, or a call was issued for it
 */
export function cancelAllocation(
  ctx: Ctx,
  allocationId: string,
  { reason, version }: CancelAllocation,
): Promise<AllocationView> {
  return ctx.db.transaction(async () => {
    const { fundId } = await stored(ctx, allocationId)
    const fund = await holdFund(ctx, fundId)
    const allocation = await stored(ctx, allocationId)
    checkSeen(allocation.version, version)
    if (allocation.state === 'CANCELLED')
      throw new AppError('conflict', { message: 'This allocation was cancelled before.' })
    const call = await findIssuedCall(ctx.db, allocation)
    if (call)
      throw new AppError('conflict', {
        message: `Capital call ${call.number} of ${fund.name} stands on this allocation: cancel the call first.`,
        details: { callId: call.id },
      })
    await writeCancelled(ctx.db, allocationId, reason, ctx.now())
    await releaseWorth(ctx.db, allocationId)
    const { dealId } = allocation
    audit(ctx, { action: 'allocation.cancelled', subject: 'allocation', subjectId: allocationId, after: { reason } })
    emit(ctx, 'allocation.changed', { fundId, dealId, allocationId })
    return stored(ctx, allocationId)
  })
}

/**
 * Holds the deals that a call raises money for.
 * @throws AppError not_found; conflict unless each is won; unprocessable unless each is allocated to the fund
 */
export async function holdAllocatedDeals(ctx: Ctx, fund: HeldFund, dealIds: readonly string[]): Promise<void> {
  if (dealIds.length === 0) return
  const deals = await lockDealsInOrder(ctx.db, dealIds)
  if (deals.length < new Set(dealIds).size) throw noSuchDeal()
  for (const deal of deals) checkDeal(deal, fund)
  const known = await readAllocatedDeals(ctx.db, fund.id, dealIds)
  const missing = deals.find(({ id }) => !known.has(id))
  if (missing) throw refused(`${missing.title} is not allocated to ${fund.name}.`, { dealId: missing.id })
}
