import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkSigner } from './link-signer.ts'

const secret = randomBytes(32).toString('base64url')
const signer = linkSigner(secret)
const now = new Date('2026-03-01T12:00:00.000Z')
const claims = { tenantId: randomUUID(), fileId: randomUUID(), expiresAt: new Date(now.getTime() + 300_000) }
const token = signer.sign(claims)

describe('a link to a file', () => {
  it('says what was put into it, in characters that a URL takes', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{96}$/)
    expect(signer.read(token, now)).toEqual(claims)
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.integer({ min: 1, max: 2 ** 47 }), (tenantId, fileId, after) => {
        const made = { tenantId, fileId, expiresAt: new Date(now.getTime() + after) }
        expect(signer.read(signer.sign(made), now)).toEqual(made)
      }),
    )
  })

  it('ends at its moment and not after it', () => {
    expect(signer.read(token, new Date(claims.expiresAt.getTime() - 1))).toEqual(claims)
    expect(signer.read(token, claims.expiresAt)).toBeUndefined()
  })

  it('is good for nothing in any other form: 0 of 2,000 bits and characters changed at random, of none', () => {
    const bytes = Buffer.from(token, 'base64url')
    const mutations = fc.oneof(
      // One bit or several.
      fc.array(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), { minLength: 1, maxLength: 8 }).map((bits) => {
        const copy = Buffer.from(bytes)
        for (const bit of new Set(bits)) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        return copy.toString('base64url')
      }),
      // A character in another's place, one more, or one less.
      fc
        .tuple(fc.nat(95), fc.string({ maxLength: 3 }), fc.nat(3))
        .map(([at, text, cut]) => token.slice(0, at) + text + token.slice(at + cut)),
      // Cut off, or followed by something.
      fc.nat(95).map((length) => token.slice(0, length)),
      fc.string({ minLength: 1, maxLength: 4 }).map((text) => token + text),
      fc.string({ unit: 'binary' }),
    )
    let tried = 0
    fc.assert(
      fc.property(
        mutations.filter((mutated) => mutated !== token),
        (mutated) => {
          tried += 1
          expect(signer.read(mutated, now)).toBeUndefined()
        },
      ),
      { numRuns: 2000 },
    )
    expect(tried).toBe(2000)
  })

  it.each([
    ['in standard base64', Buffer.from(token, 'base64url').toString('base64').replace(/[-_]/g, '+')],
    ['with padding', `${token}=`],
    ['with a blank', ` ${token}`],
    ['with a line end', `${token}\n`],
    ['twice', token + token],
    ['as nothing', ''],
  ])('is not taken %s', (_how, other) => {
    if (other !== token) expect(signer.read(other, now)).toBeUndefined()
  })

  it('cannot be put together from two', () => {
    const other = signer.sign({ ...claims, tenantId: randomUUID() })
    const later = signer.sign({ ...claims, expiresAt: new Date(now.getTime() + 3_000_000) })
    for (const donor of [other, later])
      for (let at = 1; at < token.length; at++) {
        const mixed = token.slice(0, at) + donor.slice(at)
        if (mixed !== token && mixed !== donor) expect(signer.read(mixed, now)).toBeUndefined()
      }
  })

  it('outlives a change of the secret, and not the one after it', () => {
    expect(linkSigner('the next secret', secret).read(token, now)).toEqual(claims)
    expect(linkSigner('the next secret').read(token, now)).toBeUndefined()
    expect(linkSigner('one more', 'the next secret').read(token, now)).toBeUndefined()
    expect(linkSigner(secret, 'the next secret').read(linkSigner('the next secret').sign(claims), now)).toEqual(claims)
  })

  it('is not sealed with the secret itself, which signs other things too', () => {
    const written = Buffer.from(token, 'base64url').subarray(0, 40)
    const forged = Buffer.concat([written, createHmac('sha256', secret).update(written).digest()])
    expect(signer.read(forged.toString('base64url'), now)).toBeUndefined()
  })
})
