// Width and height of an image from its header, without decoding it: what a decoder would have to make room for. Strict
// on purpose. A header that a lenient reader and a decoder could understand differently has no size here.

export interface ImageSize {
  /** Pixels. */
  width: number
  height: number
}

const textAt = (bytes: Buffer, at: number, length: number): string => bytes.toString('latin1', at, at + length)

function pngSize(head: Buffer): ImageSize | undefined {
  if (head.length < 24 || head.readUInt32BE(8) !== 13 || textAt(head, 12, 4) !== 'IHDR') return undefined
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

const gifSize = (head: Buffer): ImageSize | undefined =>
  head.length < 10 ? undefined : { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }

function webpSize(head: Buffer): ImageSize | undefined {
  if (head.length < 30) return undefined
  switch (textAt(head, 12, 4)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = head.readUInt32LE(21)
      return head[20] === 0x2f ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : undefined
    }
    case 'VP8 ':
      return head.readUIntBE(23, 3) === 0x9d012a
        ? { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
        : undefined
    default:
      return undefined
  }
}

/** Start of a frame, of any kind of JPEG; C4, C8 and CC in between are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
/** What may stand before the frame: tables, application data, comments. */
const isPassedOver = (marker: number): boolean =>
  [0xc4, 0xcc, 0xdb, 0xdd, 0xfe].includes(marker) || (marker >= 0xe0 && marker <= 0xef)

/**
 * Goes from segment to segment; thumbnails lie inside of one and are passed over. Filling bytes between segments, which
 * the standard allows and no encoder we know writes, are refused: a reader that takes one for a marker loses its place
 * and finds whatever size somebody put there.
 */
function jpegSize(head: Buffer): ImageSize | undefined {
  let at = 2
  while (at + 9 <= head.length) {
    const marker = head.readUInt8(at + 1)
    if (head[at] !== 0xff) return undefined
    if (isFrame(marker)) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) }
    const length = head.readUInt16BE(at + 2)
    if (!isPassedOver(marker) || length < 2) return undefined
    at += 2 + length
  }
  return undefined
}

export const imageSizes = { png: pngSize, jpeg: jpegSize, webp: webpSize, gif: gifSize } as const
