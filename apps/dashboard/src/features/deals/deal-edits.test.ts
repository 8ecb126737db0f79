import type { DealView } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { readEdit } from './deal-edits.ts'

const deal: DealView = {
  id: 'a',
  title: 'Deal',
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
  tags: ['old'],
  custom: {},
  version: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
}

it('takes money as people type it, exactly, and refuses what could mean two amounts', () => {
  expect(readEdit('value', deal, ' 1,250.5 ')).toEqual({ changes: { value: '1250.5' } })
  expect(readEdit('value', deal, '9 007 199 254 740 993.01')).toEqual({ changes: { value: '9007199254740993.01' } })
  for (const typed of ['1.250', '-5', 'a lot', '1e5']) expect(readEdit('value', deal, typed).refusal).toBeTruthy()
})

it('takes tags in one spelling, each once', () => {
  expect(readEdit('tags', deal, 'Key Account, key account , vip,')).toEqual({
    changes: { tags: ['key account', 'vip'] },
  })
  expect(readEdit('tags', deal, '')).toEqual({ changes: { tags: [] } })
})

it('takes an emptied field for none, but no deal is without a title', () => {
  expect(readEdit('closeDate', deal, '')).toEqual({ changes: { expectedCloseDate: null } })
  expect(readEdit('probability', { ...deal, probability: 40 }, '')).toEqual({ changes: { probability: null } })
  expect(readEdit('title', deal, '  ').refusal).toBeTruthy()
})

it('asks for nothing when nothing changed', () => {
  expect(readEdit('title', deal, ' Deal ')).toEqual({})
  expect(readEdit('closeDate', deal, '2026-11-05')).toEqual({})
})

it('refuses what is out of range or no day', () => {
  expect(readEdit('probability', deal, '101').refusal).toBeTruthy()
  expect(readEdit('closeDate', deal, '2026-02-31').refusal).toBeTruthy()
})
