// What COPY writes -> a file as RFC 4180 and spreadsheets want it: a byte order mark, a heading, and CRLF.
import type { Readable } from 'node:stream'
import { byteOrderMark, csvLine } from '@throughline/storage'

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Ends records with CRLF instead of LF. A line end inside of quotation marks belongs to a cell and stays. */
export class RecordEnds {
  /** Records that have passed. */
  count = 0
  #inQuotes = false

  /** @returns the bytes with the line ends of their records changed */
  convert(chunk: Buffer): Buffer {
    const out = Buffer.allocUnsafe(chunk.length * 2)
    let length = 0
    for (const byte of chunk) {
      if (byte === quote) this.#inQuotes = !this.#inQuotes
      else if (byte === lineFeed && !this.#inQuotes) {
        out[length++] = carriageReturn
        this.count += 1
      }
      out[length++] = byte
    }
    return out.subarray(0, length)
  }
}

/** The file, chunk by chunk; `ends.count` is the number of records once it has ended. */
export async function* csvFile(headings: readonly string[], rows: Readable, ends: RecordEnds): AsyncGenerator<Buffer> {
  yield Buffer.from(byteOrderMark + csvLine(headings))
  for await (const chunk of rows) yield ends.convert(chunk)
}
