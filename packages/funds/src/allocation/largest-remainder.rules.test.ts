import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smaller, sumOf, toMinor } from '../minor-units.ts'
import { isAbove, one, plus, rational, zero } from '../rational.ts'
import { carryOf, type TakenPart } from './carry.rules.ts'
import { type AllocatedLine, allocate, type Party, shareOut } from './largest-remainder.rules.ts'

const euros = (...amounts: string[]) => amounts.map((amount) => toMinor(amount, 'EUR'))
const named = (weights: readonly bigint[]) =>
  weights.map((weight, index) => ({ id: `lp-${String(index).padStart(2, '0')}`, weight }))

/** Calls one after the other of the same investors, each with what rounding has left over. */
function callAll(commitments: readonly bigint[], calls: readonly bigint[]) {
  const totalWeight = sumOf(commitments)
  const called = commitments.map(() => 0n)
  let before = 0n
  return calls.map((amount) => {
    const lines = allocate(
      amount,
      named(commitments).map(({ id, weight }, index): Party => {
        const lines = called[index] ?? 0n
        return { id, weight, room: weight - lines, carry: carryOf([{ amount: before, weight, totalWeight, lines }]) }
      }),
    ).map((line) => line.amount)
    for (const [index, line] of lines.entries()) called[index] = (called[index] ?? 0n) + line
    before += amount
    return lines
  })
}

describe('an amount that is shared out', () => {
  it.each([
    [
      'three equal investors, 100,000.00',
      ['1000000', '1000000', '1000000'],
      '100000.00',
      ['33333.34', '33333.33', '33333.33'],
    ],
    [
      'investors of 1 to 7 million, 1,234,567.89',
      ['1000000', '2000000', '3000000', '4000000', '5000000', '6000000', '7000000'],
      '1234567.89',
      ['44091.71', '88183.42', '132275.13', '176366.84', '220458.55', '264550.26', '308641.98'],
    ],
    [
      '5, 7.5 and 7.5 million, 5 million',
      ['5000000', '7500000', '7500000'],
      '5000000',
      ['1250000', '1875000', '1875000'],
    ],
    [
      'six equal investors, 100.00, where halves rounded up would give 100.02',
      ['1', '1', '1', '1', '1', '1'],
      '100.00',
      ['16.67', '16.67', '16.67', '16.67', '16.66', '16.66'],
    ],
    ['15 cents over 4/5, 2/25 and 3/25', ['20', '2', '3'], '0.15', ['0.12', '0.01', '0.02']],
  ])('%s', (_, weights, amount, expected) => {
    const lines = shareOut(toMinor(amount, 'EUR'), named(euros(...weights)))
    expect(lines.map((line) => line.amount)).toEqual(euros(...expected))
  })

  it('is 1,000,000.00 for eleven equal investors too, not 999,999.99', () => {
    expect(sumOf(shareOut(100_000_000n, named(Array(11).fill(7n))).map(({ amount }) => amount))).toBe(100_000_000n)
  })

  it('has a proof in each line: ideal, floor, remainder, and whether it was rounded up', () => {
    const [first, second] = shareOut(10_000n, named([1n, 1n, 1n]))
    expect(first).toEqual({
      id: 'lp-00',
      amount: 3334n,
      proof: {
        ideal: rational(10_000n, 3n),
        floor: 3333n,
        remainder: rational(1n, 3n),
        extraCent: true,
        takenBack: 0n,
      },
    })
    expect(second?.proof).toMatchObject({ floor: 3333n, extraCent: false })
  })

  it('gives a cent of equal remainders to the larger commitment, then to the lower id', () => {
    const of = (parties: { id: string; weight: bigint }[], amount: bigint) =>
      shareOut(amount, parties).map((line) => [line.id, line.amount])
    // 1.5 and 0.5
    expect(
      of(
        [
          { id: 'a', weight: 1n },
          { id: 'b', weight: 3n },
        ],
        2n,
      ),
    ).toEqual([
      ['a', 0n],
      ['b', 2n],
    ])
    expect(
      of(
        [
          { id: 'b', weight: 1n },
          { id: 'a', weight: 1n },
        ],
        1n,
      ),
    ).toEqual([
      ['b', 0n],
      ['a', 1n],
    ])
  })

  it('does not depend on the order of the parties', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 }), (weights) => {
        const parties = named(weights)
        const byId = (lines: readonly { id: string; amount: bigint }[]) =>
          Object.fromEntries(lines.map(({ id, amount }) => [id, amount]))
        expect(byId(shareOut(1_000_001n, parties.toReversed()))).toEqual(byId(shareOut(1_000_001n, parties)))
      }),
    )
  })

  it('is refused when it is below zero, when nobody takes part, and when somebody stands there twice', () => {
    const party = { id: 'a', weight: 1n, room: 5n, carry: zero }
    expect(() => allocate(-1n, [party])).toThrow('below zero')
    expect(() => allocate(1n, [])).toThrow('Nobody')
    expect(() => allocate(1n, [party, party])).toThrow('twice')
    expect(() => allocate(1n, [{ ...party, weight: 0n }])).toThrow('weight')
    expect(() => allocate(6n, [party])).toThrow(
      expect.objectContaining({ code: 'unprocessable', details: { amount: '6', unfunded: '5', over: '1' } }),
    )
  })
})

