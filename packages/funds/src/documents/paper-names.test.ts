// What a reader of the PDF finds in it.
import { expect, it } from 'vitest'
import { renderPaper } from './paper-pdf.ts'
import { textOfPages } from './testing.ts'

/** Without blanks: a name is set in parts, each in the font that has its characters. */
const bare = (text: string) => text.replaceAll(/\s/g, '')
const textOf = async (pdf: Buffer) => bare((await textOfPages(pdf)).join(''))

const names = ['Łukasz Żółć', 'Ελληνική Τράπεζα', 'Дмитрий Ёлкин', 'Nguyễn Văn', 'Müller & Söhne']

it('a document has the names of investors in every script that its fonts know, in facts, headings, tables and totals', async () => {
  for (const name of names) {
    const text = await textOf(
      await renderPaper({
        ...{ from: name, title: name, subtitle: name, facts: [['Investor', name]], footer: name },
        sections: [
          { heading: name, columns: [name, 'Amount'], rows: [{ cells: [name, '1.00'], strong: true }], note: name },
        ],
      }),
    )
    expect([name, text.split(bare(name)).length - 1]).toEqual([name, 9])
  }
}, 60_000)

it('a name that no font knows is shown as replacements, and not dropped', async () => {
  const text = await textOf(
    await renderPaper({
      ...{ from: 'F', title: 'T', subtitle: 'S', facts: [['Investor', '株式会社 Ltd']], sections: [], footer: 'F' },
    }),
  )
  expect(text).toContain('����Ltd')
}, 60_000)
