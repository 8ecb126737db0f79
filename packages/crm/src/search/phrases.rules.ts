// What somebody put in quotation marks means these words, next to each other and in this order.

const marked = /["“”„«»]([^"“”„«»]*)["“”„«»]/gu
const marks = /["“”„«»]/gu
const letterOrDigit = /[\p{L}\p{N}]/u

export interface Wording {
  /** All that was typed, without the marks. */
  words: string
  /** What stood between two marks, where it says anything. */
  phrases: string[]
}

/** Reads what was typed. A mark without its second is none. */
export const wordingOf = (q: string): Wording => ({
  words: q.replace(marks, ' ').trim(),
  phrases: [...q.matchAll(marked)]
    .map(([, phrase = '']) => phrase.trim())
    .filter((phrase) => letterOrDigit.test(phrase)),
})
