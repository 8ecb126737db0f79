import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommitmentEvent, type Position, positionOn, transferOf } from '../commitments/index.ts'
import { sumOf } from '../minor-units.ts'
import { type Capped, type Recycled, withinCap } from './recycling.rules.ts'

const nothingYet = (commitment: bigint): Recycled => ({ commitment, recallable: 0n })

/** One distribution after the other, each of which makes recallable what it may. */
function recycled(asked: readonly bigint[], before: Recycled, cap: string | null): { lines: Capped[]; end: Recycled } {
  let end = before
  const lines = asked.map((amount) => {
    const line = withinCap(amount, end, cap)
    end = { ...end, recallable: end.recallable + line.recallable }
    return line
  })
  return { lines, end }
}

describe('the recycling cap', () => {
  it.each([
    [null, 5000n, 5000n, 0n],
    ['20', 5000n, 2000n, 3000n],
    ['100', 5000n, 5000n, 0n],
    ['0', 5000n, 0n, 5000n],
    // A third of a cent is nobody's: 12.345 % of 100.00.
    ['12.345', 5000n, 1234n, 3766n],
  ])('of %s per cent makes of 50.00 on a commitment of 100.00 %s recallable', (cap, asked, recallable, aboveCap) => {
    expect(withinCap(asked, nothingYet(10_000n), cap)).toEqual({ recallable, aboveCap })
  })

  it('counts what earlier distributions have made recallable, and gives nothing where they have used it up', () => {
    expect(withinCap(1500n, { commitment: 10_000n, recallable: 1200n }, '20')).toEqual({
      ...{ recallable: 800n, aboveCap: 700n },
    })
    // Terms that allow less hold from then on: what was said before stays.
    expect(withinCap(1500n, { commitment: 10_000n, recallable: 1200n }, '10')).toEqual({
      ...{ recallable: 0n, aboveCap: 1500n },
    })
  })

  it('refuses what is no percentage', () => {
    for (const cap of ['101', '-5', 'all'])
      expect(() => withinCap(1n, nothingYet(1n), cap)).toThrow(expect.objectContaining({ code: 'unprocessable' }))
  })
})

const amounts = (most: bigint) => fc.array(fc.bigInt({ min: 0n, max: most }), { maxLength: 8 })
const commitment = fc.oneof(fc.bigInt({ min: 0n, max: 1000n }), fc.bigInt({ min: 0n, max: 10n ** 14n }))
const cap = fc.integer({ min: 0, max: 100_000_000 }).map((millionths) => String(millionths / 1_000_000))
/** As `number / 1e6` writes them, and never with an exponent. */
const caps = cap.filter((text) => /^\d{1,3}(\.\d{1,6})?$/.test(text))

describe('over many distributions', () => {
  const history = commitment.chain((promised) => fc.tuple(fc.constant(promised), amounts(promised), caps))

  it('it is never exceeded, no line gives back more than it was to, and nothing is lost between the parts', () => {
    fc.assert(
      fc.property(history, ([promised, asked, percent]) => {
        const { lines, end } = recycled(asked, nothingYet(promised), percent)
        // In millionths of a per cent, so that no rounding of the test hides one of the rule.
        const millionths = BigInt(Math.round(Number(percent) * 1_000_000))
        expect(end.recallable * 100_000_000n <= promised * millionths).toBe(true)
        for (const [index, { recallable, aboveCap }] of lines.entries()) {
          expect(recallable >= 0n && aboveCap >= 0n).toBe(true)
          expect(recallable + aboveCap).toBe(asked[index])
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('their order does not matter for the sum, and room is used to the last cent', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), ([promised, asked, percent], keys) => {
        const shuffled = asked
          .map((amount) => ({ amount, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ amount }) => amount)
        const before = nothingYet(promised)
        const { end } = recycled(asked, before, percent)
        expect(recycled(shuffled, before, percent).end).toEqual(end)
        const { recallable: all } = withinCap(sumOf(asked), before, percent)
        expect(end.recallable).toBe(all)
      }),
      { numRuns: 5_000 },
    )
  })

  it('a transfer takes its part of what is used up along: both sides together have the room that one had', () => {
    const cases = fc.record({
      ...{ promised: fc.bigInt({ min: 1n, max: 10n ** 12n }), share: fc.bigInt({ min: 1n, max: 100n }) },
      ...{ asked: fc.array(fc.bigInt({ min: 0n, max: 10n ** 11n }), { minLength: 1, maxLength: 4 }), cap: caps },
    })
    fc.assert(
      fc.property(cases, ({ promised, share, asked, cap: percent }) => {
        const { lines, end } = recycled(asked, nothingYet(promised), percent)
        const position = positionOn([committedTo(promised), ...lines.map(distributed)], '2026-01-01')
        expect(position.recallable).toBe(end.recallable)
        const goesOf = (promised * share) / 100n
        if (goesOf === 0n) return
        const { goes, stays } = transferOf(position, goesOf)
        const room = roomOf(position, percent)
        const after = roomOf(goes, percent) + roomOf(stays, percent)
        // A transfer is rounded to the cent, once for each distribution that can be called back, and so is each side's cap.
        const cents = BigInt(lines.length) + 2n
        expect([after >= room - cents, after <= room + cents]).toEqual([true, true])
      }),
      { numRuns: 5_000 },
    )
  })
})

/** What could be made recallable yet. */
const roomOf = ({ commitment: promised, recallable }: Pick<Position, 'commitment' | 'recallable'>, percent: string) =>
  withinCap(promised, { commitment: promised, recallable }, percent).recallable

const committedTo = (amount: bigint): CommitmentEvent => ({ date: '2025-01-01', kind: 'committed', amount })
const distributed = ({ recallable, aboveCap }: Capped, index: number): CommitmentEvent => ({
  ...{ date: `2025-02-0${index + 1}`, kind: 'distributed', amount: recallable + aboveCap, recallable, expiresOn: null },
})
