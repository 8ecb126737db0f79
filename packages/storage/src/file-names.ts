// Names of files, which come from whoever uploads and end up in headers, in folders and before people's eyes.

const maxNameBytes = 255
/** Control characters, line separators, and what turns the direction of writing: `exe.fdp` must not be read backwards. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu
/** What separates folders, drives and streams of a file, on any system. */
const separators = /[/\\:]/g

/** The longest beginning of a text that fits; no character is cut in two. */
function within(text: string, maxBytes: number): string {
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    kept += character
  }
  return kept
}

/** A name as it is stored: one line, no path, at most 255 bytes of UTF-8 with its extension kept; `otherwise` when nothing is left. */
export function fileName(given: string | undefined, otherwise: string): string {
  const clean = (given ?? '')
    .toWellFormed()
    .replace(invisible, '')
    .replace(separators, '_')
    // After what was between a letter and its accent is gone.
    .normalize('NFC')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (/^[_\s]*$/.test(clean)) return otherwise
  if (Buffer.byteLength(clean) <= maxNameBytes) return clean
  const extension = clean.match(/(?<=.)\.[^.\s]{1,16}$/u)?.[0] ?? ''
  const stem = within(clean.slice(0, clean.length - extension.length), maxNameBytes - Buffer.byteLength(extension))
  return stem.replace(/[.\s]+$/, '') + extension
}

/** What `encodeURIComponent` leaves alone and RFC 8187 does not. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** `Content-Disposition` of a download: a plain name for everybody, the real one for those who read RFC 8187. */
export function contentDisposition(name: string): string {
  // Cleaned once more: names were stored before there was a rule, and half a surrogate pair cannot be encoded at all.
  const safe = fileName(name, 'download')
  return `attachment; filename="${safe.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encoded(safe)}`
}
