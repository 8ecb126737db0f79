import { Readable } from 'node:stream'
import { byteOrderMark } from '@throughline/storage'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvFile, RecordEnds } from './csv-stream.ts'

async function written(text: string, chunk: number) {
  const bytes = Buffer.from(text)
  const parts = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  )
  const ends = new RecordEnds()
  const out: Buffer[] = []
  for await (const each of csvFile(['a', '=b'], Readable.from(parts), ends)) out.push(each)
  return { text: Buffer.concat(out).toString(), count: ends.count }
}

describe('what COPY writes becomes a file', () => {
  it.each([1, 2, 3, 1000])('with CRLF between records and none inside of a cell, in chunks of %i', async (chunk) => {
    const { text, count } = await written('1,"two\nlines ""quoted""\n"\n3,é\n', chunk)
    expect(text).toBe(`${byteOrderMark}a,'=b\r\n1,"two\nlines ""quoted""\n"\r\n3,é\r\n`)
    expect(count).toBe(2)
  })
  it('counts records, whatever is in them', async () => {
    const cell = fc.string({ unit: 'binary' }).map((text) => `"${text.replaceAll('"', '""')}"`)
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { maxLength: 8 }), fc.integer({ min: 3, max: 40 }), async (cells, chunk) => {
        const { count } = await written(cells.map((each) => `${each},x\n`).join(''), chunk)
        expect(count).toBe(cells.length)
      }),
      { numRuns: 30 },
    )
  })
})
