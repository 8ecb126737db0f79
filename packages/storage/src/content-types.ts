// What an upload is, by what is in it. Neither its name nor the type that a client declares is asked.
import { AppError } from '@throughline/contracts'
import { imageSizes } from './image-sizes.ts'
import type { ObjectBody } from './storage.ts'

export const fileKinds = ['text', 'pdf', 'png', 'jpeg', 'webp', 'gif'] as const
export type FileKind = (typeof fileKinds)[number]

const mebibyte = 1024 * 1024
const rules: Readonly<Record<FileKind, { contentType: string; maxBytes: number }>> = {
  // The route has its own limit for tables; this is what S3 takes in one piece.
  text: { contentType: 'text/csv', maxBytes: 5 * 1024 * mebibyte },
  pdf: { contentType: 'application/pdf', maxBytes: 25 * mebibyte },
  png: { contentType: 'image/png', maxBytes: 10 * mebibyte },
  jpeg: { contentType: 'image/jpeg', maxBytes: 10 * mebibyte },
  webp: { contentType: 'image/webp', maxBytes: 10 * mebibyte },
  gif: { contentType: 'image/gif', maxBytes: 10 * mebibyte },
}
/** A few kilobytes can unpack to gigabytes: 40 megapixels are 160 MB in memory. */
const maxPixels = 40_000_000
const maxSidePixels = 16_384
/** A JPEG may have colour profiles and thumbnails before its size. */
const headBytes = 256 * 1024
/** Readers look for the end mark of a PDF here. */
const pdfTailBytes = 1024

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const startsWith =
  (...signatures: Buffer[]) =>
  (head: Buffer): boolean =>
    signatures.some((signature) => head.subarray(0, signature.length).equals(signature))

interface Known {
  what: string
  kind?: FileKind
  is(head: Buffer): boolean
}

/** No short ones that are words as well: a column may be called `BMW` or `MZ`, and those programs have NULs in them. */
const known: readonly Known[] = [
  { what: 'a PDF', kind: 'pdf', is: startsWith(Buffer.from('%PDF-')) },
  { what: 'a PNG image', kind: 'png', is: startsWith(bytes('89 504e47 0d0a1a0a')) },
  { what: 'a JPEG image', kind: 'jpeg', is: startsWith(bytes('ff d8 ff')) },
  { what: 'a GIF image', kind: 'gif', is: startsWith(Buffer.from('GIF87a'), Buffer.from('GIF89a')) },
  {
    what: 'a WebP image',
    kind: 'webp',
    is: (head) => /^RIFF.{4}WEBPVP8[ LX]/s.test(head.toString('latin1', 0, 16)),
  },
  {
    what: 'a spreadsheet or an archive',
    is: startsWith(
      bytes('504b 0304'),
      bytes('504b 0506'),
      bytes('504b 0708'),
      bytes('d0cf11e0 a1b11ae1'),
      bytes('1f8b 08'),
      bytes('377a bcaf271c'),
      bytes('52617221 1a07'),
      bytes('fd 377a585a 00'),
      bytes('28b52ffd'),
    ),
  },
  { what: 'a program', is: startsWith(bytes('7f 454c46'), bytes('cffaedfe'), bytes('cafebabe'), bytes('0061736d')) },
  { what: 'a document', is: startsWith(Buffer.from('{\\rtf'), Buffer.from('%!PS')) },
]

/** What the first bytes of a file say that it is; nothing when they are of no known kind, which text is not either. */
export const knownKindOf = (head: Buffer): Known | undefined => known.find(({ is }) => is(head))

const utf16 = (head: Buffer): 'utf-16le' | 'utf-16be' | undefined => {
  if (startsWith(bytes('fffe'))(head)) return 'utf-16le'
  return startsWith(bytes('feff'))(head) ? 'utf-16be' : undefined
}
/** The beginning as text; nothing when it says that it is UTF-16 and is not. A character may be cut at its end. */
function decoded(head: Buffer): string | undefined {
  const encoding = utf16(head)
  if (!encoding) return new TextDecoder('latin1').decode(head)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
  } catch {
    // A surrogate without its other half: noise has one soon, text never.
    return undefined
  }
}
/** Control characters that text does not have: not tabs and line ends, nor what old systems end a file with. */
const isControl = (code: number): boolean =>
  code < 0x20 && (code < 0x09 || code > 0x0d) && code !== 0x1a && code !== 0x1b
