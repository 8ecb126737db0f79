// What the preset of secretlint does not look for. Rows as in tooling/guards/rules.ts; the examples are in the test, where
// they are put together at run time. Repetitions have an end, so that a long line without a secret does not take long.

export interface Pattern {
  name: string
  /** The group `secret` is what must not be there. */
  finds: RegExp
  /** A second look at a candidate, where a form alone says too little. */
  confirms?: (secret: string) => boolean
}

/** Bits a character: words stay below 3.5, random base64 and hex of 20 characters and more are above 3. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}

const isHex = (text: string) => /^[0-9a-f]+$/i.test(text)

/** Random enough to be a key: digits and letters mixed, and no word repeated. */
function looksRandom(text: string): boolean {
  return /\d/.test(text) && /[A-Za-z]/.test(text) && entropyOf(text) >= (isHex(text) ? 3 : 3.5)
}

/** What documentation and tests write where a password would be. */
const isPlaceholder = (text: string) => /^(x+|\*+|\.+|\d{1,5}|pass(word)?|secret|[A-Z_]+)\W*$/.test(text)

export const patterns: Pattern[] = [
  {
    // The preset knows the long forms only: not Ed25519, and no key under a passphrase.
    name: 'a private key',
    finds:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|[\w-]+: .*\n)*(?<secret>[A-Za-z0-9+/]{40,}={0,2})/g,
  },
  {
    name: 'a signed JSON web token',
    finds: /\b(?<secret>eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,})/g,
  },
  {
    name: 'a bearer token',
    finds: /\bbearer\s+(?<secret>[\w.~+/-]{20,}=*)/gi,
    confirms: looksRandom,
  },
  {
    name: 'a password in an address',
    // ${…}, <…> and $NAME are places for one.
    finds: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@'"`?#]{0,100}:(?<secret>[^\s:/@'"`?#<>{}$]{1,300})@[\w[$]/gi,
    confirms: (secret) => !isPlaceholder(secret),
  },
  {
    name: 'a random value under the name of a secret',
    finds:
      /(?:secret|token|passw(?:or)?d|passphrase|credential|api_?key|access_?key|account_?key|private_?key|signing_?key)[\w-]{0,40}["']?\s{0,9}(?::\s{0,9}string\s{0,9})?[:=]\s{0,9}["'`]?(?<secret>[\w+/-]{20,}={0,2})/gi,
    confirms: looksRandom,
  },
]
