// What bytes mean. A byte order mark decides; without one, a file that is valid UTF-8 to its end is UTF-8, and any
// other is taken as Windows-1252, which is what Excel writes.
import type { Readable } from 'node:stream'
import type { ImportPreview } from '@throughline/contracts'
import { knownKindOf } from '@throughline/storage'
import iconv from 'iconv-lite'
import { FileRefused } from './file-refused.ts'

export type Encoding = ImportPreview['encoding']

function byMark(head: Uint8Array): Encoding | undefined {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

/** Uploads are looked at as they come; this is for files that came before, or another way. */
const refuseOtherKinds = (head: Buffer): void => {
  const known = knownKindOf(head)
  if (known) throw new FileRefused(`This is ${known.what}, not a CSV file. Save it as CSV and try again.`)
}

/** Reads the whole file once. @throws FileRefused for an empty file and for files of another kind */
export async function detectEncoding(bytes: AsyncIterable<Buffer>): Promise<Encoding> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let first: Buffer | undefined
  try {
    for await (const chunk of bytes) {
      if (first === undefined) {
        first = chunk
        refuseOtherKinds(chunk)
        const marked = byMark(chunk)
        if (marked) return marked
      }
      strict.decode(chunk, { stream: true })
    }
    strict.decode()
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
  if (first === undefined) throw new FileRefused('The file is empty.')
  return 'utf-8'
}

/** The text of a file, without its byte order mark. */
export function decoded(bytes: Readable, encoding: Encoding): NodeJS.ReadWriteStream {
  const decoder = iconv.decodeStream(encoding === 'windows-1252' ? 'win1252' : encoding)
  // `pipe` hands on data but not errors: without this, a file that breaks off would look like one that ends.
  bytes.on('error', (error) => decoder.emit('error', error))
  return bytes.pipe(decoder)
}
