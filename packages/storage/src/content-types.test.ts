import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileKind, fileKinds, recogniseUpload } from './content-types.ts'

const base64 = (text: string) => Buffer.from(text, 'base64')
/** Seven pixels wide and five high, as encoders write them. */
const images = {
  png: base64(
    'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQImWM4Y2yMiRhoJAoAEtop12rDuYsAAAAASUVORK5CYII=',
  ),
  jpeg: base64(
    '/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAAFAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCABT//2Q==',
  ),
  'webp lossy': base64('UklGRi4AAABXRUJQVlA4ICIAAABwAQCdASoHAAUADMDOJaACdAFAAAD+y7XJ+l71rz9yNLAA'),
  'webp lossless': base64('UklGRh4AAABXRUJQVlA4TBEAAAAvBgABAAfQmTJ3pv+BiOh/AAA='),
  'webp extended': base64(
    'UklGRkgAAABXRUJQVlA4WAoAAAAQAAAABgAABAAAQUxQSAoAAAABB1DAiAhERP8DVlA4IBgAAAAwAQCdASoHAAUADMDOJaQAA3AA/uwdgAA=',
  ),
  gif: base64('R0lGODlhBwAFAIAAAExpccwzMyH5BAUAAAAALAAAAAAHAAUAAAIFjI+puwUAOw=='),
}
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n')
const kindOfName = (name: string): FileKind => fileKinds.find((kind) => name.startsWith(kind)) ?? 'text'

/** What is left of an upload when it is read to its end, in small pieces. */
async function taken(content: Buffer | string, accepts: readonly FileKind[] = fileKinds, piece = 7) {
  const bytes = Buffer.from(content)
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) =>
    bytes.subarray(n * piece, (n + 1) * piece),
  )
  const { kind, contentType, body } = await recogniseUpload(Readable.from(pieces), accepts)
  return { kind, contentType, bytes: await buffer(body) }
}
const refusal = (content: Buffer | string, accepts?: readonly FileKind[], piece?: number) =>
  taken(content, accepts, piece).then(
    ({ kind }) => `taken as ${kind}`,
    (error: { code: string }) => error.code,
  )
const resized = (image: Buffer, write: (copy: Buffer) => void) => {
  const copy = Buffer.from(image)
  write(copy)
  return copy
}

