import { describe, expect, it } from 'vitest'
import { composePost, offlineNotice, quotesFor } from './offline-writer.ts'
import type { Brief } from './port.ts'
import { readNotes } from './revision-notes.ts'

const brief: Brief = {
  topic: 'Why reserves decide a vintage',
  audience: 'family offices',
  keywords: ['reserves', 'pacing'],
  brandVoice: 'Measured and precise.',
  documents: [
    {
      id: '1',
      title: 'Principles',
      body: 'We like lunch a great deal, as everybody who works here knows. Reserves are set at a third of every first commitment.',
    },
    { id: '2', title: 'Menu', body: 'Soup is served on Tuesdays in the small room on the second floor.' },
  ],
}
const words = (text: string) => text.split(/\s+/).length

describe('the offline writer', () => {
  it('writes the same post for the same brief, and another one for another topic', () => {
    expect(composePost(brief)).toBe(composePost({ ...brief }))
    expect(composePost({ ...brief, topic: 'Something else' })).not.toBe(composePost(brief))
  })

  it('says that no model was used', () => {
    expect(composePost(brief)).toContain(offlineNotice)
  })

  it('is a post: a title, sections, the keywords, the audience, a length that can be read', () => {
    const post = composePost(brief)
    expect(post).toMatch(/^# Why reserves decide a vintage\n/)
    expect(post.match(/^## /gm)?.length).toBeGreaterThanOrEqual(4)
    for (const word of [...brief.keywords, brief.audience]) expect(post).toContain(word)
    expect(words(post)).toBeGreaterThan(350)
    expect(words(post)).toBeLessThan(1000)
    expect(post).not.toMatch(/[.!?] [a-z]/)
  })

  it('quotes what fits from the documents, and names the document', () => {
    expect(quotesFor(brief)[0]).toMatchObject({
      title: 'Principles',
      sentence: 'Reserves are set at a third of every first commitment.',
    })
    expect(quotesFor(brief).map(({ title }) => title)).toEqual(['Principles'])
    expect(composePost(brief)).toContain('*Principles*: “Reserves are set at a third')
  })

  it('writes in another tone for another voice', () => {
    expect(composePost({ ...brief, brandVoice: 'Warm and direct.' })).toContain('## What to do this week')
    expect(composePost(brief)).toContain('## Where this leaves us')
  })

  it('answers notes: a section that was asked for, and fewer words', () => {
    const body = composePost(brief)
    const revision = composePost({
      ...brief,
      revision: { title: brief.topic, body, notes: 'Add a section about follow-on rounds and make it shorter.' },
    })
    expect(revision).toContain('## Follow-on rounds')
    expect(words(revision)).toBeLessThan(words(body))
  })
})

it.for([
  ['Please add a section about taxes.', false, 'taxes'],
  ['Too long. Mention the investment committee, please', true, 'the investment committee'],
  ['Include a paragraph on pacing and make it shorter', true, 'pacing'],
  ['I do not like it', false, undefined],
] as const)('understands “%s”', ([text, shorter, section]) => {
  expect(readNotes(text)).toEqual({ text, shorter, section })
})