describe('calls one after the other', () => {
  it('end at every commitment where a largest remainder of each call by itself would call 485 of 484', () => {
    expect(callAll([780n, 461n, 484n, 668n, 389n, 808n], [117n, 268n, 1614n, 1591n])).toEqual([
      [25n, 15n, 16n, 22n, 13n, 26n],
      [59n, 34n, 36n, 49n, 29n, 61n],
      [350n, 208n, 217n, 301n, 175n, 363n],
      [346n, 204n, 215n, 296n, 172n, 358n],
    ])
  })

  it('leave three equal investors a cent apart at most after ten calls of 100.00', () => {
    const totals = [0, 1, 2].map((index) =>
      sumOf(callAll([10n ** 9n, 10n ** 9n, 10n ** 9n], Array(10).fill(10_000n)).map((lines) => lines[index] ?? 0n)),
    )
    expect(totals).toEqual([33_334n, 33_333n, 33_333n])
  })

  it('take nothing back where a cumulative target would (1 of the first investor, then 0)', () => {
    expect(
      callAll([8n, 48n, 22n, 58n, 47n], [14n, 1n])
        .flat()
        .every((line) => line >= 0n),
    ).toBe(true)
  })
})

/** As whoever checks a notice by hand does. */
function expectProof({ amount, proof: { ideal, floor, remainder, extraCent, takenBack } }: AllocatedLine): void {
  expect(floor).toBe(ideal.numerator / ideal.denominator)
  expect(plus(rational(floor), remainder)).toEqual(rational(ideal.numerator, ideal.denominator))
  expect(floor + (extraCent ? 1n : 0n) - takenBack).toBe(amount)
}

/** A fund, and what is called from it until all is called. */
const lifeOfFund = fc
  .tuple(
    fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 9 }),
    fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 8, maxLength: 12 }),
  )
  .map(([commitments, sizes]) => {
    const total = sumOf(commitments)
    let left = total
    const calls = sizes.flatMap((size) => {
      const amount = (total * BigInt(size)) / 6000n
      if (amount === 0n || amount > left) return []
      left -= amount
      return [amount]
    })
    return { commitments, calls: left > 0n ? [...calls, left] : calls }
  })

describe('whatever is called', () => {
  it('over 100,000 random calls: sums are exact, no line is below zero or above the unfunded, all ends at 100 %', () => {
    let count = 0
    let furthest = zero
    while (count < 100_000)
      fc.assert(
        fc.property(lifeOfFund, ({ commitments, calls }) => {
          const total = sumOf(commitments)
          const called = commitments.map(() => 0n)
          let sum = 0n
          for (const [number, lines] of callAll(commitments, calls).entries()) {
            count += 1
            const amount = calls[number] ?? 0n
            sum += amount
            if (sumOf(lines) !== amount) throw new Error('the lines do not sum to the call')
            for (const [index, line] of lines.entries()) {
              const commitment = commitments[index] ?? 0n
              const soFar = (called[index] ?? 0n) + line
              called[index] = soFar
              if (line < 0n || soFar > commitment) throw new Error('a line is below zero or above the unfunded')
              const distance = rational(sum * commitment - soFar * total, total)
              const far = distance.numerator < 0n ? { ...distance, numerator: -distance.numerator } : distance
              if (isAbove(far, furthest)) furthest = far
            }
          }
          expect(called).toEqual([...commitments])
        }),
        { numRuns: 500, seed: count },
      )
    expect(count).toBeGreaterThanOrEqual(100_000)
    expect(isAbove(one, furthest), 'the furthest that anybody was from the ideal').toBe(true)
  }, 60_000)
})