/** A few stray ones are met in the exports of old programs. */
const maxControlShare = 0.02

function isText(head: Buffer): boolean {
  const text = decoded(head)
  if (text === undefined || text.includes('\0')) return false
  let controls = 0
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) controls += 1
  return controls <= text.length * maxControlShare
}

const notAccepted = (what: string, accepts: readonly FileKind[]): AppError =>
  new AppError('unsupported_media_type', {
    message: `This is ${what}, which is not accepted here.${accepts.includes('text') ? ' Save it as CSV and try again.' : ''}`,
    details: { accepts: accepts.map((kind) => rules[kind].contentType) },
  })
const broken = (message: string): AppError => new AppError('unprocessable', { message })

/** @throws AppError unsupported_media_type */
function kindOf(head: Buffer, accepts: readonly FileKind[]): FileKind {
  const found = knownKindOf(head)
  if (found) {
    if (found.kind && accepts.includes(found.kind)) return found.kind
    throw notAccepted(found.what, accepts)
  }
  if (accepts.includes('text') && isText(head)) return 'text'
  throw notAccepted('not a kind of file that is known', accepts)
}

/** @throws AppError unprocessable for an image without a size, or with too large a one */
function checkImage(kind: FileKind, head: Buffer): void {
  if (kind === 'text' || kind === 'pdf') return
  const size = imageSizes[kind](head)
  if (!size || size.width === 0 || size.height === 0) throw broken('The image is damaged: it does not say its size.')
  const { width, height } = size
  if (width > maxSidePixels || height > maxSidePixels || width * height > maxPixels)
    throw broken(`The image has ${width} x ${height} pixels; at most ${maxPixels / 1e6} million are possible.`)
}

const asBuffer = (chunk: Uint8Array | string): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)

/** What passes is checked as it does: NULs in text, the size, the end of a PDF. */
async function* checked(kind: FileKind, first: Buffer, rest: AsyncIterator<Uint8Array | string>) {
  const { maxBytes } = rules[kind]
  const mayHaveNul = kind !== 'text' || utf16(first) !== undefined
  let size = 0
  let tail = Buffer.alloc(0)
  try {
    for (let chunk = first; ; ) {
      size += chunk.length
      if (size > maxBytes) throw new AppError('payload_too_large', { details: { maxBytes } })
      if (!mayHaveNul && chunk.includes(0))
        throw new AppError('unsupported_media_type', {
          message: 'There is a NUL byte in it. Save the file as UTF-8 text.',
        })
      if (kind === 'pdf') tail = Buffer.concat([tail, chunk]).subarray(-pdfTailBytes)
      yield chunk
      const next = await rest.next()
      if (next.done) break
      chunk = asBuffer(next.value)
    }
  } finally {
    await rest.return?.()
  }
  if (kind === 'pdf' && !tail.includes('%%EOF')) throw broken('The PDF is damaged: its end is missing.')
}

export interface RecognisedUpload {
  kind: FileKind
  contentType: string
  /** All of the bytes. Throws in the middle when what follows is not what the beginning was. */
  body: AsyncGenerator<Buffer>
}

/**
 * Looks at the beginning of an upload and says what it is.
 * @throws AppError unsupported_media_type for every kind that is not in `accepts`; unprocessable for damaged files and
 * images that are too large to decode; payload_too_large. Nothing of the body is left open then
 */
export async function recogniseUpload(body: ObjectBody, accepts: readonly FileKind[]): Promise<RecognisedUpload> {
  const rest = body[Symbol.asyncIterator]()
  try {
    const chunks: Buffer[] = []
    for (let size = 0; size < headBytes; ) {
      const next = await rest.next()
      if (next.done) break
      const chunk = asBuffer(next.value)
      chunks.push(chunk)
      size += chunk.length
    }
    const head = Buffer.concat(chunks)
    const kind = kindOf(head, accepts)
    checkImage(kind, head)
    return { kind, contentType: rules[kind].contentType, body: checked(kind, head, rest) }
  } catch (error) {
    await rest.return?.()
    throw error
  }
}
