import { Readable } from 'node:stream'
import { csvLine, restored } from '@throughline/storage'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decoded, detectEncoding } from './csv-encoding.ts'
import { type Delimiter, readRecords, sniffDelimiter } from './csv-records.ts'

function inChunks(text: string, size: number): Readable {
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size))
  return Readable.from(chunks, { objectMode: false })
}

async function records(text: string, delimiter: Delimiter = ',', chunk = 65_536): Promise<[number, ...string[]][]> {
  const found: [number, ...string[]][] = []
  for await (const { line, cells } of readRecords(inChunks(text, chunk), delimiter)) found.push([line, ...cells])
  return found
}

describe('reading records', () => {
  it.each([1, 2, 3, 65_536])('knows the line of each record, in chunks of %i', async (chunk) => {
    const text = 'a,b\r\n1,2\r\n\r\n"x\r\ny",4\r\n,\r\n5,"6 ""six"""'
    expect(await records(text, ',', chunk)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [4, 'x\r\ny', '4'],
      [7, '5', '6 "six"'],
    ])
  })
  it('takes a quotation mark in the middle of a plain cell as it is', async () => {
    expect(await records('a,b\n12" pipe,37°36\'37.8"N\n"said ""no""",x')).toEqual([
      [1, 'a', 'b'],
      [2, '12" pipe', '37°36\'37.8"N'],
      [3, 'said "no"', 'x'],
    ])
  })
  it('takes all three kinds of line end, even mixed', async () => {
    expect((await records('a\r\nb\nc\rd')).map(([line]) => line)).toEqual([1, 2, 3, 4])
  })
  it.each([
    ['a,b\n1,2\n\n"x\n3,4\n5,6', 4],
    ['a,b\n"1\n",2\n\n"x"y,3', 5],
    ['a,b\n"1"x,2', 2],
    ['a,b\n1,2\nx\0,2', 3],
    [`a,b\n1,2\n"${'x'.repeat(2_100_000)}\n1,2`, 3],
    [`${'a,'.repeat(500)}b\n`, 1],
  ])('refuses %j with its line', async (text, line) => {
    await expect(records(text)).rejects.toMatchObject({ name: 'FileRefused', line })
  })
  it('gives back whatever was written as CSV', async () => {
    // A NUL is refused in every file, and a blank row is none.
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^'{0,2}[=+\-@\t\r\n＝＋－＠][\s\S]*$/))
    const cell = text.map((value) => value.replaceAll('\0', ''))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 10 })
    const delimiter = fc.constantFrom<Delimiter>(',', ';', '\t', '|')
    await fc.assert(
      fc.asyncProperty(table, delimiter, fc.integer({ min: 1, max: 50 }), async (rows, mark, chunk) => {
        const lines = rows.map((cells, index) => [`row ${index}`, ...cells])
        const written = lines.map((cells) => csvLine(cells, mark)).join('')
        const bytes = Buffer.from(written)
        const parts = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
          bytes.subarray(i * chunk, (i + 1) * chunk),
        )
        const read: string[][] = []
        for await (const { cells } of readRecords(decoded(Readable.from(parts), 'utf-8'), mark))
          read.push(cells.map(restored))
        expect(read).toEqual(lines)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the delimiter', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1,5;2,5;3,5\n', ';'],
    ['a\tb\n1,5\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['"a;x","b;y"\n"1;;",2\n', ','],
    ['only\none\n', ','],
  ])('of %j is %j', (text, expected) => expect(sniffDelimiter(text)).toBe(expected))
})

describe('the encoding', () => {
  const of = (bytes: Buffer) => detectEncoding(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]))
  it.each([
    ['Grün', 'utf8', 'utf-8'],
    ['\uFEFFGrün', 'utf8', 'utf-8'],
    ['Grün', 'win1252', 'windows-1252'],
    ['\uFEFFGrün', 'utf-16le', 'utf-16le'],
    ['\uFEFFGrün', 'utf-16be', 'utf-16be'],
    [`${'plain '.repeat(100)}€`, 'win1252', 'windows-1252'],
  ])('of %j written as %s is %s', async (text, written, expected) => {
    expect(await of(iconv.encode(text, written))).toBe(expected)
  })
  it.each(['', 'PK\x03\x04'])('refuses %j', async (text) => {
    await expect(detectEncoding(Readable.from(text === '' ? [] : [Buffer.from(text)]))).rejects.toMatchObject({
      name: 'FileRefused',
    })
  })
})
