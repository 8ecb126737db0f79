// The parts of a line with their proofs as they are stored: decimals of the currency, shares with six more places.
import type { StoredPart } from '../calls/index.ts'
import { exponentOf, fromMinor, toMinor } from '../minor-units.ts'
import { decimalOf, type Rational } from '../rational.ts'
import type { MatrixLine } from './matrix.rules.ts'

const morePlaces = 6

/** @param weightIn what the investor weighs in a component */
export function partsOf(
  { components }: Pick<MatrixLine, 'components'>,
  currency: string,
  weightIn: (componentId: string) => bigint,
): StoredPart[] {
  const exponent = exponentOf(currency)
  const unit = 10n ** BigInt(exponent)
  const decimal = ({ numerator, denominator }: Rational) =>
    decimalOf({ numerator, denominator: denominator * unit }, exponent + morePlaces)
  return components.map(({ componentId, amount, proof }) => ({
    componentId,
    amount: fromMinor(amount, currency),
    weight: fromMinor(weightIn(componentId), currency),
    ideal: decimal(proof.ideal),
    floor: fromMinor(proof.floor, currency),
    remainder: decimal(proof.remainder),
    extraCent: proof.extraCent,
    takenBack: fromMinor(proof.takenBack, currency),
  }))
}

/** What a carry needs of a stored part. */
export const carriedOf = (
  { amount, weight }: StoredPart,
  component: { kind: string; amount: string; totalWeight: string | null },
  currency: string,
) => ({
  kind: component.kind,
  amount: toMinor(component.amount, currency),
  weight: toMinor(weight, currency),
  totalWeight: BigInt(component.totalWeight ?? '0'),
  line: toMinor(amount, currency),
})
