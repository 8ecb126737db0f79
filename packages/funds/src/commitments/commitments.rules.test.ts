import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { larger, smaller, sumOf } from '../minor-units.ts'
import { type CommitmentEvent, type Position, positionOn } from './position.rules.ts'
import { type Transferable, transferableSums, transferOf } from './transfer.rules.ts'

const committed: CommitmentEvent = { date: '2025-01-01', kind: 'committed', amount: 1000n }
const called = (date: string, insideCommitment: bigint, outsideCommitment = 0n, recalled = 0n): CommitmentEvent => ({
  date,
  kind: 'called',
  callId: `call of ${date}`,
  insideCommitment,
  outsideCommitment,
  recalled,
})
/** The call of one day is reversed on another. */
const reversed = (date: string, callDate: string, insideCommitment: bigint, recalled = 0n): CommitmentEvent => ({
  date,
  kind: 'call_reversed',
  callId: `call of ${callDate}`,
  insideCommitment,
  outsideCommitment: 0n,
  recalled,
})
const funded = (date: string, insideCommitment: bigint, outsideCommitment = 0n): CommitmentEvent => ({
  date,
  kind: 'funded',
  insideCommitment,
  outsideCommitment,
})
const distributed = (date: string, amount: bigint, recallable: bigint, expiresOn: string | null): CommitmentEvent => ({
  date,
  kind: 'distributed',
  amount,
  recallable,
  expiresOn,
})

describe('the position of an investor', () => {
  it('keeps what is uncalled apart from what is called and not paid', () => {
    const position = positionOn([committed, called('2025-02-01', 300n), funded('2025-02-20', 200n)], '2025-03-01')
    expect(position).toMatchObject({ called: 300n, funded: 200n, uncalled: 700n, outstanding: 100n, unfunded: 800n })
  })
  it('leaves the commitment alone for what is called outside of it', () => {
    const events = [committed, called('2025-02-01', 300n, 25n), funded('2025-02-20', 300n, 0n)]
    expect(positionOn(events, '2025-03-01')).toMatchObject({ uncalled: 700n, outstanding: 25n, unfunded: 700n })
  })
  it('owes nothing of what was written off, which is not paid in either', () => {
    const events: CommitmentEvent[] = [
      committed,
      called('2025-02-01', 300n, 10n),
      funded('2025-02-20', 298n, 9n),
      { date: '2025-03-01', kind: 'written_off', insideCommitment: 2n, outsideCommitment: 1n },
    ]
    expect(positionOn(events, '2025-02-28')).toMatchObject({ outstanding: 3n, unfunded: 702n })
    expect(positionOn(events, '2025-03-01')).toMatchObject({
      ...{ funded: 298n, fundedOutside: 9n, writtenOff: 2n, writtenOffOutside: 1n },
      ...{ outstanding: 0n, uncalled: 700n, unfunded: 700n },
    })
  })
  it('is the one of the day, in whatever order things were written', () => {
    const events = [called('2025-06-01', 500n), funded('2025-02-20', 300n), committed, called('2025-02-01', 300n)]
    expect(positionOn(events, '2024-12-31')).toMatchObject({ commitment: 0n, uncalled: 0n })
    expect(positionOn(events, '2025-02-01')).toMatchObject({ uncalled: 700n, outstanding: 300n })
    expect(positionOn(events, '2025-05-31')).toMatchObject({ uncalled: 700n, outstanding: 0n })
    expect(positionOn(events, '2025-06-01')).toMatchObject({ uncalled: 200n, outstanding: 500n })
  })
  it('follows dated changes, transfers and releases', () => {
    const events: CommitmentEvent[] = [
      committed,
      { date: '2025-03-01', kind: 'increased', amount: 500n },
      { date: '2025-04-01', kind: 'decreased', amount: 100n },
      { date: '2025-05-01', kind: 'transferred_out', part: justCommitted(400n) },
      { date: '2025-06-01', kind: 'transferred_in', part: justCommitted(50n) },
      { date: '2025-07-01', kind: 'released', amount: 150n },
    ]
    const on = (day: string) => [positionOn(events, day).commitment, positionOn(events, day).uncalled]
    expect(['2025-02-28', '2025-03-01', '2025-04-30', '2025-05-01', '2025-06-01', '2025-07-01'].map(on)).toEqual([
      [1000n, 1000n],
      [1500n, 1500n],
      [1400n, 1400n],
      [1000n, 1000n],
      [1050n, 1050n],
      [1050n, 900n],
    ])
    expect(() =>
      positionOn([committed, { date: '2025-02-01', kind: 'decreased', amount: 1001n }], '2025-02-01'),
    ).toThrow('than it has')
  })
  it('moves back when a payment bounces and when a call is reversed', () => {
    const events = [
      committed,
      called('2025-02-01', 300n),
      funded('2025-02-20', 300n),
      funded('2025-02-25', -300n),
      reversed('2025-03-01', '2025-02-01', 300n),
    ]
    expect(positionOn(events, '2025-02-25')).toMatchObject({ funded: 0n, outstanding: 300n, uncalled: 700n })
    expect(positionOn(events, '2025-03-01')).toMatchObject({ called: 0n, outstanding: 0n, uncalled: 1000n })
  })
})

