// In what the texts of a document are set. What Windows-1252 has is set in Helvetica, which every reader has and which costs nothing; other
// Latin, Greek, Cyrillic and Vietnamese in Noto Sans, which is embedded. What neither has is shown as a replacement, never left out.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import type { Font } from '@react-pdf/renderer'
import * as z from 'zod'

const require = createRequire(import.meta.url)
const subsets = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const
const familyOf = (subset: string): string => `Noto Sans ${subset}`
/** One after the other: the first that has a character gives it. */
export const wideFonts: string[] = subsets.map(familyOf)

/** Files are read when a text first needs them. */
export function registerFonts(fonts: typeof Font): void {
  for (const subset of subsets)
    fonts.register({
      family: familyOf(subset),
      fonts: [400, 700].map((fontWeight) => ({
        src: require.resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${fontWeight}-normal.woff`),
        fontWeight,
      })),
    })
}

const windows1252 = /^[\t\n\r\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u
/** As Unicode has it, for a character that cannot be shown. */
const replacement = '\ufffd'

/** `U+0100-02BA,U+2020`: the characters of a font. */
const rangesOf = (text: string): [number, number][] =>
  text.split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })

let covered: readonly [number, number][] | undefined
function isCovered(character: string): boolean {
  covered ??= Object.entries(
    z
      .record(z.string(), z.string())
      .parse(JSON.parse(fs.readFileSync(require.resolve('@fontsource/noto-sans/unicode.json'), 'utf8'))),
  ).flatMap(([subset, text]) => (wideFonts.includes(familyOf(subset)) ? rangesOf(text) : []))
  const point = character.codePointAt(0) ?? 0
  return covered.some(([from, to]) => point >= from && point <= to)
}

export interface SetText {
  text: string
  /** Whether it has characters that Helvetica has not. */
  isWide: boolean
}

/** The text as it is set: accents joined with their letters, and what no font has replaced. */
export function setText(given: string): SetText {
  const text = given.normalize('NFC')
  if (windows1252.test(text)) return { text, isWide: false }
  return { text: Array.from(text, (each) => (isCovered(each) ? each : replacement)).join(''), isWide: true }
}
