import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf, snippetOf } from './highlight.rules.ts'

const marked = (text: string, ...terms: string[]) =>
  piecesOf(text, terms)
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('')

describe('the pieces of a text', () => {
  it.each([
    ['Acme Corp', ['acm'], '[Acm]e Corp'],
    ['Pacme', ['acm'], 'Pacme'],
    ['Müller & Söhne', ['muller'], '[Müller] & Söhne'],
    ['Mu\u0308ller', ['mu'], '[Mu\u0308]ller'],
    ['Straße 5', ['strasse'], '[Straße] 5'],
    ['O’Brien', ['obrien'], '[O’Brien]'],
    ["O'Brien", ['brien'], "O'[Brien]"],
    ['Smith-Jones', ['smithjones'], '[Smith-Jones]'],
    ['jo.doe@acme.com', ['@acme.com'], 'jo.doe[@acme.com]'],
    ['jo.doe@acme.com', ['acme.com'], 'jo.doe@[acme.com]'],
    ['growth of growth', ['growth', 'of'], '[growth] [of] [growth]'],
    ['株式会社アクメ', ['アクメ'], '株式会社[アクメ]'],
    ['🚀 launch', ['launch'], '🚀 [launch]'],
    ['<b>bold</b>', ['b'], '<[b]>[b]old</[b]>'],
    ['nothing', [], 'nothing'],
    ['', ['a'], ''],
  ])('of %s with %j are %s', (text, terms, expected) => {
    expect(marked(text, ...terms)).toBe(expected)
  })

  it('are the text again when they are put together, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 4 }),
        (text, terms) => {
          const pieces = piecesOf(text, terms)
          expect(pieces.map((piece) => piece.text).join('')).toBe(text)
          expect(pieces.every((piece) => piece.text !== '')).toBe(true)
        },
      ),
    )
  })
})

describe('a snippet', () => {
  it('shows the words around the first place, from a whole word on', () => {
    const text = `${'before '.repeat(50)}the needle here ${'after '.repeat(50)}`
    const said =
      snippetOf(text, ['needle'])
        ?.map((piece) => piece.text)
        .join('') ?? ''
    expect(said).toMatch(/^… before .*the needle here after .* …$/)
    expect(said.length).toBeLessThan(220)
  })

  it('is nothing when the text does not say it', () => {
    expect(snippetOf('a text', ['needle'])).toBeNull()
  })

  it('is short for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        const said = snippetOf(`${text} needle ${text}`, ['needle'])
        expect(said?.map((piece) => piece.text).join('').length ?? 0).toBeLessThan(260)
      }),
    )
  })
})