describe('an upload is what is in it', () => {
  it.each(Object.entries(images))('%s', async (name, content) => {
    expect(await taken(content)).toEqual({
      kind: kindOfName(name),
      contentType: `image/${kindOfName(name)}`,
      bytes: content,
    })
  })
  it('pdf', async () => {
    expect(await taken(pdf)).toEqual({ kind: 'pdf', contentType: 'application/pdf', bytes: pdf })
  })
  it.each([
    ['a table', 'Title,Value\nA,1\n'],
    ['nothing', ''],
    ['other letters', 'タイトル,金額\n東京,1\n'],
    ['Windows-1252', Buffer.from('Titel;Betrag\r\nGr\xfcn;\x80 1\x85\r\n', 'latin1')],
    ['UTF-8 with its mark', '\uFEFFTitle\nA\n'],
    ['UTF-16 LE', Buffer.from('\uFEFFTitle\tValue\nGrün\t1\n', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\uFEFFTitle\tValue\nGrün\t1\n', 'utf16le').swap16()],
    ['words that programs begin with', 'BMW dealer,MZ,ID3,RIFF\nA,1,2,3\n'],
    ['a stray control character', `Title,Notes\n${'A,some notes\n'.repeat(20)}B,\u0002\n`],
    ['the end mark of an old system', 'Title\nA\n\u001a'],
  ])('text: %s', async (_name, content) => {
    expect(await taken(content, ['text'])).toEqual({
      kind: 'text',
      contentType: 'text/csv',
      bytes: Buffer.from(content),
    })
  })
  it('and comes out as it went in, in pieces of any size', async () => {
    const content = fc.array(fc.string({ unit: 'grapheme' })).map((lines) => lines.join('\n').replaceAll('\0', ''))
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 2000 }), async (text, piece) => {
        const table = `Title,Value\n${text.replace(/\p{Cc}/gu, ' ')}\n${'x'.repeat(300_000)}`
        expect((await taken(table, ['text'], piece * 100)).bytes.equals(Buffer.from(table))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

describe('where text is wanted', () => {
  const nul = '\0'
  it.each<[string, Buffer | string]>([
    ...Object.entries(images),
    ['a PDF', pdf],
    ['a spreadsheet', Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(100)])],
    ['an old spreadsheet', Buffer.from('d0cf11e0a1b11ae100000000', 'hex')],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex')],
    ['a program for Windows', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), randomBytes(100)])],
    ['a program for Linux', Buffer.from('7f454c4602010100', 'hex')],
    ['RTF', '{\\rtf1 hello}'],
    ['PostScript', '%!PS-Adobe-3.0\n'],
    ['a NUL at once', `Ti${nul}tle\nA\n`],
    ['a NUL far behind', `Title\n${'A\n'.repeat(200_000)}${nul}\n`],
    ['UTF-16 without its mark', Buffer.from('Title\tValue\n', 'utf16le')],
    ['UTF-32', Buffer.from('fffe00005400000069000000', 'hex')],
    ['control characters', '\u0001\u0002\u0003,\u0004\u0005\n'],
    ['a PNG that begins like UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), images.png])],
  ])('%s is refused', async (_name, content) => {
    expect(await refusal(content, ['text'], 4096)).toBe('unsupported_media_type')
  })
  it.each(['fffe', 'feff'])('noise that begins like UTF-16 (%s) is refused, 200 times of 200', async (mark) => {
    const noise = () => Buffer.concat([Buffer.from(mark, 'hex'), randomBytes(2000)])
    const answers = await Promise.all(Array.from({ length: 200 }, () => refusal(noise(), ['text'], 512)))
    expect(answers.filter((answer) => answer !== 'unsupported_media_type')).toEqual([])
  })
  it('noise is refused, 500 times of 500', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => refusal(randomBytes(2000), ['text'], 512)))
    expect(answers.filter((answer) => answer !== 'unsupported_media_type')).toEqual([])
  })
  it('what is said names the kind and what to do', async () => {
    await expect(taken(pdf, ['text'])).rejects.toMatchObject({
      message: 'This is a PDF, which is not accepted here. Save it as CSV and try again.',
      details: { accepts: ['text/csv'] },
    })
  })
})

