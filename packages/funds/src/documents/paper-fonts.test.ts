import { expect, it } from 'vitest'
import { setText } from './paper-fonts.ts'

it.each([
  ['Łukasz Żółć', 'Łukasz Żółć', true],
  ['Ελληνική Τράπεζα', 'Ελληνική Τράπεζα', true],
  ['Дмитрий Ёлкин', 'Дмитрий Ёлкин', true],
  ['Nguyễn Văn', 'Nguyễn Văn', true],
  ['Müller & Söhne – 5 €', 'Müller & Söhne – 5 €', false],
  ['Zoe\u0308', 'Zoë', false],
  ['株式会社 Ltd', '���� Ltd', true],
  ['a 🚀 b', 'a � b', true],
])('%s is set as %s', (given, text, isWide) => {
  expect(setText(given)).toEqual({ text, isWide })
})
