// What the numbers of a deal consist of, and what follows from them.
import type { DealInFund, ThreadEvent, ThreadEventKind, ThreadFigure } from '@throughline/contracts'
import { toMinor } from '../minor-units.ts'
import { moicOf } from '../performance/index.ts'
import { decimalOf, rational } from '../rational.ts'

/** Lines of entries that a figure counts. */
interface CountedLines {
  figure: ThreadFigure
  account: string
  /** 1 where debits make the figure larger, -1 where credits do. */
  sign: 1 | -1
  /** Of entries, and of those that take them back; null for all that are of the deal. */
  kind: string | null
}

const counted = (
  figure: ThreadFigure,
  sign: 1 | -1,
  accounts: readonly string[],
  kinds: readonly (string | null)[] = [null],
): CountedLines[] => kinds.flatMap((kind) => accounts.map((account) => ({ figure, account, sign, kind })))

/** Of all figures but what was called and received, which are a part of what entries say. */
export const countedLines: readonly CountedLines[] = [
  ...counted('invested', 1, ['investments'], ['investment']),
  ...counted('cost', 1, ['investments']),
  ...counted('value', 1, ['investments', 'unrealised_value']),
  ...counted('returned', 1, ['cash'], ['investment_proceeds', 'investment_income']),
  ...counted('gain', -1, ['realised_gain', 'investment_income', 'unrealised_gain']),
  ...counted(
    'distributed',
    1,
    ['returned_capital', 'distributed_gain', 'distributed_income'],
    ['distribution_declared'],
  ),
  ...counted('paid', -1, ['cash'], ['distribution_paid']),
]

/** All figures, of those that no entry adds to zero. */
export function figuresOf(
  sums: Readonly<Partial<Record<ThreadFigure, string>>>,
  shown: (decimal: string) => string,
): Record<ThreadFigure, string> {
  const of = (figure: ThreadFigure) => shown(sums[figure] ?? '0')
  return {
    called: of('called'),
    received: of('received'),
    invested: of('invested'),
    cost: of('cost'),
    value: of('value'),
    returned: of('returned'),
    gain: of('gain'),
    distributed: of('distributed'),
    paid: of('paid'),
  }
}

/** What a holding has come to, and how much of the fund it is: decimals of the currency. */
export function standingOf(
  { value, invested, returned }: Readonly<Record<'value' | 'invested' | 'returned', string>>,
  nav: string,
  currency: string,
): Pick<DealInFund, 'moic' | 'shareOfNav'> {
  const minor = (decimal: string) => toMinor(decimal, currency)
  const { value: moic, reason } = moicOf({
    invested: minor(invested),
    realised: minor(returned),
    value: minor(value),
  })
  const [part, whole] = [minor(value), minor(nav)]
  return {
    moic: { value: moic, reason },
    shareOfNav: whole > 0n ? decimalOf(rational(part * 100n, whole), 1) : null,
  }
}

export interface EventRow {
  id: string
  on: string
  rank: number
  kind: ThreadEventKind
  fundId: string | null
  currency: string
  number: number | null
  title: string
  note: string
  amount: string | null
  whole: string | null
  received: string | null
  sourceKind: ThreadEvent['source']['kind']
  sourceId: string
  /** What its amount is a part of. */
  figure: ThreadFigure | null
  /** Null for what several entries stand behind. */
  entryId: string | null
}

/** Which entries the amount of an event consists of; null for what moves no money. */
export function explanationOf({
  kind,
  fundId,
  figure,
  on,
  sourceId,
  entryId,
}: Pick<EventRow, 'kind' | 'fundId' | 'figure' | 'on' | 'sourceId' | 'entryId'>): ThreadEvent['explanation'] {
  if (fundId === null || figure === null) return null
  // A mark says what everything up to then is worth.
  if (kind === 'marked') return { fundId, figure, through: on }
  return entryId === null ? { fundId, figure, sourceId, on } : { fundId, figure, entryId }
}
