// The acid test of CSV readers: files of csv-spectrum, each beside what is in it.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Readable } from 'node:stream'
import { csvLine, restored } from '@throughline/storage'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { decoded, detectEncoding } from './csv-encoding.ts'
import { readRecords, sniffDelimiter } from './csv-records.ts'

const require = createRequire(import.meta.url)
const home = path.dirname(require.resolve('csv-spectrum'))
const files = readdirSync(path.join(home, 'csvs')).map((file) => path.basename(file, '.csv'))
/** The JSON beside it is about another phone number. */
const unlikeItsJson = 'location_coordinates'
const names = files.filter((name) => name !== unlikeItsJson)
const row = z.record(z.string(), z.string())
/** A file with one row has it without an array. */
const objects = z.union([z.array(row), row.transform((only) => [only])])

async function objectsOf(bytes: Buffer): Promise<Record<string, string>[]> {
  const encoding = await detectEncoding(Readable.from([bytes]))
  const delimiter = sniffDelimiter(bytes.toString('utf8'))
  const rows: string[][] = []
  for await (const { cells } of readRecords(decoded(Readable.from([bytes]), encoding), delimiter))
    rows.push(cells.map(restored))
  const [header = [], ...rest] = rows
  return rest.map((cells) => Object.fromEntries(header.map((name, column) => [name, cells[column] ?? ''])))
}

describe('csv-spectrum', () => {
  it('has its dozen files', () => expect(files.length).toBeGreaterThanOrEqual(12))
  it('has marks in the middle of plain cells, which are part of them', async () => {
    const [read] = await objectsOf(readFileSync(path.join(home, 'csvs', `${unlikeItsJson}.csv`)))
    expect(read).toMatchObject({
      Cities: 'Modesto',
      'Location Coordinates': expect.stringMatching(/37\.8"N .*17\.9"W$/),
    })
  })
  it.each(names)('%s is read as it says, and comes back as it was', async (name) => {
    const expected = objects.parse(JSON.parse(readFileSync(path.join(home, 'json', `${name}.json`), 'utf8')))
    const read = await objectsOf(readFileSync(path.join(home, 'csvs', `${name}.csv`)))
    expect(read).toEqual(expected)
    const header = Object.keys(expected[0] ?? {})
    const written = [header, ...expected.map((row) => header.map((key) => row[key] ?? ''))].map((row) => csvLine(row))
    expect(await objectsOf(Buffer.from(written.join('')))).toEqual(expected)
  })
})