describe('a recallable distribution', () => {
  const paid = [committed, called('2025-02-01', 600n), funded('2025-02-20', 600n)]
  const back = distributed('2025-06-01', 200n, 150n, '2026-05-31')
  it('raises what can be called until it expires', () => {
    const on = (day: string) => positionOn([...paid, back], day).uncalled
    expect([on('2025-05-31'), on('2025-06-01'), on('2026-05-31'), on('2026-06-01')]).toEqual([400n, 550n, 550n, 400n])
  })
  it('is used up by a recall, which its expiry does not touch', () => {
    const events = [...paid, back, called('2025-09-01', 100n, 0n, 100n)]
    expect(positionOn(events, '2025-09-01')).toMatchObject({ recalled: 100n, stillRecallable: 50n, uncalled: 450n })
    expect(positionOn(events, '2026-06-01')).toMatchObject({ recalled: 100n, stillRecallable: 0n, uncalled: 400n })
  })
  it('that expires first is recalled first', () => {
    const events = [...paid, distributed('2025-05-01', 40n, 40n, null), back, called('2025-09-01', 150n, 0n, 150n)]
    expect(positionOn(events, '2026-06-01')).toMatchObject({ stillRecallable: 40n })
  })
  it('can be recalled again after the call is reversed, until its own end', () => {
    const other = distributed('2025-05-01', 40n, 40n, null)
    const events = [...paid, other, back, called('2025-09-01', 170n, 0n, 170n)]
    const part = [...events, reversed('2025-10-01', '2025-09-01', 30n, 30n)]
    expect(positionOn(part, '2026-06-01')).toMatchObject({ recalled: 140n, stillRecallable: 40n })
    const all = [...part, reversed('2025-11-01', '2025-09-01', 140n, 140n)]
    expect(positionOn(all, '2026-05-31')).toMatchObject({ recalled: 0n, stillRecallable: 190n, uncalled: 590n })
    expect(positionOn(all, '2026-06-01')).toMatchObject({ recalled: 0n, stillRecallable: 40n, uncalled: 440n })
    expect(() => positionOn([...all, reversed('2025-12-01', '2025-09-01', 1n, 1n)], '2025-12-01')).toThrow('so much')
  })
  it('that was recalled by a call that is reversed after its end has still ended', () => {
    const events = [
      ...paid,
      back,
      called('2025-09-01', 100n, 0n, 100n),
      reversed('2026-07-01', '2025-09-01', 100n, 100n),
    ]
    expect(positionOn(events, '2026-07-01')).toMatchObject({ recalled: 0n, stillRecallable: 0n, uncalled: 400n })
  })
  it('cannot be recalled beyond what it is, nor after it has expired', () => {
    expect(() => positionOn([...paid, back, called('2025-09-01', 151n, 0n, 151n)], '2025-09-01')).toThrow(
      expect.objectContaining({ details: { on: '2025-09-01', over: '1' } }),
    )
    expect(() => positionOn([...paid, back, called('2026-06-01', 1n, 0n, 1n)], '2026-06-01')).toThrow('recalled')
    expect(() => positionOn([distributed('2025-06-01', 1n, 2n, null)], '2025-06-01')).toThrow('recallable')
  })
})

