// The capital account statement of an investor (PCAP): the roll-forward of a quarter, of the year and since inception.
import { addDays, addMonths } from '../calendar-days.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { irrOf, type Multiples, multiplesOf, type Ratio, type RecallablePolicy } from '../performance/index.ts'
import { grouped, type Paper, type Row } from './paper.rules.ts'
import { recyclingWords } from './recycling-words.ts'

export interface Quarter {
  name: string
  firstDay: string
  lastDay: string
  yearStart: string
}

/** `2026-Q3` is from 2026-07-01 to 2026-09-30. */
export function quarterOf(name: string): Quarter {
  const [year = '', number = '1'] = name.split('-Q')
  const firstDay = `${year}-${String((Number(number) - 1) * 3 + 1).padStart(2, '0')}-01`
  return { name, firstDay, lastDay: addDays(addMonths(firstDay, 3), -1), yearStart: `${year}-01-01` }
}

/** One link of the chain of struck NAVs. What lessens the balance is below zero. */
export interface NavLink {
  asOf: string
  beginning: bigint
  contributions: bigint
  distributions: bigint
  income: bigint
  fees: bigint
  unrealised: bigint
  carry: bigint
  ending: bigint
}

export interface Contribution {
  date: string
  purpose: string
  inside: bigint
  outside: bigint
}

export interface Distributed {
  date: string
  title: string
  gross: bigint
  withheld: bigint
  recallable: bigint
}

export interface StatementInput {
  firm: string
  fund: {
    legalName: string
    currency: string
    vintage: number
    recallablePolicy: RecallablePolicy
    recyclingCap: string | null
  }
  investor: { code: string; name: string }
  quarter: Quarter
  /** Up to the end of the quarter, in the order of days; the latest revision of each day. */
  chain: readonly NavLink[]
  /** Everything since inception, up to the end of the quarter. */
  contributions: readonly Contribution[]
  distributions: readonly Distributed[]
  standing: { commitment: bigint; called: bigint; unfunded: bigint; stillRecallable: bigint }
}

const flows = ['contributions', 'distributions', 'income', 'fees', 'unrealised', 'carry'] as const
type Flow = (typeof flows)[number]
const flowWords: Readonly<Record<Flow, string>> = {
  contributions: 'Contributions',
  distributions: 'Distributions',
  income: 'Income',
  fees: 'Fees and expenses',
  unrealised: 'Unrealised gains and losses',
  carry: 'Carried interest',
}
export type RollForward = Record<Flow, bigint> & { beginning: bigint; restated: bigint; ending: bigint }

/**
 * From a day to the end of the chain. The beginning is the ending of what was struck before, to the cent; where earlier
 * days were struck anew since, the difference is shown as restated and not hidden in another line.
 */
export function rollForward(chain: readonly NavLink[], from: string | null): RollForward {
  const before = from === null ? [] : chain.filter(({ asOf }) => asOf < from)
  const within = chain.slice(before.length)
  const beginning = before.at(-1)?.ending ?? 0n
  const ending = chain.at(-1)?.ending ?? 0n
  const sums = Object.fromEntries(flows.map((flow) => [flow, sumOf(within.map((link) => link[flow]))]))
  const of = (flow: Flow): bigint => sums[flow] ?? 0n
  const moved = sumOf(flows.map(of))
  return {
    beginning,
    contributions: of('contributions'),
    distributions: of('distributions'),
    income: of('income'),
    fees: of('fees'),
    unrealised: of('unrealised'),
    carry: of('carry'),
    restated: ending - beginning - moved,
    ending,
  }
}

export interface StatementFigures {
  fund: string
  investor: { code: string; name: string }
  period: string
  asOf: string
  currency: string
  rollForward: { line: string; quarter: string; year: string; inception: string }[]
  contributions: { date: string; purpose: string; inside: string; outside: string }[]
  distributions: { date: string; title: string; gross: string; withheld: string; net: string; recallable: string }[]
  commitment: Record<'commitment' | 'called' | 'paidIn' | 'distributed' | 'unfunded' | 'recallable', string>
  /** Per cent of the commitment; left out where there is no cap, so that a statement of such a fund is no new revision. */
  recyclingCap?: string
  performance: { asOf: string; policy: RecallablePolicy; dpi: string; rvpi: string; tvpi: string; irr: string }
}

