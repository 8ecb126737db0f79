import { expect, it } from 'vitest'
import { wordingOf } from './phrases.rules.ts'

it.each([
  ['red bridge', 'red bridge', []],
  ['"red bridge"', 'red bridge', ['red bridge']],
  ['the "red bridge" in “New York”', 'the  red bridge  in  New York', ['red bridge', 'New York']],
  ['a 5" pipe', 'a 5  pipe', []],
  ['„rote Brücke“ «pont rouge»', 'rote Brücke   pont rouge', ['rote Brücke', 'pont rouge']],
  ['"" "%" " "', '%', []],
])('%s is read as words and phrases', (q, words, phrases) => {
  expect(wordingOf(q)).toEqual({ words, phrases })
})
