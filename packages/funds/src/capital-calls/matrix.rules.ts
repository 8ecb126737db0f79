// The matrix of a call as it would be issued: who pays what, how each cent came about, and who is left out. Pure.
import { createHash } from 'node:crypto'
import { allocateCall, amountOfPercentCall, type CallInvestor, type CallMatrix } from '../allocation/index.ts'
import type { KeptPosition } from '../books/index.ts'
import { standing } from '../commitments/index.ts'
import { atLeastZero, sumOf } from '../minor-units.ts'
import { minus, plus, type Rational, rational } from '../rational.ts'
import { refused } from '../refused.ts'

export type ComponentKind = 'INVESTMENT' | 'FEE' | 'EXPENSE' | 'OTHER'

/** A component as it is stored, or as it stands in a form: then its id is its place. */
export interface Component {
  id: string
  kind: ComponentKind
  label: string
  /** Minor units. */
  amount: bigint
  insideCommitment: boolean
  dealId: string | null
  /** Who does not take part, by investor, with the reason. */
  excused: ReadonlyMap<string, string>
}

/** What one investor owes. */
export interface MatrixLine {
  investorId: string
  commitment: bigint
  due: bigint
  inside: bigint
  outside: bigint
  /** Of the inside: what the commitment itself has no room for, and so calls back recallable distributions. */
  recalled: bigint
  uncalledBefore: bigint
  components: CallMatrix['lines'][number]['components']
}

export interface Matrix {
  amount: bigint
  lines: MatrixLine[]
  excluded: CallMatrix['excluded']
}

/**
 * @param day the notice date: which recallable distributions can be called back
 * @throws AppError unprocessable where nobody can pay the call
 */
export function matrixOf(components: readonly Component[], positions: readonly KeptPosition[], day: string): Matrix {
  const known = new Set(positions.map(({ investorId }) => investorId))
  const stranger = components.flatMap(({ excused }) => [...excused.keys()]).find((id) => !known.has(id))
  if (stranger !== undefined) throw refused('Somebody is excused who has no commitment.', { investorId: stranger })
  return matrixFrom(allocateCall(components, investorsOf(components, positions, day)), positions, day)
}

/** The same of lines that were split by another rule of allocation: an overcall. */
export function matrixFrom(split: CallMatrix, positions: readonly KeptPosition[], day: string): Matrix {
  const byInvestor = new Map(positions.map((position) => [position.investorId, position]))
  const lines = split.lines.map((line): MatrixLine => {
    const position = byInvestor.get(line.investorId)
    if (!position) throw new Error('a line of somebody who has no position')
    const { uncalled, stillRecallable } = standing(position, day)
    const inside = line.insideCommitment
    return {
      investorId: line.investorId,
      commitment: position.commitment,
      due: line.amount,
      inside,
      outside: line.amount - inside,
      recalled: atLeastZero(inside - atLeastZero(uncalled - stillRecallable)),
      uncalledBefore: uncalled,
      components: line.components,
    }
  })
  return { amount: split.amount, lines, excluded: split.excluded }
}

/** What investors weigh in a component: a commitment that is free of fees is not in the base of a fee. */
export const weightIn = ({ commitment, feeFree }: KeptPosition, { kind }: Pick<Component, 'kind'>): bigint =>
  kind === 'FEE' ? commitment - feeFree : commitment

function investorsOf(
  components: readonly Component[],
  positions: readonly KeptPosition[],
  day: string,
): CallInvestor[] {
  const firstOfKind = new Map(components.toReversed().map(({ kind, id }) => [kind, id]))
  return positions.map((position) => ({
    id: position.investorId,
    commitment: position.commitment,
    unfunded: atLeastZero(standing(position, day).uncalled),
    defaulted: position.defaultedOn !== null,
    excused: Object.fromEntries(
      components.flatMap(({ id, excused }) => {
        const reason = excused.get(position.investorId)
        return reason === undefined ? [] : [[id, reason]]
      }),
    ),
    bases: Object.fromEntries(components.map((component) => [component.id, weightIn(position, component)])),
    // Two components of a kind would take the same left-over cents twice: the first one takes them.
    carries: Object.fromEntries(
      [...firstOfKind].flatMap(([kind, id]) => {
        const carry = position.carries[kind]
        return carry ? [[id, carry]] : []
      }),
    ),
  }))
}

/** What a call in per cent comes to: of the commitments of all who are not in default. */
export const amountOfPercent = (percent: string, positions: readonly KeptPosition[]): bigint =>
  amountOfPercentCall(
    percent,
    positions.filter(({ defaultedOn }) => defaultedOn === null).map(({ commitment }) => commitment),
  )

/** One part of a line, as far as what rounding leaves over depends on it. */
export interface CarriedPart {
  kind: string
  /** Of the component. */
  amount: bigint
  weight: bigint
  totalWeight: bigint
  /** Of the line. */
  line: bigint
}

/**
 * Carries after the parts of an issued line: the exact shares less what was called. What comes to nothing is left out.
 * @param direction -1 takes an issued line back
 */
export function carriesAfter(
  before: Readonly<Record<string, Rational>>,
  parts: readonly CarriedPart[],
  direction: 1 | -1,
): Record<string, Rational> {
  const carries = new Map(Object.entries(before))
  for (const { kind, amount, weight, totalWeight, line } of parts) {
    const share = rational(amount * weight - line * totalWeight, totalWeight)
    const carry = carries.get(kind) ?? rational(0n)
    carries.set(kind, direction === 1 ? plus(carry, share) : minus(carry, share))
  }
  return Object.fromEntries([...carries].filter(([, { numerator }]) => numerator !== 0n))
}

/** Weights of all who take part in a component. */
export const totalWeightOf = (matrix: Matrix, component: Component, positions: ReadonlyMap<string, KeptPosition>) =>
  sumOf(
    matrix.lines.flatMap(({ investorId, components }) => {
      const position = positions.get(investorId)
      return position && components.some(({ componentId }) => componentId === component.id)
        ? [weightIn(position, component)]
        : []
    }),
  )

/** Names what was approved: the same for a form and for the stored call, so components are named by their place. */
export function sha256Of(matrix: Matrix, components: readonly Component[], currency: string): string {
  const place = new Map(components.map(({ id }, index) => [id, index]))
  const text = JSON.stringify([
    currency,
    components.map(({ kind, amount, insideCommitment, dealId }) => [kind, String(amount), insideCommitment, dealId]),
    matrix.lines.map(({ investorId, inside, outside, recalled, components: parts }) => [
      ...[investorId, String(inside), String(outside), String(recalled)],
      parts.map(({ componentId, amount }) => [place.get(componentId), String(amount)]),
    ]),
    matrix.excluded.map(({ investorId, componentId, reason }) => [investorId, place.get(componentId), reason]),
  ])
  return createHash('sha256').update(text).digest('hex')
}
