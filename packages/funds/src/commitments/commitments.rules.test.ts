import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommitmentEvent, positionOn } from './position.rules.ts'
import { transferOf } from './transfer.rules.ts'

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
      { date: '2025-05-01', kind: 'transferred_out', amount: 400n },
      { date: '2025-06-01', kind: 'transferred_in', amount: 50n },
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

describe('a transfer', () => {
  const position = {
    commitment: 1000n,
    called: 333n,
    funded: 300n,
    released: 0n,
    distributed: 101n,
    stillRecallable: 7n,
  }
  it('takes along the share of everything', () => {
    expect(transferOf(position, 250n).goes).toEqual({
      commitment: 250n,
      called: 83n,
      funded: 75n,
      released: 0n,
      distributed: 25n,
      stillRecallable: 2n,
    })
  })
  it('of all leaves nothing', () => {
    const { stays, goes } = transferOf(position, 1000n)
    expect(goes).toEqual(position)
    expect(Object.values(stays).every((amount) => amount === 0n)).toBe(true)
  })
  it('is refused for nothing and for more than there is', () => {
    for (const amount of [0n, -1n, 1001n]) expect(() => transferOf(position, amount)).toThrow('at most the commitment')
  })
  it('loses no cent and calls neither side beyond its commitment', () => {
    const amounts = fc.tuple(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.nat(1000),
      fc.nat(1000),
      fc.integer({ min: 1, max: 1000 }),
    )
    fc.assert(
      fc.property(amounts, ([commitment, calledShare, fundedShare, goesShare]) => {
        const all = (commitment * BigInt(calledShare)) / 1000n
        const before = { ...position, commitment, called: all, funded: (all * BigInt(fundedShare)) / 1000n }
        const amount = (commitment * BigInt(goesShare)) / 1000n || 1n
        const { stays, goes } = transferOf(before, amount)
        for (const part of ['commitment', 'called', 'funded', 'distributed'] as const)
          expect(stays[part] + goes[part]).toBe(before[part])
        expect(stays.called <= stays.commitment && goes.called <= goes.commitment).toBe(true)
        expect(stays.funded <= stays.called && goes.funded <= goes.called).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
