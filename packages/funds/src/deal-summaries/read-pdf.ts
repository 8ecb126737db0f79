import type { PageText } from './passages.rules.ts'

export interface ReadLimits {
  maxPages: number
  maxCharacters: number
}

/** What was read of a document: its text page by page, or why there is none. */
export type ReadText =
  | { pages: PageText[]; pageCount: number; isCut: boolean }
  | { problem: 'encrypted' | 'broken' | 'too_slow' | 'too_large' }

/** Words in the order in which they stand in the file; a word that was broken at the end of a line keeps its hyphen. */
const textOf = (items: readonly object[]): string =>
  items
    .map((item) =>
      'str' in item && typeof item.str === 'string' ? `${item.str}${'hasEOL' in item && item.hasEOL ? '\n' : ''}` : '',
    )
    .join('')
    .replace(/-\n(?=\p{Ll})/gu, '-')
    .replace(/\s+/g, ' ')

/** The text of a PDF. Loads the reader at its first use; runs in a thread of its own (`read-document.ts`). */
export async function readPdf(bytes: Uint8Array, { maxPages, maxCharacters }: ReadLimits): Promise<ReadText> {
  const { getDocument, PasswordException } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  // Nothing is drawn: neither fonts nor programs of the file are of use.
  const task = getDocument({ data: bytes, useSystemFonts: false, disableFontFace: true, useWasm: false, verbosity: 0 })
  try {
    const pdf = await task.promise
    const pages: PageText[] = []
    let characters = 0
    for (let page = 1; page <= Math.min(pdf.numPages, maxPages) && characters < maxCharacters; page++) {
      const loaded = await pdf.getPage(page)
      const text = textOf((await loaded.getTextContent()).items).slice(0, maxCharacters - characters)
      loaded.cleanup()
      characters += text.length
      pages.push({ page, text })
    }
    return { pages, pageCount: pdf.numPages, isCut: pages.length < pdf.numPages || characters >= maxCharacters }
  } catch (error) {
    return { problem: error instanceof PasswordException ? 'encrypted' : 'broken' }
  } finally {
    await task.destroy()
  }
}
