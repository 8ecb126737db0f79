import type { DealBoard, DealStage, DealView } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { drop, inPages, onBoard, onDay, put } from './deal-cache.ts'

const deal = (id: string, more: Partial<DealView> = {}): DealView => ({
  id,
  title: `Deal ${id}`,
  value: '10.00',
  currency: 'EUR',
  stage: 'LEAD',
  priority: 'MEDIUM',
  probability: null,
  leadScore: 0,
  leadSource: null,
  owner: null,
  company: null,
  contact: null,
  expectedCloseDate: '2026-11-05',
  stageEnteredAt: '2026-01-01T00:00:00Z',
  closedAt: null,
  lostReason: null,
  notes: null,
  tags: [],
  custom: {},
  version: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
  ...more,
})
const column = (stage: DealStage, deals: DealView[], value: string): DealBoard['columns'][number] => ({
  stage,
  count: deals.length,
  sums: deals.length > 0 ? [{ currency: 'EUR', value }] : [],
  own: [],
  deals,
  nextCursor: null,
})
const pages = (...deals: DealView[]) => ({
  pages: [{ data: deals, page: { nextCursor: null, limit: 50 } }],
  pageParams: [null],
})

it('changes a row where it stands, and never back to an older version', () => {
  const list = pages(deal('a'), deal('b', { version: 3, title: 'Newest' }))
  const renamed = inPages(list, put(deal('a', { version: 2, title: 'Renamed' })))
  const late = inPages(renamed, put(deal('b', { version: 2, title: 'Late' })))
  expect(late?.pages[0]?.data.map(({ title }) => title)).toEqual(['Renamed', 'Newest'])
})

it('takes deleted rows out', () => {
  expect(inPages(pages(deal('a'), deal('b')), drop(new Set(['a'])))?.pages[0]?.data.map(({ id }) => id)).toEqual(['b'])
})

it('moves a card with its count and its sum, to the cent', () => {
  const a = deal('a', { value: '0.10', probability: 5 })
  const board = {
    columns: [column('LEAD', [a, deal('b', { value: '0.20' })], '0.30'), column('QUALIFIED', [], '0.00')],
  }
  const [lead, qualified] = onBoard(board, a, { ...a, stage: 'QUALIFIED' })?.columns ?? []
  expect([lead?.count, lead?.sums, lead?.deals.length]).toEqual([1, [{ currency: 'EUR', value: '0.20' }], 1])
  expect([qualified?.count, qualified?.sums, qualified?.deals[0]?.id]).toEqual([
    1,
    [{ currency: 'EUR', value: '0.10' }],
    'a',
  ])
  expect(qualified?.own).toEqual([{ currency: 'EUR', value: '0.10', timesPercent: '0.50' }])
})

it('puts a deal on another day, one that had none as well', () => {
  const calendar = { days: [{ date: '2026-11-05', deals: [deal('a')] }], truncated: false }
  const days = onDay(calendar, deal('a'), '2026-11-09')?.days
  expect(days?.map(({ date, deals }) => [date, deals.map(({ id }) => id)])).toEqual([
    ['2026-11-05', []],
    ['2026-11-09', ['a']],
  ])
})