const noRatio = { nothing_paid_in: 'nothing paid in', nothing_committed: 'nothing committed' } as const
const ratioText = ({ value, reason }: Ratio): string => value ?? noRatio[reason]
const noRate = {
  one_sided: 'no rate: flows of one side only',
  same_day: 'no rate: all on one day',
  out_of_range: 'no rate within range',
} as const

function irrText({ chain, contributions, distributions, quarter }: StatementInput, nav: bigint): string {
  const paid = contributions.map(({ date, inside, outside }) => ({ date, amount: -(inside + outside) }))
  const received = distributions.map(({ date, gross }) => ({ date, amount: gross }))
  const irr = irrOf([...paid, ...received], { date: chain.at(-1)?.asOf ?? quarter.lastDay, amount: nav })
  if (irr.rate === null) return noRate[irr.reason]
  const warning = irr.warnings.includes('under_one_year') ? ' (less than a year)' : ''
  return `${(irr.rate * 100).toFixed(2)} %${warning}`
}

/** Everything that the statement says, as decimals: what JSON and CSV hold and the PDF lays out. */
export function statementFigures(input: StatementInput): StatementFigures {
  const { fund, investor, quarter, chain, contributions, distributions, standing } = input
  const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
  const [q, y, i] = [
    rollForward(chain, quarter.firstDay),
    rollForward(chain, quarter.yearStart),
    rollForward(chain, null),
  ]
  const line = (name: string, of: (each: RollForward) => bigint) => ({
    line: name,
    quarter: decimal(of(q)),
    year: decimal(of(y)),
    inception: decimal(of(i)),
  })
  const paidIn = sumOf(contributions.map(({ inside, outside }) => inside + outside))
  const distributed = sumOf(distributions.map(({ gross }) => gross))
  const totals = {
    commitment: standing.commitment,
    paidIn,
    distributed,
    recallable: sumOf(distributions.map(({ recallable }) => recallable)),
    nav: i.ending,
  }
  const { dpi, rvpi, tvpi, policy }: Multiples = multiplesOf(totals, fund.recallablePolicy)
  const hasRestated = [q, y, i].some(({ restated }) => restated !== 0n)
  return {
    fund: fund.legalName,
    investor,
    period: quarter.name,
    asOf: chain.at(-1)?.asOf ?? quarter.lastDay,
    currency: fund.currency,
    rollForward: [
      line('Beginning balance', ({ beginning }) => beginning),
      ...flows.map((flow) => line(flowWords[flow], (each) => each[flow])),
      ...(hasRestated ? [line('Restated earlier periods', ({ restated }) => restated)] : []),
      line('Ending balance (NAV)', ({ ending }) => ending),
    ],
    contributions: contributions.map(({ date, purpose, inside, outside }) => ({
      date,
      purpose,
      inside: decimal(inside),
      outside: decimal(outside),
    })),
    distributions: distributions.map(({ date, title, gross, withheld, recallable }) => ({
      date,
      title,
      gross: decimal(gross),
      withheld: decimal(withheld),
      net: decimal(gross - withheld),
      recallable: decimal(recallable),
    })),
    commitment: {
      commitment: decimal(standing.commitment),
      called: decimal(standing.called),
      paidIn: decimal(paidIn),
      distributed: decimal(distributed),
      unfunded: decimal(standing.unfunded),
      recallable: decimal(standing.stillRecallable),
    },
    ...(fund.recyclingCap !== null && { recyclingCap: fund.recyclingCap }),
    performance: {
      asOf: chain.at(-1)?.asOf ?? quarter.lastDay,
      policy,
      dpi: ratioText(dpi),
      rvpi: ratioText(rvpi),
      tvpi: ratioText(tvpi),
      irr: irrText(input, i.ending),
    },
  }
}

/** What the list shows of a statement. */
export const statementTotals = ({ rollForward: lines, commitment }: StatementFigures): Record<string, string> => ({
  beginning: lines[0]?.quarter ?? '',
  ending: lines.at(-1)?.quarter ?? '',
  commitment: commitment.commitment,
  paidIn: commitment.paidIn,
  distributed: commitment.distributed,
  unfunded: commitment.unfunded,
})

