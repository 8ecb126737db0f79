import { expect, it } from 'vitest'
import { linesOf, tagsOf } from './form-lists.ts'

it('takes tags between commas, without blanks and doubles', () => {
  expect(tagsOf(' vip, key account;; vip ,')).toEqual(['vip', 'key account'])
  expect(tagsOf('')).toEqual([])
})

it('takes a line for each number, which may have commas', () => {
  expect(linesOf('+49 30 1\n\n 030 2, ext 3 \r\n')).toEqual(['+49 30 1', '030 2, ext 3'])
})
