import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createEncryption } from './index.ts'

const key = randomBytes(48).toString('base64url')
const { seal, open, fingerprints } = createEncryption({ key, previousKey: undefined })

describe('what is sealed', () => {
  it('opens again, and looks different every time', () => {
    const sealed = seal('JBSWY3DP', 'second_factor:1')
    expect(sealed).not.toContain('JBSWY3DP')
    expect(open(sealed, 'second_factor:1')).toBe('JBSWY3DP')
    expect(seal('JBSWY3DP', 'second_factor:1')).not.toBe(sealed)
  })

  it('cannot be read as something else, or after a change', () => {
    const sealed = seal('JBSWY3DP', 'second_factor:1')
    expect(() => open(sealed, 'second_factor:2')).toThrow()
    for (let at = 12; at < sealed.length; at++) {
      const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      // The last characters of base64url may carry unused bits.
      if (Buffer.from(altered.slice(12), 'base64url').equals(Buffer.from(sealed.slice(12), 'base64url'))) continue
      expect(() => open(altered, 'second_factor:1'), altered).toThrow()
    }
  })

  it('is read with the previous key while that one is known', () => {
    const sealed = seal('JBSWY3DP', 'x')
    const next = randomBytes(48).toString('base64url')
    expect(createEncryption({ key: next, previousKey: key }).open(sealed, 'x')).toBe('JBSWY3DP')
    expect(() => createEncryption({ key: next, previousKey: undefined }).open(sealed, 'x')).toThrow(/not known/)
  })
})

describe('a fingerprint', () => {
  it('is the same for the same text, another for another, and another in another installation', () => {
    expect(fingerprints('a')).toEqual(fingerprints('a'))
    expect(fingerprints('a')).not.toEqual(fingerprints('b'))
    const elsewhere = createEncryption({ key: randomBytes(48).toString('base64url'), previousKey: undefined })
    expect(elsewhere.fingerprints('a')).not.toEqual(fingerprints('a'))
  })

  it('is known under the previous key while that one is known', () => {
    const next = createEncryption({ key: randomBytes(48).toString('base64url'), previousKey: key })
    expect(next.fingerprints('a')).toEqual([expect.any(String), ...fingerprints('a')])
  })
})