/** The lines of the CSV: the same figures, each with what it is. */
export const statementRecords = (figures: StatementFigures): string[][] => [
  ['line', 'quarter', 'year', 'inception'],
  ...figures.rollForward.map(({ line, quarter, year, inception }) => [line, quarter, year, inception]),
  ['contributed on', 'purpose', 'inside commitment', 'outside commitment'],
  ...figures.contributions.map(({ date, purpose, inside, outside }) => [date, purpose, inside, outside]),
  ['distributed on', 'title', 'gross', 'withheld', 'net', 'recallable'],
  ...figures.distributions.map(({ date, title, gross, withheld, net, recallable }) => [
    date,
    title,
    gross,
    withheld,
    net,
    recallable,
  ]),
]

const policyWords: Readonly<Record<RecallablePolicy, string>> = {
  gips: 'Recallable distributions count as distributed and recalled capital as paid in (GIPS).',
  net: 'Recallable distributions are taken off what was paid in and what was distributed (net).',
}

export function statementPaper(
  figures: StatementFigures,
  { firm, vintage, revision }: { firm: string; vintage: number; revision: number },
): Paper {
  const { commitment, performance, currency, recyclingCap } = figures
  const rows: Row[] = figures.rollForward.map(({ line, quarter, year, inception }, index) => ({
    cells: [line, grouped(quarter), grouped(year), grouped(inception)],
    strong: index === 0 || index === figures.rollForward.length - 1,
  }))
  const revised = revision > 1 ? ` (revision ${revision})` : ''
  return {
    from: firm,
    title: 'Capital account statement',
    subtitle: `${figures.period}${revised}, as of ${figures.asOf}`,
    facts: [
      ['Fund', figures.fund],
      ['Investor', `${figures.investor.name} (${figures.investor.code})`],
      ['Vintage', String(vintage)],
      ['Currency', currency],
    ],
    sections: [
      {
        heading: 'Capital account',
        columns: ['', `Quarter (${currency})`, 'Year to date', 'Since inception'],
        rows,
        note: 'Net of fees, expenses and carried interest. Capital counts as contributed when it is called; what has been paid stands below.',
      },
      {
        heading: 'Contributions since inception',
        columns: ['', 'Inside commitment', 'Outside commitment'],
        rows: figures.contributions.map(({ date, purpose, inside, outside }) => ({
          cells: [`${date}  ${purpose}`, grouped(inside), grouped(outside)],
        })),
      },
      {
        heading: 'Distributions since inception',
        columns: ['', 'Gross', 'Withheld', 'Net', 'Recallable'],
        rows: figures.distributions.map(({ date, title, gross, withheld, net, recallable }) => ({
          cells: [`${date}  ${title}`, ...[gross, withheld, net, recallable].map(grouped)],
        })),
      },
      {
        heading: 'Commitment',
        columns: ['', currency],
        rows: [
          { cells: ['Commitment', grouped(commitment.commitment)] },
          { cells: ['Called inside of the commitment', grouped(commitment.called)] },
          { cells: ['Paid in', grouped(commitment.paidIn)] },
          { cells: ['Distributed', grouped(commitment.distributed)] },
          { cells: ['Can be called back of distributions', grouped(commitment.recallable)] },
          { cells: ['Unfunded', grouped(commitment.unfunded)], strong: true },
        ],
        note: recyclingCap === undefined ? '' : recyclingWords(recyclingCap),
      },
      {
        heading: `Performance as of ${performance.asOf}, net of fees`,
        columns: ['', ''],
        rows: [
          { cells: ['DPI', performance.dpi] },
          { cells: ['RVPI', performance.rvpi] },
          { cells: ['TVPI', performance.tvpi] },
          { cells: ['IRR', performance.irr] },
        ],
        note: `${policyWords[performance.policy]} The rate is with a subscription line, where the fund has used one.`,
      },
    ],
    footer: `${figures.fund} · ${figures.investor.code} · ${figures.period}`,
  }
}
