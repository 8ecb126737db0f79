import { describe, expect, it } from 'vitest'
import { readPdf } from './read-pdf.ts'
import { encryptedPdf, pdfOf } from './testing.ts'

const limits = { maxPages: 200, maxCharacters: 100_000 }
const read = (bytes: Uint8Array, more: Partial<typeof limits> = {}) =>
  readPdf(new Uint8Array(bytes), { ...limits, ...more })

describe('the text of a PDF', () => {
  it('is read page by page', async () => {
    expect(await read(pdfOf(['One.', 'Two (2).']))).toEqual({
      ...{ pageCount: 2, isCut: false },
      pages: [
        { page: 1, text: 'One.' },
        { page: 2, text: 'Two (2).' },
      ],
    })
  })

  it('is cut at so many pages and so many characters, and says so', async () => {
    const many = pdfOf(Array.from({ length: 300 }, (_, at) => `Page ${at + 1}.`))
    const cut = await read(many)
    expect(cut).toMatchObject({ pageCount: 300, isCut: true })
    expect('pages' in cut && cut.pages).toHaveLength(200)
    expect(await read(many, { maxCharacters: 10 })).toMatchObject({ isCut: true, pages: [{}, { text: 'Pag' }] })
  })

  it('of a file that is locked, broken or empty is not read, and says why', async () => {
    expect(await read(encryptedPdf())).toEqual({ problem: 'encrypted' })
    for (const bytes of [Buffer.from('%PDF-1.7\n%%EOF'), Buffer.alloc(0), pdfOf(['Half.']).subarray(0, 150)])
      expect(await read(bytes)).toEqual({ problem: 'broken' })
  })
})
