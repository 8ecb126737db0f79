import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, createNonce } from './content-security-policy.ts'

const read = (policy: string) =>
  new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]))
const policy = (input: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) =>
  read(contentSecurityPolicy({ nonce: 'n0', host: 'desk.example', dev: false, ...input }))

describe('the nonce', () => {
  it('has 128 bits and never comes twice', () => {
    const nonces = Array.from({ length: 100_000 }, createNonce)
    expect(new Set(nonces).size).toBe(100_000)
    expect(nonces.every((nonce) => /^[A-Za-z0-9+/]{22}==$/.test(nonce))).toBe(true)
  })
})

describe('the policy of a page', () => {
  it('runs scripts of our own origin and of this request, and no others', () => {
    expect(policy().get('script-src')).toEqual(["'self'", "'nonce-n0'"])
  })

  it('allows inline and evaluated code nowhere but in style attributes', () => {
    const unsafe = [...policy()].filter(([, sources]) => sources.some((source) => source.startsWith("'unsafe-")))
    expect(unsafe).toEqual([['style-src-attr', ["'unsafe-inline'"]]])
  })

  it('lets nobody frame the page, frame others, change its base or send its forms away', () => {
    for (const name of ['frame-ancestors', 'frame-src', 'object-src', 'base-uri'])
      expect(policy().get(name)).toEqual(["'none'"])
    expect(policy().get('form-action')).toEqual(["'self'"])
  })

  it('connects to its own host only, by name or by address', () => {
    for (const host of ['desk.example', 'localhost:3000', '[::1]:3000', '10.0.0.7'])
      expect(policy({ host }).get('connect-src')).toEqual(["'self'", `ws://${host}`, `wss://${host}`])
  })

  it('takes nothing from a host that is none', () => {
    for (const host of [undefined, '', '*', 'a b', "a; script-src 'unsafe-inline'", 'a,b', 'a/b', 'a:1:2', 'a\tb'])
      expect(policy({ host }).get('connect-src')).toEqual(["'self'"])
  })

  it('lets `next dev` evaluate its modules and put styles into the page', () => {
    expect(policy({ dev: true }).get('script-src')).toEqual(["'self'", "'nonce-n0'", "'unsafe-eval'"])
    expect(policy({ dev: true }).get('style-src')).toEqual(["'self'", "'unsafe-inline'"])
  })
})
