import { expect, it } from 'vitest'
import { chipsOf } from './filter-words.ts'

const names = {
  ownId: 'me-id',
  member: (id: string) => (id === 'ada-id' ? 'Ada Lovelace' : undefined),
  stage: (stage: string) => (stage === 'CLOSED_WON' ? 'Won' : stage),
}
const labels = (params: Parameters<typeof chipsOf>[0]) => chipsOf(params, names).map(({ label }) => label)

it('says each wish in words, two ends of a range in one', () => {
  expect(
    labels({
      stage: ['CLOSED_WON'],
      ownerId: ['me-id', 'ada-id', 'gone-id'],
      valueMin: ['1000.00'],
      scoreMin: ['40'],
      scoreMax: ['80'],
      closeTo: ['2026-12-31'],
      tag: ['key account'],
      custom: ['industry:software'],
      deleted: ['true'],
    }),
  ).toEqual([
    'Won',
    'Owner: me',
    'Owner: Ada Lovelace',
    'Owner: somebody',
    '#key account',
    'Value: from 1000.00',
    'Score: 40 – 80',
    'Close date: up to Dec 31, 2026',
    'industry: software',
    'In the trash',
  ])
})

it('says what a report asks for', () => {
  const params = { unsourced: ['true'], undated: ['true'], reached: ['CLOSED_WON'], lostReason: ['Price', 'Timing'] }
  expect(labels({ ...params, wasIn: ['LEAD'], qualifiedFrom: ['2026-12-01'] })).toEqual([
    ...['Source not known', 'No close date', 'Reached Won', 'Was in LEAD', 'Lost: Price', 'Lost: Timing'],
    'Came to QUALIFIED: from Dec 1, 2026',
  ])
})

it('takes away one value and leaves its neighbours', () => {
  const [lead] = chipsOf({ stage: ['LEAD', 'QUALIFIED'] }, names)
  expect(lead?.without).toEqual({ stage: ['QUALIFIED'] })
  const [value] = chipsOf({ valueMin: ['1.00'], valueMax: ['2.00'] }, names)
  expect(value?.without).toEqual({ valueMin: null, valueMax: null })
})
