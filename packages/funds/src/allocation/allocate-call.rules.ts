// A whole capital call: each component is split by itself, so that both the components and the investors sum.
import { sumOf } from '../minor-units.ts'
import { type Rational, zero } from '../rational.ts'
import { refused } from '../refused.ts'
import { type AllocatedLine, allocate, type Party, type Proof } from './largest-remainder.rules.ts'

export interface CallComponent {
  id: string
  amount: bigint
  /** Outside of the commitment nothing is taken from the unfunded amount, and nothing limits the line. */
  insideCommitment: boolean
}

export interface CallInvestor {
  id: string
  commitment: bigint
  unfunded: bigint
  defaulted: boolean
  /** The components that the investor is excused from, each with the reason. */
  excused: Readonly<Record<string, string>>
  /** Weight in a component whose base is not the commitment: a commitment free of fees has 0 in the fee. */
  bases?: Readonly<Record<string, bigint>>
  /** By component: what rounding left over from earlier calls of its kind (`carryOf`). */
  carries: Readonly<Record<string, Rational>>
}

export type ExclusionReason = 'no_commitment' | 'defaulted' | 'not_in_base' | 'excused'

export interface Exclusion {
  investorId: string
  componentId: string
  reason: ExclusionReason
  /** What was said when the investor was excused. */
  note: string | null
}

export interface CallLine {
  investorId: string
  /** Over all components. */
  amount: bigint
  /** What the unfunded amount goes down by. */
  insideCommitment: bigint
  components: { componentId: string; amount: bigint; proof: Proof }[]
}

export interface CallMatrix {
  amount: bigint
  lines: CallLine[]
  excluded: Exclusion[]
}

/**
 * The lines of a call. Components are taken in their order, and what one takes of an investor's unfunded amount the next
 * has no more.
 * @throws AppError unprocessable when a component is not above zero, or more than those who take part have unfunded
 */
export function allocateCall(components: readonly CallComponent[], investors: readonly CallInvestor[]): CallMatrix {
  const amount = sumOf(components.map((component) => component.amount))
  if (components.length === 0 || components.some((component) => component.amount <= 0n))
    throw refused('Each component of a call needs an amount above zero.')
  if (new Set(components.map(({ id }) => id)).size < components.length) throw refused('A component stands there twice.')
  const lines = new Map<string, CallLine>()
  for (const { id } of investors) lines.set(id, { investorId: id, amount: 0n, insideCommitment: 0n, components: [] })
  const excluded: Exclusion[] = []
  for (const component of components) {
    const exclusions = investors.flatMap((investor) => exclusionOf(investor, component) ?? [])
    const out = new Set(exclusions.map(({ investorId }) => investorId))
    const parties = investors
      .filter(({ id }) => !out.has(id))
      .map((investor) => partyOf(investor, component, lines.get(investor.id)?.insideCommitment ?? 0n))
    for (const allocated of allocate(component.amount, parties)) addTo(lines.get(allocated.id), component, allocated)
    excluded.push(...exclusions)
  }
  return { amount, lines: [...lines.values()].filter((line) => line.components.length > 0), excluded }
}

const baseOf = ({ commitment, bases }: CallInvestor, { id }: CallComponent): bigint => bases?.[id] ?? commitment

function exclusionOf(investor: CallInvestor, component: CallComponent): Exclusion | undefined {
  const is = (reason: ExclusionReason, note: string | null = null): Exclusion => ({
    investorId: investor.id,
    componentId: component.id,
    reason,
    note,
  })
  if (investor.commitment <= 0n) return is('no_commitment')
  if (investor.defaulted) return is('defaulted')
  const note = investor.excused[component.id]
  if (note !== undefined) return is('excused', note)
  return baseOf(investor, component) <= 0n ? is('not_in_base') : undefined
}

const partyOf = (investor: CallInvestor, component: CallComponent, taken: bigint): Party => ({
  id: investor.id,
  weight: baseOf(investor, component),
  room: component.insideCommitment ? investor.unfunded - taken : null,
  carry: investor.carries[component.id] ?? zero,
})

function addTo(line: CallLine | undefined, component: CallComponent, { amount, proof }: AllocatedLine): void {
  if (!line) return
  line.amount += amount
  if (component.insideCommitment) line.insideCommitment += amount
  line.components.push({ componentId: component.id, amount, proof })
}
