import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../minor-units.ts'
import {
  type AppliedReceipt,
  applyReceipt,
  bounceReceipt,
  drawPrepaid,
  type InvestorAccount,
  receivePrepaid,
  refundPrepaid,
  toleratedShortfall,
} from './investor-account.rules.ts'

const line = (lineId: string, due: bigint, applied = 0n, dueDate = '2026-03-31', fromPrepaid = 0n) => ({
  lineId,
  due,
  applied,
  fromPrepaid,
  writtenOff: 0n,
  dueDate,
})
const account = (prepaid: bigint, ...lines: ReturnType<typeof line>[]): InvestorAccount => ({ lines, prepaid })
const applied = ({ lines }: InvestorAccount) => lines.map((each) => each.applied)

describe('a receipt', () => {
  it('is applied to its line, part by part', () => {
    const first = applyReceipt(account(0n, line('one', 100n)), { lineId: 'one', amount: 60n })
    expect(first.moves).toEqual([{ on: 'line', lineId: 'one', from: 'receipt', amount: 60n }])
    const second = applyReceipt(first.account, { lineId: 'one', amount: 40n })
    expect(second.account).toEqual(account(0n, line('one', 100n, 100n)))
  })
  it('leaves its excess prepaid, and other lines alone', () => {
    const { moves, account: now } = applyReceipt(account(5n, line('one', 100n, 70n), line('two', 50n)), {
      lineId: 'one',
      amount: 45n,
    })
    expect(moves).toEqual([
      { on: 'line', lineId: 'one', from: 'receipt', amount: 30n },
      { on: 'prepaid', amount: 15n },
    ])
    expect([applied(now), now.prepaid]).toEqual([[100n, 0n], 20n])
  })
  it('is refused without an amount, and for a line of somebody else', () => {
    expect(() => applyReceipt(account(0n, line('one', 100n)), { lineId: 'one', amount: 0n })).toThrow('above zero')
    expect(() => applyReceipt(account(0n), { lineId: 'one', amount: 1n })).toThrow('does not belong')
    expect(() => receivePrepaid(account(0n), -1n)).toThrow('above zero')
  })
})

describe('what is prepaid', () => {
  it('pays the next call, the oldest line first', () => {
    const { account: now, moves } = drawPrepaid(
      account(120n, line('late', 100n, 0n, '2026-06-30'), line('early', 100n, 40n, '2026-03-31')),
    )
    expect([applied(now), now.prepaid]).toEqual([[60n, 100n], 0n])
    expect(now.lines.map(({ fromPrepaid }) => fromPrepaid)).toEqual([60n, 60n])
    expect(moves[0]).toEqual({ on: 'line', lineId: 'early', from: 'prepaid', amount: 60n })
    expect(drawPrepaid(account(0n, line('one', 1n))).moves).toEqual([])
  })
  it('is refunded up to what it is', () => {
    expect(refundPrepaid(account(20n), 20n).account.prepaid).toBe(0n)
    expect(() => refundPrepaid(account(20n), 21n)).toThrow(expect.objectContaining({ details: { prepaid: '20' } }))
  })
})

describe('a receipt that bounces', () => {
  it('moves its line back, and its excess', () => {
    const before = account(3n, line('one', 100n, 20n))
    const { account: paid } = applyReceipt(before, { lineId: 'one', amount: 90n })
    const bounced = bounceReceipt(paid, { lineId: 'one', onLine: 80n, prepaid: 10n })
    expect(bounced.account).toEqual(before)
    expect(bounced.owed).toBe(0n)
  })
  it('takes its excess from the youngest lines when it was drawn since', () => {
    const now = account(
      0n,
      line('one', 100n, 100n),
      line('two', 50n, 50n, '2026-06-30', 30n),
      line('three', 9n, 9n, '2026-09-30', 9n),
    )
    const { account: after, owed } = bounceReceipt(now, { lineId: 'one', onLine: 100n, prepaid: 20n })
    expect([applied(after), owed]).toEqual([[0n, 39n, 0n], 0n])
  })
  it('takes nothing from lines that other wires have paid', () => {
    const now = account(
      0n,
      line('one', 100n, 100n),
      line('two', 50n, 50n, '2026-06-30', 5n),
      line('three', 9n, 9n, '2026-09-30'),
    )
    const { account: after, owed } = bounceReceipt(now, { lineId: 'one', onLine: 100n, prepaid: 20n })
    expect([applied(after), owed]).toEqual([[0n, 45n, 9n], 15n])
    expect(after.lines.map(({ fromPrepaid }) => fromPrepaid)).toEqual([0n, 0n, 0n])
  })
  it('leaves its own line what other wires and prepaid money have paid there', () => {
    const now = account(0n, line('one', 100n, 100n, '2026-03-31', 30n))
    const { account: after, owed } = bounceReceipt(now, { lineId: 'one', onLine: 60n, prepaid: 0n })
    expect([applied(after), owed]).toEqual([[40n], 0n])
    expect(after.lines.map(({ fromPrepaid }) => fromPrepaid)).toEqual([30n])
  })
  it('is owed where the excess was refunded', () => {
    expect(bounceReceipt(account(0n, line('one', 10n, 10n)), { lineId: 'one', onLine: 10n, prepaid: 7n }).owed).toBe(7n)
  })
})

