// The notice of a capital call with the fields of ILPA's template (v2.0): fund and investor side by side.
import { AppError } from '@throughline/contracts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { decimalOf, rational } from '../rational.ts'
import { grouped, type Paper, type Row, type Section } from './paper.rules.ts'
import type { WireField } from './wire.ts'

export interface NoticeComponent {
  id: string
  kind: 'INVESTMENT' | 'FEE' | 'EXPENSE' | 'OTHER'
  label: string
  amount: bigint
  inside: boolean
}

/** Where somebody stood before this call; of the fund, the sums over all its investors. */
export interface StandingBefore {
  commitment: bigint
  /** Inside of commitments, before this call. */
  called: bigint
  unfunded: bigint
  /** Of the unfunded, what recallable distributions have given back. */
  stillRecallable: bigint
  contributions: bigint
  distributions: bigint
  recallable: bigint
}

/** How a share of a component came about. */
export interface ShareProof {
  ideal: string
  floor: string
  extraCent: boolean
  takenBack: string | null
}

export interface CallNotice {
  firm: string
  fund: { legalName: string; currency: string; timeZone: string; vintage: number; lateInterest: string; cure: string }
  call: { number: number | null; title: string; purpose: string; noticeDate: string; dueDate: string; amount: bigint }
  components: readonly NoticeComponent[]
  fundBefore: StandingBefore
  investor: { code: string; name: string }
  line: {
    reference: string
    due: bigint
    inside: bigint
    outside: bigint
    recalled: bigint
    fromPrepaid: bigint
    shares: ReadonlyMap<string, { amount: bigint; proof: ShareProof | null }>
  }
  investorBefore: StandingBefore
  wire: readonly WireField[]
}

export const allocationRule =
  'Each component is split by commitments over all calls (cumulative largest remainder): shares are rounded down to the cent, and the cents that are left go to the largest remainders.'

const kinds = { INVESTMENT: 'Investment', FEE: 'Fee', EXPENSE: 'Expense', OTHER: 'Other' } as const

interface Sums {
  inside: bigint
  outside: bigint
}
const sumsOf = (rows: readonly { inside: boolean; amount: bigint }[]): Sums => ({
  inside: sumOf(rows.filter((row) => row.inside).map(({ amount }) => amount)),
  outside: sumOf(rows.filter((row) => !row.inside).map(({ amount }) => amount)),
})

/**
 * What the letter says against what the schedule sums to.
 * @throws AppError internal when they differ: such a notice must not go out
 */
function crossCheck({ call, line }: CallNotice, fund: Sums, investor: Sums): void {
  const pairs: [string, bigint, bigint][] = [
    ['the call', call.amount, fund.inside + fund.outside],
    ['the line', line.due, investor.inside + investor.outside],
    ['the part inside of the commitment', line.inside, investor.inside],
    ['the part outside of the commitment', line.outside, investor.outside],
  ]
  for (const [what, letter, schedule] of pairs)
    if (letter !== schedule)
      throw new AppError('internal', {
        message: `The notice does not add up: ${what} is ${letter} and its schedule sums to ${schedule}.`,
      })
}

const percentOf = (part: bigint, whole: bigint): string =>
  whole === 0n ? '–' : `${decimalOf(rational(part * 100n, whole), 4)} %`