describe('a document or an image', () => {
  it('is refused when another kind is wanted', async () => {
    expect(await refusal(images.png, ['jpeg', 'pdf'])).toBe('unsupported_media_type')
    expect(await refusal('Title\nA\n', ['pdf'])).toBe('unsupported_media_type')
    expect(await refusal('<svg xmlns="http://www.w3.org/2000/svg"/>', ['png', 'gif'])).toBe('unsupported_media_type')
  })
  it('is refused when a PDF has no end', async () => {
    expect(await refusal(pdf.subarray(0, -8))).toBe('unprocessable')
    expect(await refusal(Buffer.concat([pdf, Buffer.alloc(5000)]))).toBe('unprocessable')
  })
  it('is refused when it is larger than its kind may be', async () => {
    const megabytes = (n: number) => Buffer.alloc(n * 1024 * 1024)
    expect(await refusal(Buffer.concat([images.png, megabytes(10)]), ['png'], 65_536)).toBe('payload_too_large')
    expect(await refusal(Buffer.concat([pdf, megabytes(25)]), ['pdf'], 65_536)).toBe('payload_too_large')
  })

  it.each<[string, Buffer]>([
    ['png', resized(images.png, (copy) => copy.writeUInt32BE(50_000, 16))],
    ['png of 2^31 pixels', resized(images.png, (copy) => copy.writeUInt32BE(0x7fffffff, 20))],
    ['png of 8,000 x 8,000', resized(images.png, (copy) => copy.fill(Buffer.from('00001f4000001f40', 'hex'), 16, 24))],
    ['jpeg', resized(images.jpeg, (copy) => copy.writeUInt32BE(0xffffffff, images.jpeg.indexOf('ffc0', 'hex') + 5))],
    ['webp lossy', resized(images['webp lossy'], (copy) => copy.fill(0xff, 26, 30))],
    ['webp lossless', resized(images['webp lossless'], (copy) => copy.fill(0xff, 21, 25))],
    ['webp extended', resized(images['webp extended'], (copy) => copy.fill(0xff, 24, 30))],
    ['gif', resized(images.gif, (copy) => copy.fill(0xff, 6, 10))],
    ['png without pixels', resized(images.png, (copy) => copy.writeUInt32BE(0, 16))],
    [
      'jpeg without pixels',
      resized(images.jpeg, (copy) => copy.writeUInt16BE(0, images.jpeg.indexOf('ffc0', 'hex') + 5)),
    ],
    ['gif without pixels', resized(images.gif, (copy) => copy.fill(0, 6, 10))],
  ])(
    'is refused before anybody decodes it when it says that it is too large or nothing: %s',
    async (_name, content) => {
      expect(await refusal(content)).toBe('unprocessable')
    },
  )

  it('is measured by itself and not by the thumbnail inside of it', async () => {
    const thumbnail = images.jpeg
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0]), thumbnail])
    exif.writeUInt16BE(thumbnail.length + 2, 2)
    const large = resized(images.jpeg, (copy) => copy.writeUInt32BE(0xffffffff, copy.indexOf('ffc0', 'hex') + 5))
    const withThumbnail = (image: Buffer) => Buffer.concat([image.subarray(0, 2), exif, image.subarray(2)])
    expect(await refusal(withThumbnail(images.jpeg))).toBe('taken as jpeg')
    expect(await refusal(withThumbnail(large))).toBe('unprocessable')
  })

  it('is not measured by a size that only a reader who lost its place would find', async () => {
    const frame = images.jpeg.indexOf('ffc0', 'hex')
    const large = resized(images.jpeg, (copy) => copy.writeUInt32BE(0x4e204e20, frame + 5))
    // Behind the filling byte FF, the marker E1 and the length behind it look like a length of 0xE1FF.
    const comment = Buffer.alloc(0xff00)
    comment.writeUInt32BE(0xffe1ff00)
    comment.fill(images.jpeg.subarray(frame, frame + 19), 1 + 0xe1ff, 1 + 0xe1ff + 19)
    const last = Buffer.alloc(2 + 0xff00 - comment.length)
    const filled = Buffer.concat([large.subarray(0, 2), Buffer.from([0xff]), comment, last, large.subarray(2)])
    expect(await refusal(filled)).toBe('unprocessable')
    // Without the filling byte everybody finds the true size, which is too large.
    const plain = Buffer.concat([large.subarray(0, 2), comment, last, large.subarray(2)])
    await expect(taken(plain)).rejects.toMatchObject({ message: expect.stringContaining('20000 x 20000') })
  })

  it('is never taken and never a fault of ours when it is cut off in its header', async () => {
    for (const [name, content] of Object.entries(images))
      for (let length = 0; length < 24; length++) {
        const answer = await refusal(content.subarray(0, length), ['png', 'jpeg', 'webp', 'gif'])
        const isWholeGif = name === 'gif' && length >= 10
        expect(['unsupported_media_type', 'unprocessable', isWholeGif && 'taken as gif'], name).toContain(answer)
      }
  })
})

describe('an upload that is refused', () => {
  it.each([
    ['at its beginning', pdf, ['text']],
    ['in the middle', Buffer.from(`a\n${'b\n'.repeat(300_000)}\0`), ['text']],
  ] as const)('%s is let go of', async (_when, content, accepts) => {
    const source = Readable.from(
      (function* () {
        for (let at = 0; at < content.length; at += 1000) yield content.subarray(at, at + 1000)
        for (;;) yield Buffer.alloc(1000, 'x')
      })(),
    )
    const work = recogniseUpload(source, accepts).then(({ body }) => buffer(body))
    await expect(work).rejects.toMatchObject({ code: 'unsupported_media_type' })
    expect(source.destroyed).toBe(true)
  })
})
