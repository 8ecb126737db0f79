// What somebody may have meant by a word that nobody wrote: all words that are one slip of the finger away.

const alphabets = [
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'αβγδεζηθικλμνξοπρσςτυφχψω',
]

/** Shorter words are one slip away from too many others. */
const shortest = 4
/** Longer ones have more neighbours than are worth looking for. */
const longest = 20

/** One letter too many, too few, another in its place, or two that changed places. Empty for what is too short or long. */
export function spelledAlike(term: string): string[] {
  const letters = [...term]
  if (letters.length < shortest || letters.length > longest || /[.@]/.test(term)) return []
  const alphabet = alphabets.find((one) => one.includes(letters[0] ?? '')) ?? ''
  const alike = new Set<string>()
  for (let at = 0; at <= letters.length; at++) {
    const before = letters.slice(0, at).join('')
    const [here = '', next = '', ...others] = letters.slice(at)
    const rest = others.join('')
    if (here !== '') alike.add(before + next + rest)
    if (next !== '') alike.add(before + next + here + rest)
    for (const letter of alphabet) {
      alike.add(before + letter + here + next + rest)
      if (here !== '') alike.add(before + letter + next + rest)
    }
  }
  alike.delete(term)
  return [...alike]
}