describe('a wire that arrives short', () => {
  it('may be written off within the tolerance of the fund, and else stays outstanding', () => {
    const short = { due: 100_000n, applied: 98_500n, writtenOff: 0n }
    expect(toleratedShortfall(short, 2500n)).toBe(1500n)
    expect(toleratedShortfall(short, 1499n)).toBeNull()
    expect(toleratedShortfall({ due: 10n, applied: 0n, writtenOff: 0n }, 2500n)).toBeNull()
    expect(toleratedShortfall({ due: 10n, applied: 10n, writtenOff: 0n }, 2500n)).toBeNull()
  })
  it('is no longer due once it is written off, so money that comes later is prepaid', () => {
    const written = { ...line('one', 100n, 98n), writtenOff: 2n }
    expect(toleratedShortfall(written, 2500n)).toBeNull()
    expect(applyReceipt(account(0n, written), { lineId: 'one', amount: 2n }).account.prepaid).toBe(2n)
    expect(drawPrepaid(account(5n, written)).moves).toEqual([])
  })
})

describe('whatever happens', () => {
  const lineIds = ['a', 'b', 'c'] as const
  const happening = fc.oneof(
    fc.record({
      kind: fc.constant('receive' as const),
      lineId: fc.constantFrom(...lineIds),
      amount: fc.bigInt({ min: 1n, max: 200n }),
    }),
    fc.record({ kind: fc.constantFrom('draw' as const, 'refund' as const) }),
    fc.record({ kind: fc.constant('bounce' as const), which: fc.nat() }),
  )
  it('every cent is on a line, prepaid, or went back, and no line loses what another wire has paid', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), (list) => {
        let now = account(0n, ...lineIds.map((id, index) => line(id, 100n, 0n, `2026-0${index + 1}-28`)))
        let held = 0n
        const receipts: (AppliedReceipt & { amount: bigint })[] = []
        for (const one of list) {
          if (one.kind === 'receive') {
            const done = applyReceipt(now, one)
            const prepaid = sumOf(done.moves.map((move) => (move.on === 'prepaid' ? move.amount : 0n)))
            receipts.push({ lineId: one.lineId, onLine: one.amount - prepaid, prepaid, amount: one.amount })
            now = done.account
            held += one.amount
          } else if (one.kind === 'draw') now = drawPrepaid(now).account
          else if (one.kind === 'refund' && now.prepaid > 0n) {
            held -= now.prepaid
            now = refundPrepaid(now, now.prepaid).account
          } else if (one.kind === 'bounce') {
            const [receipt] = receipts.splice(one.which % (receipts.length || 1), 1)
            if (!receipt) continue
            const done = bounceReceipt(now, receipt)
            held -= receipt.amount - done.owed
            now = done.account
          }
          expect(now.prepaid + sumOf(applied(now))).toBe(held)
          for (const each of now.lines) {
            const ofWires = receipts.filter(({ lineId }) => lineId === each.lineId)
            expect(each.applied - each.fromPrepaid).toBe(sumOf(ofWires.map(({ onLine }) => onLine)))
            expect(each.fromPrepaid >= 0n).toBe(true)
          }
          expect(now.prepaid >= 0n && now.lines.every((each) => each.applied >= 0n && each.applied <= each.due)).toBe(
            true,
          )
        }
      }),
      { numRuns: 2000 },
    )
  })
})
