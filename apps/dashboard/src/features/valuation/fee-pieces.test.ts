import { expect, it } from 'vitest'
import { piecesInWords } from './fee-pieces.ts'

const piece = (from: string, to: string, days: number, amount = '5000000.00') => ({
  ...{ from, to, days, amount, base: 'commitments' as const, rate: '2' },
})

it('days that cost the same are one piece, and others are not', () => {
  const first = piece('2026-01-01', '2026-02-01', 31)
  const second = piece('2026-02-01', '2026-03-01', 28)
  const third = piece('2026-03-01', '2026-04-01', 31, '4000000.00')
  expect(piecesInWords([first, second, third])).toEqual([piece('2026-01-01', '2026-03-01', 59), third])
  expect(piecesInWords([])).toEqual([])
})
