import { describe, expect, it } from 'vitest'
import { allocateOvercall, amountOfPercentCall, type OvercallParty } from './call-amounts.rules.ts'

describe('a call in per cent', () => {
  it.each([
    ['10', [100_000n, 200_000n], 30_000n],
    ['12.5', [1001n], 125n],
    ['0.5', [100n, 1n], 1n],
    ['100', [7n, 8n], 15n],
  ] as const)('of %s of %s is %s', (share, bases, amount) => {
    expect(amountOfPercentCall(share, bases)).toBe(amount)
  })
  it.each(['0', '0.00', '100.01', '-5', '1e1', '10%', ''])('of %j is refused', (share) => {
    expect(() => amountOfPercentCall(share, [100n])).toThrow(/%|percentage/)
  })
})

describe('a shortfall that others make up for', () => {
  const party = (id: string, more: Partial<OvercallParty> = {}): OvercallParty => ({
    id,
    commitment: 1000n,
    unfunded: 900n,
    original: 100n,
    overcalled: 0n,
    ...more,
  })
  const terms = { capPercent: '50', component: 'investment' } as const
  it('is shared by commitment, each up to the cap of the own line', () => {
    const lines = allocateOvercall(70n, terms, [party('a'), party('b'), party('c', { unfunded: 5n })])
    expect(lines.map(({ id, amount }) => [id, amount])).toEqual([
      ['a', 33n],
      ['b', 32n],
      ['c', 5n],
    ])
  })
  it('counts what was made up for before', () => {
    expect(() => allocateOvercall(1n, terms, [party('a', { overcalled: 50n })])).toThrow('more than the others')
  })
  it('is refused beyond the caps, with how far they reach', () => {
    expect(() => allocateOvercall(101n, terms, [party('a'), party('b')])).toThrow(
      expect.objectContaining({ details: { shortfall: '101', reach: '100' } }),
    )
  })
  it('is refused for a management fee, which nobody pays for another', () => {
    expect(() => allocateOvercall(1n, { ...terms, component: 'fee' }, [party('a')])).toThrow('management fee')
  })
})
