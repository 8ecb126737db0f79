import { aliveBytes } from '@throughline/testing'
import { expect, it } from 'vitest'
import type { Paper } from './paper.rules.ts'
import { renderPaper } from './paper-pdf.ts'
import { textOfPages } from './testing.ts'

const paperOf = (name: string, rows: number): Paper => ({
  from: 'Firm',
  title: `Notice ${name}`,
  subtitle: 'Of a call',
  facts: [['Investor', name]],
  sections: [
    {
      heading: 'Amounts',
      columns: ['', 'Fund', 'You'],
      rows: Array.from({ length: rows }, (_, row) => ({ cells: [`Row ${row}`, '1,000.00', `${row}.00`] })),
    },
  ],
  footer: `Fund · ${name}`,
})

it('numbers the pages of each paper, however many the one before had', async () => {
  for (const [rows, count] of [
    [3, 1],
    [120, 3],
    [60, 2],
    [3, 1],
  ] as const) {
    const pages = await textOfPages(await renderPaper(paperOf(`with ${rows} rows`, rows)))
    expect(pages).toHaveLength(count)
    for (const [index, text] of pages.entries()) {
      expect(text).toContain(`Page ${index + 1} of ${count}`)
      expect(text).toContain(`Fund · with ${rows} rows`)
    }
  }
})

it('keeps nothing of the papers that it has made', async () => {
  const make = async (count: number) => {
    for (let n = 0; n < count; n++) await renderPaper(paperOf(`LP-${n}`, 12))
    return aliveBytes()
  }
  const first = await make(40)
  const second = await make(80)
  // A paper that is kept is a fifth of a megabyte: eighty of them would be fifteen.
  expect(second - first).toBeLessThan(5e6)
}, 60_000)
