// What is read of calls.
import type {
  CallLineView,
  CapitalCallDetail,
  CapitalCallView,
  DealFunding,
  ListCallLines,
  ListCapitalCalls,
  Page,
} from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { dealToSee, readAllocationsOfDeal, readFundsWithRoom, type WonDeal } from '../allocations/index.ts'
import { fundToRead } from '../books/index.ts'
import { actionsOf } from '../calls/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { callToRead } from './call-to-change.ts'
import { linesOf, toCallView, toLineView } from './call-view.ts'
import { readCalls, readCallsOfDeal, readComponents, readPeople } from './calls.repo.ts'
import { readLinePage, readOvercalledComponent } from './lines.repo.ts'

/** Newest first. @throws AppError not_found */
export async function listCalls(ctx: Ctx, fundId: string, query: ListCapitalCalls): Promise<Page<CapitalCallView>> {
  await fundToRead(ctx, fundId)
  const now = ctx.now()
  return toPage(
    await readCalls(ctx.db, fundId, query),
    query.limit,
    ({ id }) => [id],
    (call) => toCallView(call, now),
  )
}

/** Four questions, whatever the number of lines. @throws AppError not_found */
export async function getCall(ctx: Ctx, callId: string): Promise<CapitalCallDetail> {
  const call = await callToRead(ctx, callId)
  const components = await readComponents(ctx.db, callId)
  const people = await readPeople(ctx.db, callId)
  const overcalls = call.overcallsComponentId
    ? await readOvercalledComponent(ctx.db, call.overcallsComponentId)
    : undefined
  const at = (instant: Date | null | undefined) => instant?.toISOString() ?? null
  const { currency } = call
  return {
    ...toCallView(call, ctx.now()),
    components: components.map(({ totalWeight: _totalWeight, ...component }) => ({
      ...component,
      amount: fromMinor(toMinor(component.amount, currency), currency),
    })),
    actions: actionsOf({ decided: call.state, lines: linesOf(call) }),
    lastEditor: people?.lastEditor ?? null,
    approvedBy: people?.approvedBy ?? null,
    approvedAt: at(people?.approvedAt),
    issuedBy: people?.issuedBy ?? null,
    issuedAt: at(people?.issuedAt),
    closedAt: at(people?.closedAt),
    cancelledAt: at(people?.cancelledAt),
    cancelReason: people?.cancelReason ?? null,
    matrixSha256: call.matrixSha256,
    overcallOf: overcalls ? { callId: overcalls.callId, title: overcalls.title } : null,
    shortfall: fromMinor(toMinor(people?.shortfall ?? '0', currency), currency),
  }
}

/** By the investors' codes. @throws AppError not_found */
export async function listCallLines(ctx: Ctx, callId: string, query: ListCallLines): Promise<Page<CallLineView>> {
  const call = await callToRead(ctx, callId)
  const fund = await fundToRead(ctx, call.fundId)
  const how = { now: ctx.now(), stands: call.state === 'ISSUED' }
  return toPage(
    await readLinePage(ctx.db, callId, query),
    query.limit,
    ({ code, id }) => [code, id],
    (line) => toLineView(line, fund, how),
  )
}

/** What the fund desk has of a deal. @throws AppError not_found, also for a deal that the caller does not see */
export async function dealFunding(ctx: Ctx, dealId: string): Promise<DealFunding> {
  const deal = await dealToSee(ctx, dealId)
  const allocations = await readAllocationsOfDeal(ctx.db, dealId)
  const now = ctx.now()
  const calls = (await readCallsOfDeal(ctx.db, dealId)).map((call) => toCallView(call, now))
  return { proposal: await proposalFor(ctx, deal, allocations), allocations, calls }
}

async function proposalFor(
  ctx: Ctx,
  { stage, value, currency, closedAt }: WonDeal,
  allocations: DealFunding['allocations'],
): Promise<DealFunding['proposal']> {
  if (stage !== 'CLOSED_WON') return null
  const active = allocations.filter(({ state }) => state === 'ACTIVE')
  const left = toMinor(value, currency) - sumOf(active.map(({ amount }) => toMinor(amount, currency)))
  return {
    amount: fromMinor(left, currency),
    currency,
    closedAt: closedAt?.toISOString() ?? null,
    funds: await readFundsWithRoom(ctx.db, currency),
  }
}