/** @throws AppError internal when letter and schedule do not agree */
export function callNoticePaper(notice: CallNotice): { paper: Paper; totals: Record<string, string> } {
  const { firm, fund, call, components, fundBefore, investor, line, investorBefore, wire } = notice
  const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
  const money = (amount: bigint) => grouped(decimal(amount))
  const own = components.map(({ id, inside }) => ({ inside, amount: line.shares.get(id)?.amount ?? 0n }))
  const [ofFund, ofInvestor] = [sumsOf(components), sumsOf(own)]
  crossCheck(notice, ofFund, ofInvestor)
  const impact = (amount: bigint, inside: boolean) => (inside ? money(-amount) : money(0n))
  const total = (label: string, of: bigint, ours: bigint, impacts: [bigint, bigint]): Row => ({
    cells: [label, money(of), money(impacts[0]), money(ours), money(impacts[1])],
    strong: true,
  })
  const endingOf = (before: StandingBefore, inside: bigint) => before.unfunded - inside
  const pair = (label: string, of: (before: StandingBefore, sums: Sums) => string, strong = false): Row => ({
    cells: [label, of(fundBefore, ofFund), of(investorBefore, ofInvestor)],
    strong,
  })
  const fees = components.flatMap((component, index) =>
    component.kind === 'FEE' ? [{ ...component, own: own[index]?.amount ?? 0n }] : [],
  )
  const sections: Section[] = [
    {
      heading: 'Transactions',
      columns: ['', `Fund (${fund.currency})`, 'Impact on unfunded', 'Your share', 'Impact on unfunded'],
      rows: [
        ...components.map(({ kind, label, amount, inside }, index) => ({
          cells: [
            `${kinds[kind]}: ${label}`,
            money(amount),
            impact(amount, inside),
            money(own[index]?.amount ?? 0n),
            impact(own[index]?.amount ?? 0n, inside),
          ],
        })),
        total('Inside commitment', ofFund.inside, ofInvestor.inside, [-ofFund.inside, -ofInvestor.inside]),
        total('Outside commitment', ofFund.outside, ofInvestor.outside, [0n, 0n]),
        total('Total amount called', call.amount, line.due, [-ofFund.inside, -ofInvestor.inside]),
      ],
      note: line.fromPrepaid > 0n ? `Of your share, ${money(line.fromPrepaid)} was paid in advance.` : '',
    },
    {
      heading: 'Unfunded commitment',
      columns: ['', `Fund (${fund.currency})`, 'You'],
      rows: [
        pair('Commitment', ({ commitment }) => money(commitment)),
        pair('Beginning unfunded', ({ unfunded, stillRecallable }) => money(unfunded - stillRecallable)),
        pair('Plus recallable distributions', ({ stillRecallable }) => money(stillRecallable)),
        pair('Less this call, inside commitment', (_before, { inside }) => money(-inside)),
        pair('Ending unfunded', (before, { inside }) => money(endingOf(before, inside)), true),
        pair('Cumulative contributions before this call', ({ contributions }) => money(contributions)),
        pair('Cumulative distributions', ({ distributions }) => money(distributions)),
        pair('  of which recallable', ({ recallable }) => money(recallable)),
        pair('Called after this call', ({ called, commitment }, { inside }) => percentOf(called + inside, commitment)),
      ],
      note: line.recalled > 0n ? `Of your share, ${money(line.recalled)} calls back recallable distributions.` : '',
    },
    {
      heading: 'Fees',
      columns: ['', `Fund (${fund.currency})`, 'Your share'],
      rows: [
        ...fees.map(({ label, amount, own: ours }) => ({ cells: [`${label}, gross`, money(amount), money(ours)] })),
        // Terms have no share of portfolio companies' fees that would be offset: the template asks for the line all the same.
        { cells: ['Offsets (none are recorded)', money(0n), money(0n)] },
        {
          cells: [
            'Fees, net',
            money(sumOf(fees.map(({ amount }) => amount))),
            money(sumOf(fees.map((fee) => fee.own))),
          ],
          strong: true,
        },
      ],
    },
    proofSection(notice),
    {
      heading: 'Payment',
      facts: [
        ['Amount', `${fund.currency} ${money(line.due - line.fromPrepaid)}`],
        ['Due', `${call.dueDate}, end of day in ${fund.timeZone}`],
        ['Reference', line.reference],
        ...wire.map(({ label, value }) => [label, value] as const),
        ...(wire.length === 0 ? [['Account', 'The fund will tell you where to pay to.'] as const] : []),
      ],
      note: 'Write the reference on the wire. Changed bank details never come by mail alone: call the fund before you pay to another account.',
    },
    { heading: 'If you do not pay', paragraphs: [fund.lateInterest, fund.cure] },
  ]
  return {
    paper: {
      from: firm,
      title: `Capital call notice ${call.number ?? ''}`.trim(),
      subtitle: call.title,
      facts: [
        ['Fund', fund.legalName],
        ['General partner', firm],
        ['Vintage', String(fund.vintage)],
        ['Currency', fund.currency],
        ['Investor', `${investor.name} (${investor.code})`],
        ['Notice date', call.noticeDate],
        ['Due date', `${call.dueDate} (${fund.timeZone})`],
        ...(call.purpose ? [['Purpose', call.purpose] as const] : []),
      ],
      sections,
      footer: `${fund.legalName} · ${investor.code} · ${line.reference}`,
    },
    totals: {
      due: decimal(line.due),
      inside: decimal(line.inside),
      outside: decimal(line.outside),
      callAmount: decimal(call.amount),
      unfundedBefore: decimal(investorBefore.unfunded),
      unfundedAfter: decimal(endingOf(investorBefore, ofInvestor.inside)),
    },
  }
}

function proofSection({ components, line, fund }: CallNotice): Section {
  return {
    heading: 'How your share came about',
    columns: ['', 'Exact share', 'Rounded down', 'Cent', 'Your share'],
    rows: components.flatMap(({ id, label }) => {
      const share = line.shares.get(id)
      if (!share?.proof) return []
      const { ideal, floor, extraCent, takenBack } = share.proof
      const cent = extraCent ? '+1' : takenBack === null ? '0' : `-${takenBack}`
      return [{ cells: [label, ideal, grouped(floor), cent, grouped(fromMinor(share.amount, fund.currency))] }]
    }),
    note: allocationRule,
  }
}
