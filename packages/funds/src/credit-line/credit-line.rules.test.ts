import { describe, expect, it } from 'vitest'
import { firstOverpaid } from './credit-line.rules.ts'

const flow = (date: string, drawn: bigint) => ({ date, drawn })

describe('a subscription line', () => {
  it('is repaid at most what is drawn', () => {
    expect(firstOverpaid([])).toBeUndefined()
    expect(firstOverpaid([flow('2025-01-01', 100n), flow('2025-02-01', -100n)])).toBeUndefined()
    expect(firstOverpaid([flow('2025-01-01', 100n), flow('2025-02-01', -101n)])).toEqual({
      date: '2025-02-01',
      amount: 1n,
    })
  })
  it('is not repaid before it is drawn', () => {
    expect(firstOverpaid([flow('2025-01-01', -100n), flow('2025-02-01', 100n)])?.date).toBe('2025-01-01')
  })
  it('is not repaid today what a later day has repaid already', () => {
    // 60 dated back to February: on the 1st of March 60 + 60 are repaid of 100.
    expect(firstOverpaid([flow('2025-01-01', 100n), flow('2025-02-01', -60n), flow('2025-03-01', -60n)])).toEqual({
      date: '2025-03-01',
      amount: 20n,
    })
  })
})
