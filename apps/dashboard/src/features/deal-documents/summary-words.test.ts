import { formatDay } from '@throughline/ui'
import { describe, expect, it } from 'vitest'
import { doubtOf, leftOut, removedWord, shownNumbers, writtenBy } from './summary-words.ts'

const source = { documentId: 'd', name: 'memo.pdf', pages: 300, pagesRead: 200, isCut: true, problem: null }

describe('a summary on the screen', () => {
  it('says who wrote it, and that nobody did', () => {
    expect(writtenBy({ provider: 'offline', model: null })).toContain('without a model')
    expect(writtenBy({ provider: 'openai', model: 'large' })).toContain('Written by large (openai)')
  })

  it('says what of the documents was left out, and nothing where all was read', () => {
    expect(leftOut(source)).toBe('Of memo.pdf, 200 of 300 pages were read.')
    expect(leftOut({ ...source, pagesRead: 300 })).toBe('Of memo.pdf, the beginning was read.')
    expect(leftOut({ ...source, problem: 'encrypted' })).toBe('memo.pdf is locked with a password.')
    expect(leftOut({ ...source, isCut: false })).toBeNull()
  })

  it('says what is wrong with a sentence', () => {
    expect(doubtOf({ doubt: null, missing: [] })).toBeNull()
    expect(doubtOf({ doubt: 'figures', missing: ['18%', 'EUR 3 million'] })).toBe(
      'The cited passages do not say 18%, EUR 3 million.',
    )
  })

  it('says who has removed a document that it cites, and when', () => {
    const gone = { documentId: 'd', name: 'memo.pdf', removedAt: '2026-11-21T23:30:00.000Z', removedBy: 'Mara' }
    expect(removedWord(gone)).toContain(`memo.pdf was removed by Mara on ${formatDay('2026-11-21')}.`)
    expect(removedWord({ ...gone, removedBy: null })).toContain('memo.pdf was removed on')
  })

  it('numbers passages in the order in which they are cited', () => {
    expect([...shownNumbers([{ citations: [40, 7] }, { citations: [7, 2] }])]).toEqual([
      [40, 1],
      [7, 2],
      [2, 3],
    ])
  })
})