describe('carries that do not fit', () => {
  const carries = fc.bigInt({ min: -300n, max: 300n }).map((hundredths) => rational(hundredths, 100n))
  const parties = fc.array(
    fc.record({ weight: fc.bigInt({ min: 1n, max: 1000n }), room: fc.bigInt({ min: 0n, max: 50n }), carry: carries }),
    { minLength: 1, maxLength: 8 },
  )
  it('never keep the lines from summing, nor move them below zero or above the room, and each proof adds up', () => {
    let takenBack = 0
    fc.assert(
      fc.property(parties, fc.bigInt({ min: 0n, max: 400n }), (list, wanted) => {
        const rooms = sumOf(list.map(({ room }) => room))
        const amount = smaller(wanted, rooms)
        const lines = allocate(
          amount,
          list.map((party, index) => ({ ...party, id: `lp-${index}` })),
        )
        expect(sumOf(lines.map((line) => line.amount))).toBe(amount)
        for (const [index, line] of lines.entries()) {
          expectProof(line)
          takenBack += line.proof.takenBack > 0n ? 1 : 0
          expect(line.amount >= 0n).toBe(true)
          expect(line.amount <= (list[index]?.room ?? 0n)).toBe(true)
        }
      }),
      { numRuns: 5000 },
    )
    expect(takenBack, 'lines with cents that were taken back').toBeGreaterThan(100)
  })

  it('give a cent back where those who are ahead are held at nothing, and the proof says so', () => {
    const party = (id: string, carry: bigint) => ({ id, weight: 1n, room: null, carry: rational(carry) })
    const lines = allocate(1n, [party('a', -1n), party('b', -1n), party('c', 1n), party('d', 1n)])
    expect(lines.map(({ amount, proof }) => [amount, proof.floor, proof.takenBack])).toEqual([
      [0n, 0n, 0n],
      [0n, 0n, 0n],
      [1n, 1n, 0n],
      [0n, 1n, 1n],
    ])
  })

  it('surprise nobody: what is more than a cent is no rounding', () => {
    const party = (id: string, hundred: bigint) => ({ id, weight: 1n, room: 1000n, carry: rational(hundred) })
    const lines = allocate(10n, [party('a', 100n), party('b', -50n), party('c', -50n)])
    expect(lines.map((line) => line.amount)).toEqual([5n, 3n, 2n])
  })
})

describe('a fund whose calls differ', () => {
  const someone = fc.record({ weight: fc.bigInt({ min: 1n, max: 10n ** 8n }), outOf: fc.constantFrom(0, 2, 3) })
  const calls = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 })
  it('keeps everybody within the exact share of what they took part in, whoever is excused from what', () => {
    let count = 0
    fc.assert(
      fc.property(fc.array(someone, { minLength: 2, maxLength: 7 }), calls, (people, sizes) => {
        const parties = named(people.map(({ weight }) => weight))
        const history = parties.map((): TakenPart[] => [])
        for (const [number, size] of sizes.entries()) {
          const isIn = people.map(({ outOf }) => outOf === 0 || number % outOf !== 0)
          const taking = parties.filter((_, index) => isIn[index])
          if (taking.length === 0) continue
          const totalWeight = sumOf(taking.map(({ weight }) => weight))
          const amount = (totalWeight * BigInt(size)) / 1000n
          const lines = allocate(
            amount,
            parties.flatMap((party, index) =>
              isIn[index] ? [{ ...party, room: party.weight, carry: carryOf(history[index] ?? []) }] : [],
            ),
          )
          for (const line of lines) expectProof(line)
          expect(sumOf(lines.map((line) => line.amount))).toBe(amount)
          for (const [index, { id, weight }] of parties.entries()) {
            const line = lines.find((each) => each.id === id)
            if (!line) continue
            count += 1
            const past = history[index] ?? []
            past.push({ amount, weight, totalWeight, lines: line.amount })
            const carry = carryOf(past)
            expect(isAbove(rational(2n), carry) && isAbove(carry, rational(-2n)), 'two cents at most').toBe(true)
          }
        }
      }),
      { numRuns: 500 },
    )
    expect(count).toBeGreaterThan(5000)
  }, 60_000)
})
