// The notice of a distribution: what was distributed, gross, withheld and net; fund and investor side by side.
import { AppError } from '@throughline/contracts'
import { grossOf } from '../ledger/index.ts'
import { fromMinor } from '../minor-units.ts'
import { grouped, type Paper } from './paper.rules.ts'
import { recyclingWords } from './recycling-words.ts'

export interface DistributedAmounts {
  returnOfCapital: bigint
  gain: bigint
  income: bigint
  withheld: bigint
  recallable: bigint
}

export interface DistributedShare extends DistributedAmounts {
  /** Was to be recallable, and is more than the recycling cap allows. */
  aboveCap: bigint
}

export interface DistributionNotice {
  firm: string
  fund: { legalName: string; currency: string; vintage: number }
  distribution: {
    number: number | null
    title: string
    distributedOn: string
    expiresOn: string | null
    /** Per cent of a commitment; null for no cap. */
    recyclingCap: string | null
  }
  /** Sums over all investors. */
  ofFund: DistributedAmounts
  /** What was declared: the letter. */
  declared: Omit<DistributedAmounts, 'withheld'>
  investor: { code: string; name: string }
  line: DistributedShare
}

const parts = [
  ['Return of capital', 'returnOfCapital'],
  ['Gain', 'gain'],
  ['Income', 'income'],
] as const

/** Until when what can be called again, and what of it the cap has kept from it. */
function recallWords(
  { recallable, aboveCap }: DistributedShare,
  { expiresOn, recyclingCap }: DistributionNotice['distribution'],
  money: (amount: bigint) => string,
): string {
  const until = expiresOn ? `until ${expiresOn}` : 'as long as the fund lives'
  return [
    ...(recallable > 0n ? [`The recallable part can be called again ${until}.`] : []),
    ...(recyclingCap !== null && recallable + aboveCap > 0n ? [recyclingWords(recyclingCap)] : []),
    ...(aboveCap > 0n ? [`${money(aboveCap)} of your share are above it and cannot be called again.`] : []),
  ].join(' ')
}

/** @throws AppError internal when what was declared is not the sum of the lines */
export function distributionNoticePaper(notice: DistributionNotice): { paper: Paper; totals: Record<string, string> } {
  const { firm, fund, distribution, ofFund, declared, investor, line } = notice
  for (const part of ['returnOfCapital', 'gain', 'income', 'recallable'] as const)
    if (declared[part] !== ofFund[part])
      throw new AppError('internal', {
        message: `The notice does not add up: ${part} was declared as ${declared[part]}, and its lines sum to ${ofFund[part]}.`,
      })
  const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
  const money = (amount: bigint) => grouped(decimal(amount))
  const gross = (amounts: DistributedAmounts) => grossOf({ investorId: '', ...amounts })
  const row = (label: string, of: (amounts: DistributedAmounts) => bigint, strong = false) => ({
    cells: [label, money(of(ofFund)), money(of(line))],
    strong,
  })
  const net = (amounts: DistributedAmounts) => gross(amounts) - amounts.withheld
  const { title, number, distributedOn } = distribution
  return {
    paper: {
      from: firm,
      title: `Distribution notice ${number ?? ''}`.trim(),
      subtitle: title,
      facts: [
        ['Fund', fund.legalName],
        ['General partner', firm],
        ['Vintage', String(fund.vintage)],
        ['Currency', fund.currency],
        ['Investor', `${investor.name} (${investor.code})`],
        ['Date', distributedOn],
      ],
      sections: [
        {
          heading: 'Transactions',
          columns: ['', `Fund (${fund.currency})`, 'Your share'],
          rows: [
            ...parts.map(([label, part]) => row(label, (amounts) => amounts[part])),
            row('Distribution, gross', gross, true),
            row('Taxes withheld', ({ withheld }) => -withheld),
            row('Distribution, net', net, true),
            row('Of the gross, recallable (impact on unfunded)', ({ recallable }) => recallable),
          ],
          note: recallWords(line, distribution, money),
        },
      ],
      footer: `${fund.legalName} · ${investor.code}`,
    },
    totals: {
      gross: decimal(gross(line)),
      withheld: decimal(line.withheld),
      net: decimal(net(line)),
      recallable: decimal(line.recallable),
    },
  }
}
