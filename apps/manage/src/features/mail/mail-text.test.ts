import { describe, expect, it } from 'vitest'
import { frameDocument, partsOf } from './mail-text.ts'

describe('a mail in the console', () => {
  it('has its links apart from its words, and loses nothing', () => {
    const text =
      'Choose a password:\nhttp://localhost:3000/reset-password#token=a-b_c\n\n--\nNot you? See https://a.test/x'
    const parts = partsOf(text)
    expect(parts.filter(({ isLink }) => isLink).map((part) => part.text)).toEqual([
      'http://localhost:3000/reset-password#token=a-b_c',
      'https://a.test/x',
    ])
    expect(parts.map((part) => part.text).join('')).toBe(text)
  })

  it('never makes a link of anything that is no web address', () => {
    expect(partsOf('javascript:alert(1) mailto:a@b.test').every(({ isLink }) => !isLink)).toBe(true)
    expect(partsOf('')).toEqual([])
  })

  it('is framed so that its own links lead nowhere', () => {
    expect(frameDocument('<html><head lang="en"><title>x</title></head></html>')).toContain(
      '<head lang="en"><base target="_blank"><title>',
    )
    expect(frameDocument('<header><a href="/x">x</a></header>')).toBe(
      '<base target="_blank"><header><a href="/x">x</a></header>',
    )
  })
})
