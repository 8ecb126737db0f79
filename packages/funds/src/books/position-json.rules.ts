// Events and positions as tables keep them. Minor units are text in JSON: a number there ends at 2^53.
import { AppError } from '@throughline/contracts'
import * as z from 'zod'
import { type CommitmentEvent, type Transferable, transferableSums } from '../commitments/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { type Rational, rational } from '../rational.ts'
import type { NewPositionRow, PositionRow, StoredEvent } from './positions.repo.ts'

/** Where an investor stands, and what is kept beside the events. */
export interface KeptPosition extends Transferable {
  investorId: string
  /** Of the commitment, what pays no management fee. */
  feeFree: bigint
  prepaid: bigint
  /** By kind of component. */
  carries: Readonly<Record<string, Rational>>
  defaultedOn: string | null
  lastEventOn: string | null
}

const minor = z
  .string()
  .regex(/^-?\d+$/)
  .transform((text) => BigInt(text))
const lot = z.object({ amount: minor, expiresOn: z.string().nullable() })
const recallables = z.object({ lots: z.array(lot), recalls: z.array(lot.extend({ callId: z.string() })) })
const carries = z.record(
  z.string(),
  z.tuple([minor, minor]).transform(([numerator, denominator]) => rational(numerator, denominator)),
)

const calledLine = z.object({
  callId: z.string(),
  insideCommitment: minor,
  outsideCommitment: minor,
  recalled: minor,
})
const sums = z.object(
  Object.fromEntries(transferableSums.map((name) => [name, minor])) as Record<
    (typeof transferableSums)[number],
    typeof minor
  >,
)
const settled = z.object({ insideCommitment: minor, outsideCommitment: minor })
const storedEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['committed', 'increased', 'decreased', 'released']), amount: minor }),
  z.object({ kind: z.enum(['transferred_in', 'transferred_out']), part: sums.extend(recallables.shape) }),
  calledLine.extend({ kind: z.enum(['called', 'call_reversed']) }),
  settled.extend({ kind: z.enum(['funded', 'written_off']) }),
  z.object({
    kind: z.enum(['distributed', 'distribution_reversed']),
    amount: minor,
    recallable: minor,
    expiresOn: z.string().nullable(),
  }),
])

/** @throws AppError internal when the table has what this version cannot read */
export function eventOf({ kind, happenedOn, data }: StoredEvent): CommitmentEvent {
  const parsed = storedEvent.safeParse({ ...z.object({}).loose().parse(data), kind })
  if (!parsed.success) throw new AppError('internal', { cause: parsed.error })
  return { date: happenedOn, ...parsed.data }
}

/** Everything of an event but its day and kind, as JSON. */
export const dataOf = ({ date: _date, kind: _kind, ...data }: CommitmentEvent): string => withText(data)

const withText = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each))

export function positionOf(row: PositionRow, currency: string): KeptPosition {
  const inMinor = (decimal: string) => toMinor(decimal, currency)
  return {
    investorId: row.investorId,
    feeFree: inMinor(row.feeFree),
    prepaid: inMinor(row.prepaid),
    carries: carries.parse(row.carries),
    defaultedOn: row.defaultedOn,
    lastEventOn: row.lastEventOn,
    ...sumsFrom((name) => inMinor(row[name])),
    ...recallables.parse(row.recallables),
  }
}

export function rowOf(position: KeptPosition, currency: string): NewPositionRow {
  const decimal = (amount: bigint) => fromMinor(amount, currency)
  const { investorId, defaultedOn, lastEventOn, lots, recalls } = position
  return {
    investorId,
    defaultedOn,
    lastEventOn,
    feeFree: decimal(position.feeFree),
    prepaid: decimal(position.prepaid),
    recallables: withText({ lots, recalls }),
    carries: JSON.stringify(
      Object.fromEntries(
        Object.entries(position.carries).map(([kind, { numerator, denominator }]) => [
          kind,
          [String(numerator), String(denominator)],
        ]),
      ),
    ),
    ...sumsFrom((name) => decimal(position[name])),
  }
}

const sumsFrom = <T>(of: (name: (typeof transferableSums)[number]) => T) => ({
  commitment: of('commitment'),
  called: of('called'),
  calledOutside: of('calledOutside'),
  funded: of('funded'),
  fundedOutside: of('fundedOutside'),
  writtenOff: of('writtenOff'),
  writtenOffOutside: of('writtenOffOutside'),
  released: of('released'),
  distributed: of('distributed'),
  recallable: of('recallable'),
})
