// The first look at a file: how it is written, what its columns are called, and its first rows.
import type { Readable } from 'node:stream'
import type { ImportPreview } from '@throughline/contracts'
import { restored } from '@throughline/storage'
import { decoded, detectEncoding, type Encoding } from './csv-encoding.ts'
import { type CsvRecord, type Delimiter, readRecords, sniffDelimiter } from './csv-records.ts'
import { FileRefused } from './file-refused.ts'

/** Enough to see how amounts and dates are written. */
const sampledRows = 1000
const sniffedCharacters = 64 * 1024
const maxShownCharacters = 200

/** As much of a cell as is shown; jsonb takes no half of a character that the cut goes through. */
export const shownCell = (cell: string): string => cell.slice(0, maxShownCharacters).toWellFormed()

/** How a file is written. */
export type FileFormat = Pick<ImportPreview, 'encoding' | 'delimiter'>
export type CsvSample = FileFormat & Pick<ImportPreview, 'headers' | 'rows'>

async function sniff(open: () => Promise<Readable>, encoding: Encoding): Promise<Delimiter> {
  const source = await open()
  let head = ''
  for await (const text of decoded(source, encoding)) {
    head += String(text)
    if (head.length >= sniffedCharacters) break
  }
  source.destroy()
  return sniffDelimiter(head)
}

/** @throws FileRefused when the file cannot be read as a table with a header and rows */
export async function readSample(open: () => Promise<Readable>): Promise<CsvSample> {
  const encoding = await detectEncoding(await open())
  const delimiter = await sniff(open, encoding)
  const source = await open()
  const rows: string[][] = []
  let headers: string[] | undefined
  for await (const { cells } of readRecords(decoded(source, encoding), delimiter)) {
    if (headers) rows.push(cells.map(restored))
    else headers = cells.map((cell) => shownCell(restored(cell).trim()))
    if (rows.length >= sampledRows) break
  }
  source.destroy()
  if (!headers) throw new FileRefused('The file is empty.')
  if (rows.length === 0) throw new FileRefused('The file has a header but no rows.', 1)
  return { encoding, delimiter, headers, rows }
}

/**
 * The records of a file behind its header, as they are written.
 * @param onBytes how many of the file's bytes are read
 * @throws FileRefused
 */
export async function* recordsBehindHeader(
  bytes: Readable,
  { encoding, delimiter }: FileFormat,
  onBytes: (count: number) => void = () => undefined,
): AsyncGenerator<CsvRecord> {
  let bytesRead = 0
  bytes.on('data', (chunk: Buffer) => {
    bytesRead += chunk.byteLength
    onBytes(bytesRead)
  })
  let isHeader = true
  try {
    for await (const record of readRecords(decoded(bytes, encoding), delimiter)) {
      if (!isHeader) yield record
      isHeader = false
    }
  } finally {
    bytes.destroy()
  }
}
