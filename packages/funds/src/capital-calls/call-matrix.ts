// The matrix of a call with today's positions: for the wizard, for approval, and once more at issue.
import {
  AppError,
  type CallComponentInput,
  type CapitalCallMatrix,
  type DraftCapitalCall,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { allocateOvercall, type OvercallTerms } from '../allocation/index.ts'
import { holdAllocatedDeals } from '../allocations/index.ts'
import { fundToRead, type HeldFund, type KeptPosition, readPositions } from '../books/index.ts'
import { checkDueDate, earliestDueDate, type NoticeTerms, storedParts } from '../calls/index.ts'
import { standing } from '../commitments/index.ts'
import { readInvestorNames } from '../investors/index.ts'
import { atLeastZero, fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { type CallRow, type ComponentRow, readCall, readComponents } from './calls.repo.ts'
import { readLinesOfCall, readOvercalled, readOvercalledComponent } from './lines.repo.ts'
import {
  amountOfPercent,
  type Component,
  type Matrix,
  matrixFrom,
  matrixOf,
  sha256Of,
  weightIn,
} from './matrix.rules.ts'
import { partsOf } from './parts.rules.ts'

export const noticeTermsOf = ({ terms }: HeldFund): NoticeTerms => ({
  noticeDays: terms.noticeDays,
  holidays: new Set(terms.holidays),
})

/** A call with everything that its lines are made of. */
export interface Computed {
  components: Component[]
  positions: KeptPosition[]
  matrix: Matrix
  sha256: string
}

/**
 * The components of a form: amounts, or one that takes what the others leave of so many per cent.
 * @throws AppError unprocessable where amounts and per cent do not fit
 */
export function componentsOf(
  { percent, components }: Pick<DraftCapitalCall, 'percent' | 'components'>,
  positions: readonly KeptPosition[],
  currency: string,
): Component[] {
  const given = components.map(({ amount }) => (amount === null ? null : toMinor(amount, currency)))
  const open = given.filter((amount) => amount === null).length
  if (percent === null && open > 0) throw refused('Each component of a call by amount needs its amount.')
  if (percent !== null && open !== 1)
    throw refused('In a call in per cent one component is left without an amount: it takes what the others leave.')
  const rest =
    percent === null ? 0n : amountOfPercent(percent, positions) - sumOf(given.flatMap((amount) => amount ?? []))
  if (percent !== null && rest <= 0n)
    throw refused('The other components come to more than the call in per cent.', { over: fromMinor(-rest, currency) })
  return components.map((component, index) => ({
    ...component,
    id: String(index),
    amount: given[index] ?? rest,
    excused: excusesOf(component),
  }))
}

function excusesOf({ excused, label }: CallComponentInput): ReadonlyMap<string, string> {
  const reasons = new Map(excused.map(({ investorId, reason }) => [investorId, reason]))
  if (reasons.size < excused.length) throw refused(`Somebody is excused twice from ${label}.`)
  return reasons
}

export const storedComponents = (rows: readonly ComponentRow[], currency: string): Component[] =>
  rows.map((row) => ({
    ...row,
    amount: toMinor(row.amount, currency),
    excused: new Map(row.excused.map(({ investorId, reason }) => [investorId, reason])),
  }))

/** @throws AppError unprocessable where nobody can pay the call, or its dates do not give the notice of the fund */
async function computeDraft(
  ctx: Ctx,
  fund: HeldFund,
  draft: Pick<DraftCapitalCall, 'percent' | 'components' | 'noticeDate' | 'dueDate'>,
): Promise<Computed> {
  checkDueDate(draft.noticeDate, draft.dueDate, noticeTermsOf(fund))
  const positions = await readPositions(ctx, fund)
  const components = componentsOf(draft, positions, fund.currency)
  return withHash(fund, components, positions, matrixOf(components, positions, draft.noticeDate))
}

const withHash = (
  { currency }: HeldFund,
  components: Component[],
  positions: KeptPosition[],
  matrix: Matrix,
): Computed => ({ components, positions, matrix, sha256: sha256Of(matrix, components, currency) })

/** The matrix of a stored call that is not issued. */
export async function computeStored(ctx: Ctx, fund: HeldFund, call: CallRow): Promise<Computed> {
  const components = storedComponents(await readComponents(ctx.db, call.id), fund.currency)
  const positions = await readPositions(ctx, fund)
  const matrix = call.overcallsComponentId
    ? await overcallMatrix(ctx, fund, { call, components, positions, componentId: call.overcallsComponentId })
    : matrixOf(components, positions, call.noticeDate)
  return withHash(fund, components, positions, matrix)
}

const overcallKinds: Readonly<Record<string, OvercallTerms['component']>> = {
  INVESTMENT: 'investment',
  FEE: 'fee',
  EXPENSE: 'expense',
  OTHER: 'expense',
}

interface Overcall {
  call: Pick<CallRow, 'noticeDate'>
  components: readonly Component[]
  positions: readonly KeptPosition[]
  /** What is made up for. */
  componentId: string
}

/** Who paid the original component makes up for it, up to the cap of the fund. */
async function overcallMatrix(
  ctx: Ctx,
  fund: HeldFund,
  { call, components, positions, componentId }: Overcall,
): Promise<Matrix> {
  const original = await readOvercalledComponent(ctx.db, componentId)
  const [component] = components
  if (!original || !component) throw new AppError('not_found', { message: 'There is no such component of a call.' })
  const overcalled = await readOvercalled(ctx.db, componentId)
  const minor = (decimal: string) => toMinor(decimal, fund.currency)
  const lines = new Map(
    (await readLinesOfCall(ctx.db, original.callId)).map((line) => [
      line.investorId,
      sumOf(
        storedParts
          .parse(line.components)
          .flatMap((part) => (part.componentId === componentId ? [minor(part.amount)] : [])),
      ),
    ]),
  )
  const parties = positions
    .filter(({ defaultedOn }) => defaultedOn === null)
    .map((position) => ({
      id: position.investorId,
      commitment: position.commitment,
      unfunded: atLeastZero(standing(position, call.noticeDate).uncalled),
      original: lines.get(position.investorId) ?? 0n,
      overcalled: minor(overcalled.get(position.investorId) ?? '0'),
    }))
  const terms = { capPercent: fund.terms.overcallCap, component: overcallKinds[original.kind] ?? 'expense' }
  const split = allocateOvercall(component.amount, terms, parties).map(({ id, amount, proof }) => ({
    investorId: id,
    amount,
    insideCommitment: amount,
    components: [{ componentId: component.id, amount, proof }],
  }))
  return matrixFrom({ amount: component.amount, lines: split, excluded: [] }, positions, call.noticeDate)
}

export const dealsOf = (components: readonly { dealId: string | null }[]): string[] => [
  ...new Set(components.flatMap(({ dealId }) => dealId ?? [])),
]

/**
 * What a draft comes to, where it may be drafted at all; in the open transaction, in which its deals stay as they are.
 * @throws AppError conflict for a closed fund or a deal that is not won; unprocessable where nobody can pay the call, its dates
 * leave too little notice, or a deal is not allocated to the fund
 */
export async function computeAllowed(ctx: Ctx, fund: HeldFund, draft: DraftCapitalCall): Promise<Computed> {
  if (fund.state !== 'OPEN') throw new AppError('conflict', { message: 'This fund is closed.' })
  for (const { dealId, kind, label } of draft.components)
    if (dealId !== null && kind !== 'INVESTMENT') throw refused(`${label} is no investment, so it is for no deal.`)
  await holdAllocatedDeals(ctx, fund, dealsOf(draft.components))
  return computeDraft(ctx, fund, draft)
}

/** For the wizard: nothing is stored. @throws AppError not_found, and as a draft of it would */
export async function previewCall(ctx: Ctx, fundId: string, draft: DraftCapitalCall): Promise<CapitalCallMatrix> {
  const fund = await fundToRead(ctx, fundId)
  const computed = await ctx.db.transaction(() => computeAllowed(ctx, fund, draft))
  return toMatrixView(ctx, fund, computed, draft.noticeDate)
}

/** Of a call that is not issued; an issued one has lines. @throws AppError not_found, conflict */
export async function callMatrix(ctx: Ctx, callId: string): Promise<CapitalCallMatrix> {
  const call = await readCall(ctx.db, callId)
  if (!call) throw new AppError('not_found', { message: 'There is no such capital call.' })
  if (call.lines > 0 || call.state === 'CANCELLED')
    throw new AppError('conflict', { message: 'This call was issued or cancelled: its lines say who owes what.' })
  const fund = await fundToRead(ctx, call.fundId)
  return toMatrixView(ctx, fund, await computeStored(ctx, fund, call), call.noticeDate)
}

async function toMatrixView(
  ctx: Ctx,
  fund: HeldFund,
  { components, positions, matrix, sha256 }: Computed,
  noticeDate: string,
): Promise<CapitalCallMatrix> {
  const { currency } = fund
  const decimal = (amount: bigint) => fromMinor(amount, currency)
  const byId = new Map(positions.map((position) => [position.investorId, position]))
  const kinds = new Map(components.map((component) => [component.id, component]))
  const named = await readInvestorNames(ctx.db, [...byId.keys()])
  const nameOf = (id: string) => ({ code: named.get(id)?.code ?? '', name: named.get(id)?.name ?? '' })
  const weight = (investorId: string) => (componentId: string) => {
    const [position, component] = [byId.get(investorId), kinds.get(componentId)]
    return position && component ? weightIn(position, component) : 0n
  }
  return {
    currency,
    amount: decimal(matrix.amount),
    earliestDueDate: earliestDueDate(noticeDate, noticeTermsOf(fund)),
    components: components.map(({ id, label, amount }) => ({ id, label, amount: decimal(amount) })),
    lines: matrix.lines
      .map((line) => ({
        investorId: line.investorId,
        ...nameOf(line.investorId),
        commitment: decimal(line.commitment),
        uncalledBefore: decimal(line.uncalledBefore),
        uncalledAfter: decimal(line.uncalledBefore - line.inside),
        due: decimal(line.due),
        inside: decimal(line.inside),
        outside: decimal(line.outside),
        recalled: decimal(line.recalled),
        parts: partsOf(line, currency, weight(line.investorId)).map(({ weight: _weight, ...part }) => part),
      }))
      .toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)),
    excluded: matrix.excluded.map((each) => ({ ...each, ...nameOf(each.investorId) })),
    sha256,
  }
}
