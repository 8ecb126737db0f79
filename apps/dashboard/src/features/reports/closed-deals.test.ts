import { dealFilter } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { readQuery } from '../deals/deal-query.ts'
import { closedDeals } from './closed-deals.ts'

const won = 'leadSource=Fair+%26+more&stage=CLOSED_WON&closedFrom=2026-05-01&closedTo=2026-05-31'
const lost = 'stage=CLOSED_LOST&closedFrom=2026-05-01&closedTo=2026-05-31&leadSource=Fair+%26+more'

it('the deals behind a win rate are the won and the lost ones of the same scope, as the list takes it', () => {
  const { params, dropped } = readQuery(new URLSearchParams(closedDeals(won, lost) ?? ''))
  expect(dropped).toEqual([])
  expect(params).toEqual({
    stage: ['CLOSED_WON', 'CLOSED_LOST'],
    leadSource: ['Fair & more'],
    closedFrom: ['2026-05-01'],
    closedTo: ['2026-05-31'],
  })
  expect(dealFilter.safeParse({ ...params, closedFrom: '2026-05-01', closedTo: '2026-05-31' }).success).toBe(true)
})

it('where the two differ in more than the stage, or one has no filter, there is no link', () => {
  expect(closedDeals(won, null)).toBeNull()
  expect(closedDeals(null, lost)).toBeNull()
  expect(closedDeals(won, `${lost}&currency=EUR`)).toBeNull()
  expect(closedDeals(won, won)).toBeNull()
  expect(closedDeals('stage=LEAD', 'stage=CLOSED_LOST')).toBeNull()
})
