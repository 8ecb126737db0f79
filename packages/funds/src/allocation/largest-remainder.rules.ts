// The one place of the repository that splits an amount among parties (docs/adr/0015). Pure, in minor units.
import { atLeastZero, sumOf } from '../minor-units.ts'
import { type Rational, zero } from '../rational.ts'
import { refused } from '../refused.ts'
import { type Ideal, idealsOf } from './ideals.rules.ts'

/** One who takes a share. */
export interface Party {
  id: string
  /** What the amount is split by: a commitment. Above zero. */
  weight: bigint
  /** The most that the line may be: the unfunded amount. Null where nothing limits it. */
  room: bigint | null
  /** What earlier lines have fallen short of their ideals (below zero: gone beyond them); `carryOf`. */
  carry: Rational
}

/** How a line came about, for whoever checks it by hand: floor + extra cent - taken back. Over one denominator for all lines, so not always reduced. */
export interface Proof {
  /** The exact share, after carry, held between nothing and the room. */
  ideal: Rational
  floor: bigint
  /** What the floor leaves of the ideal; the largest are rounded up. */
  remainder: Rational
  extraCent: boolean
  /** Units of the floor that the line does not have: others are ahead of a small amount, and held at nothing. */
  takenBack: bigint
}

export interface AllocatedLine {
  id: string
  amount: bigint
  proof: Proof
}

/**
 * Splits an amount: floors of the ideals, then one unit each to the largest remainders (tie: larger weight, then lower
 * id). The lines sum to the amount, none is below zero or above its room.
 * @throws AppError unprocessable when nobody takes part, somebody stands there twice, or the rooms are too small
 */
export function allocate(amount: bigint, parties: readonly Party[]): AllocatedLine[] {
  check(amount, parties)
  const ideals = idealsOf(amount, parties)
  const shares = parties.map((party, index) => shareOf(party, ideals[index]))
  const ranked = shares.toSorted(
    (a, b) =>
      compare(b.remainder, a.remainder) || compare(b.party.weight, a.party.weight) || compare(a.party.id, b.party.id),
  )
  const left = Number(amount - sumOf(shares.map(({ floor }) => floor)))
  const roundedUp = new Set(left > 0 ? ranked.slice(0, left) : [])
  const takenBack = left < 0 ? takeBack(ranked, -left) : new Map<Share, bigint>()
  return shares.map((share) => ({
    id: share.party.id,
    amount: share.floor + (roundedUp.has(share) ? 1n : 0n) - (takenBack.get(share) ?? 0n),
    proof: {
      ideal: share.ideal,
      floor: share.floor,
      remainder: { numerator: share.remainder, denominator: share.ideal.denominator },
      extraCent: roundedUp.has(share),
      takenBack: takenBack.get(share) ?? 0n,
    },
  }))
}

interface Share {
  party: Party
  ideal: Ideal
  floor: bigint
  remainder: bigint
}

/** Who is ahead is held at nothing, which can leave less than the floors of the others: the smallest remainders wait. */
function takeBack(ranked: readonly Share[], units: number): Map<Share, bigint> {
  const taken = new Map<Share, bigint>()
  const fromLast = ranked.toReversed()
  let missing = units
  while (missing > 0)
    for (const share of fromLast) {
      const soFar = taken.get(share) ?? 0n
      if (missing === 0 || soFar === share.floor) continue
      taken.set(share, soFar + 1n)
      missing -= 1
    }
  return taken
}

/** All ideals of a call have one denominator, so remainders compare as they are. */
function shareOf(party: Party, ideal: Ideal = zero): Share {
  const numerator = atLeastZero(ideal.numerator)
  const floor = numerator / ideal.denominator
  return { party, ideal: { ...ideal, numerator }, floor, remainder: numerator % ideal.denominator }
}

const compare = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

function check(amount: bigint, parties: readonly Party[]): void {
  if (amount < 0n) throw refused('An amount below zero cannot be shared out.')
  if (new Set(parties.map(({ id }) => id)).size < parties.length) throw refused('Somebody stands there twice.')
  for (const { id, weight, room } of parties)
    if (weight <= 0n || (room !== null && room < 0n))
      throw refused('A share needs a weight above zero and room of zero or more.', { id })
  if (parties.length === 0 && amount > 0n) throw refused('Nobody takes part, so there is nobody to share it out to.')
  const rooms = parties.flatMap(({ room }) => (room === null ? [] : [room]))
  const total = sumOf(rooms)
  if (rooms.length === parties.length && total < amount)
    throw refused('The amount is more than what those who take part have unfunded.', {
      amount: String(amount),
      unfunded: String(total),
      over: String(amount - total),
    })
}

/** An amount split once by weights, without history or limit: a distribution by commitment. */
export const shareOut = (amount: bigint, weights: readonly { id: string; weight: bigint }[]): AllocatedLine[] =>
  allocate(
    amount,
    weights.map((party) => ({ ...party, room: null, carry: zero })),
  )