/** As at a transfer of some of a commitment of so much; nothing else has happened to it. */
const justCommitted = (commitment: bigint): Transferable => ({
  ...{
    commitment,
    called: 0n,
    calledOutside: 0n,
    funded: 0n,
    fundedOutside: 0n,
    writtenOff: 0n,
    writtenOffOutside: 0n,
  },
  ...{ released: 0n, distributed: 0n, recallable: 0n, lots: [], recalls: [] },
})

describe('a transfer', () => {
  const position: Transferable = {
    ...justCommitted(1000n),
    ...{ called: 333n, funded: 300n, distributed: 101n, recallable: 7n },
    lots: [{ amount: 7n, expiresOn: null }],
  }
  it('takes along the share of everything', () => {
    expect(transferOf(position, 250n).goes).toEqual({
      ...justCommitted(250n),
      ...{ called: 83n, funded: 75n, distributed: 25n, recallable: 2n },
      lots: [{ amount: 2n, expiresOn: null }],
    })
  })
  it('of all leaves nothing', () => {
    const { stays, goes } = transferOf(position, 1000n)
    expect(goes).toEqual(position)
    expect(stays).toEqual({ ...justCommitted(0n), lots: [{ amount: 0n, expiresOn: null }] })
  })
  it('is refused for nothing and for more than there is', () => {
    for (const amount of [0n, -1n, 1001n]) expect(() => transferOf(position, amount)).toThrow('at most the commitment')
  })
  it('is refused where the figures contradict each other', () => {
    for (const wrong of [
      { called: 1001n },
      { funded: 334n },
      { fundedOutside: 1n },
      { recallable: 6n },
      { released: 668n },
    ])
      expect(() => transferOf({ ...position, ...wrong }, 250n)).toThrow('does not fit')
  })
  it('cannot call the buyer again for what the seller was called, nor leave the seller below zero', () => {
    const seller = [committed, called('2025-02-01', 800n, 3n), funded('2025-02-20', 800n, 3n)]
    const { goes } = transferOf(positionOn(seller, '2025-03-01'), 600n)
    const out: CommitmentEvent = { date: '2025-03-01', kind: 'transferred_out', part: goes }
    const taken: CommitmentEvent = { date: '2025-03-01', kind: 'transferred_in', part: goes }
    expect(positionOn([...seller, out], '2025-03-01')).toMatchObject({ commitment: 400n, called: 320n, uncalled: 80n })
    expect(positionOn([taken], '2025-03-01')).toMatchObject({
      ...{ commitment: 600n, called: 480n, funded: 480n, uncalled: 120n },
      ...{ calledOutside: 2n, fundedOutside: 2n, outstanding: 0n },
    })
    expect(() => positionOn([...seller, out, { ...out, date: '2025-03-02' }], '2025-03-02')).toThrow('than there is')
  })
  it('lets a call be reversed afterwards on both sides, each with the end of what it recalled', () => {
    const seller = [
      ...[committed, called('2025-02-01', 600n), funded('2025-02-20', 600n)],
      ...[distributed('2025-06-01', 200n, 150n, '2026-05-31'), called('2025-09-01', 100n, 0n, 100n)],
    ]
    const { goes } = transferOf(positionOn(seller, '2025-10-01'), 500n)
    const out: CommitmentEvent = { date: '2025-10-01', kind: 'transferred_out', part: goes }
    const taken: CommitmentEvent = { date: '2025-10-01', kind: 'transferred_in', part: goes }
    for (const events of [[...seller, out], [taken]]) {
      const later = [...events, reversed('2025-11-01', '2025-09-01', 50n, 50n)]
      expect(positionOn(later, '2026-05-31')).toMatchObject({ recalled: 0n, stillRecallable: 75n, uncalled: 275n })
      expect(positionOn(later, '2026-06-01')).toMatchObject({ stillRecallable: 0n, uncalled: 200n })
    }
  })
  it('has nothing below zero on either side, now and after everything recallable has ended, and loses no cent', () => {
    const upTo = (most: bigint) => fc.bigInt({ min: 0n, max: most })
    const history = fc.record({
      ...{ commitment: fc.bigInt({ min: 1n, max: 300n }), size: fc.constantFrom(1n, 10n ** 10n) },
      ...{ first: upTo(10n), paid: upTo(10n), back: upTo(10n), second: upTo(10n), third: upTo(10n), goes: upTo(10n) },
      ...{ outside: upTo(9n), released: upTo(10n), odd: upTo(3n) },
    })
    fc.assert(
      fc.property(history, (of) => {
        const commitment = of.commitment * of.size + of.odd
        const first = (commitment * of.first) / 10n
        const paid = (first * of.paid) / 10n
        const back = (paid * of.back) / 10n
        const recalled = (back * of.second) / 10n
        const lots = [back / 3n, back - back / 3n - back / 5n]
        const recall = smaller(recalled, sumOf(lots))
        const fresh = ((commitment - first) * of.third) / 10n
        const events: CommitmentEvent[] = [
          { ...committed, date: '2025-01-01', kind: 'committed', amount: commitment },
          ...[called('2025-02-01', first, of.outside), funded('2025-02-02', paid, of.outside / 2n)],
          ...[
            distributed('2025-03-01', back, lots[0] ?? 0n, '2025-12-31'),
            distributed('2025-03-02', back, lots[1] ?? 0n, null),
          ],
          called('2025-04-01', recall + fresh, 0n, recall),
          { date: '2025-04-02', kind: 'written_off', insideCommitment: (first - paid) / 2n, outsideCommitment: 0n },
          { date: '2025-04-03', kind: 'released', amount: ((commitment - first - fresh) * of.released) / 10n },
        ]
        const before = positionOn(events, '2025-05-01')
        const amount = larger(1n, (commitment * of.goes) / 10n)
        const { stays, goes } = transferOf(before, amount)
        for (const sum of transferableSums) expect(stays[sum] + goes[sum]).toBe(before[sum])
        const sellers: CommitmentEvent[] = [...events, { date: '2025-05-01', kind: 'transferred_out', part: goes }]
        const buyers: CommitmentEvent[] = [{ date: '2025-05-01', kind: 'transferred_in', part: goes }]
        for (const day of ['2025-05-01', '2026-01-01']) {
          const [whole, seller, buyer] = [events, sellers, buyers].map((each) => figuresOf(positionOn(each, day)))
          for (const [name, figure] of Object.entries(whole ?? {})) {
            const [sold = -1n, bought = -1n] = [seller?.[name], buyer?.[name]]
            expect([name, sold >= 0n, bought >= 0n, sold + bought]).toEqual([name, true, true, figure])
          }
        }
        expect([stays.funded <= stays.called, goes.funded <= goes.called]).toEqual([true, true])
      }),
      { numRuns: 2000 },
    )
  })
})

const figuresOf = (position: Position): Record<string, bigint> =>
  Object.fromEntries(Object.entries(position).filter(([, figure]) => typeof figure === 'bigint'))
