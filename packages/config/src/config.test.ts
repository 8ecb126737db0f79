import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { loadConfig, loadPortalConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { environment } from './schema.ts'

const example = readFileSync(path.join(import.meta.dirname, '../../../.env.example'), 'utf8')
const entries = example.split('\n').flatMap((line) => {
  const [, name, value] = line.match(/^([A-Z][A-Z0-9_]*)=(.*)$/) ?? []
  return name === undefined ? [] : [[name, value ?? ''] as const]
})

const random = 'pLq8Zr2vXc5Nw9KsYt4BdHf7GjM3aEuR6TzVxQnP'
const needed = {
  DATABASE_PLATFORM_URL: 'postgresql://app_platform@127.0.0.1/throughline',
  DATABASE_TENANT_URL: 'postgresql://app_tenant@127.0.0.1/throughline',
  REDIS_URL: 'redis://127.0.0.1:6379',
  JWT_SECRET: random,
  ENCRYPTION_KEY: random,
}
const problemsOf = (env: Record<string, string>) => {
  try {
    // Production wants a way to send mail; the tests below are about the rest.
    loadConfig({ MAIL_DRIVER: 'smtp', SMTP_URL: 'smtp://mail.test:25', ...env })
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('.env.example', () => {
  it('names every variable that is read, and no other', () => {
    expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(environment.shape).sort())
  })

  it('gives the defaults that hold', () => {
    const defaults = environment.parse(needed)
    const written = environment.parse({ ...Object.fromEntries(entries.filter(([, value]) => value !== '')), ...needed })
    expect(written).toEqual(defaults)
  })
})

describe('the configuration', () => {
  it('needs databases, Redis and a secret, and says which of them are missing', () => {
    expect(problemsOf({}).map((problem) => problem.split(':')[0])).toEqual(Object.keys(needed))
  })

  it('sends passwords and links over TLS in production, but on this machine itself', () => {
    for (const name of ['CORS_ORIGINS', 'DASHBOARD_URL', 'MANAGE_URL', 'DM_URL']) {
      for (const value of ['http://desk.firm.example', 'http://localhost.firm.example'])
        expect(problemsOf({ ...needed, [name]: value })).toEqual([expect.stringContaining(`${name} must be https`)])
      for (const value of ['https://desk.firm.example', 'http://localhost:3000', 'http://127.0.0.1:3000'])
        expect(problemsOf({ ...needed, [name]: value })).toEqual([])
      expect(problemsOf({ ...needed, [name]: 'http://desk.firm.example', THROUGHLINE_MODE: 'demo' })).toEqual([])
    }
    expect(problemsOf({ ...needed, CORS_ORIGINS: 'https://desk.firm.example, null' })).toEqual([
      expect.stringContaining('CORS_ORIGINS must be https'),
    ])
  })

  it('refuses a short, repetitive or placeholder secret in production', () => {
    for (const secret of [
      'short',
      'a'.repeat(64),
      'change-me-change-me-change-me-change-me',
      'your-jwt-secret-goes-here-0123456789',
    ])
      expect(problemsOf({ ...needed, JWT_SECRET: secret })).toEqual([expect.stringContaining('JWT_SECRET')])
    expect(problemsOf({ ...needed, JWT_SECRET: random })).toEqual([])
  })

  it('refuses cookies without Secure in production only', () => {
    expect(problemsOf({ ...needed, COOKIE_SECURE: 'false' })).toEqual([expect.stringContaining('COOKIE_SECURE')])
    expect(problemsOf({ ...needed, COOKIE_SECURE: 'false', THROUGHLINE_MODE: 'demo' })).toEqual([])
  })

  it('asks for what a chosen driver or provider needs', () => {
    expect(problemsOf({ ...needed, STORAGE_DRIVER: 's3' })).toHaveLength(3)
    expect(problemsOf({ ...needed, AI_PROVIDER: 'anthropic' })).toHaveLength(2)
    expect(problemsOf({ ...needed, AI_PROVIDER: 'openai-compatible', AI_MODEL: 'llama' })).toEqual([
      expect.stringContaining('AI_BASE_URL'),
    ])
  })

  it('does not take an unknown word for a flag or a profile', () => {
    expect(problemsOf({ ...needed, COOKIE_SECURE: 'yes' })).toHaveLength(1)
    expect(problemsOf({ ...needed, WORKER_PROFILES: 'llm,everything' })).toHaveLength(1)
  })

  it('keeps what follows a comma in a list', () => {
    expect(
      loadConfig({ ...needed, THROUGHLINE_MODE: 'test', CORS_ORIGINS: 'https://a.test, null' }).api.corsOrigins,
    ).toEqual(['https://a.test', 'null'])
  })

  it('takes the secrets of payment gateways as keys that no print shows', () => {
    const present = randomBytes(24).toString('base64')
    const previous = randomBytes(64).toString('base64')
    const text = randomBytes(24).toString('base64')
    const { payments } = loadConfig({
      ...needed,
      THROUGHLINE_MODE: 'test',
      PAYMENT_PROVIDERS: JSON.stringify({
        acmepay: { scheme: 'standard', secrets: [`whsec_${present}`, `whsec_${previous}`] },
        otherpay: { scheme: 'timestamped', secrets: [text] },
      }),
    })
    const { providers } = payments
    expect(providers.get('acmepay')?.keys.map((key) => key.export().toString('base64'))).toEqual([present, previous])
    expect(providers.get('otherpay')).toMatchObject({ scheme: 'timestamped', header: 'gateway-signature' })
    const printed = inspect(payments, { depth: 9, showHidden: true }) + JSON.stringify([...providers])
    for (const secret of [present, previous, text]) expect(printed).not.toContain(secret)
    expect(loadConfig({ ...needed, THROUGHLINE_MODE: 'test', PAYMENT_PROVIDERS: '' }).payments.providers.size).toBe(0)
  })

  it('refuses a malformed or weak secret of a payment gateway by its place, and never repeats it', () => {
    const random = (bytes: number) => randomBytes(bytes).toString('base64')
    const good = `whsec_${random(32)}`
    const standard = (...secrets: unknown[]) => ({ acmepay: { scheme: 'standard', secrets } })
    const wrong: [value: unknown, problem: RegExp][] = [
      [standard(good, `whsec_${random(23)}`), /^PAYMENT_PROVIDERS\.acmepay\.secrets\.1: must have 24 to 64 bytes$/],
      [standard(`whsec_${random(65)}`), /secrets\.0: must have 24 to 64 bytes$/],
      [standard(`whsec_${Buffer.alloc(32, 7).toString('base64')}`), /not random enough/],
      [standard(random(32)), /whsec_ and base64/],
      [standard(`${good}!`), /whsec_ and base64/],
      [standard(12), /whsec_ and base64/],
      [standard(), /list of one secret/],
      [standard(good, good, good), /list of one secret/],
      [{ acmepay: { scheme: 'standard', secrets: good } }, /list of one secret/],
      [{ acmepay: { scheme: 'none', secrets: [good] } }, /needs a scheme/],
      [{ acmepay: { secrets: [good] } }, /needs a scheme/],
      [{ acmepay: good }, /needs a scheme/],
      [{ acmepay: { scheme: 'standard', secrets: [good], [good]: 1 } }, /fields that are not known/],
      [{ acmepay: { scheme: 'timestamped', secrets: [`two words ${good}`] } }, /without spaces/],
      [{ acmepay: { scheme: 'timestamped', secrets: ['short'] } }, /24 to 64 bytes/],
      [{ acmepay: { scheme: 'timestamped', secrets: [good], header: good } }, /header in lower case/],
      [{ [good]: { scheme: 'standard', secrets: [good] } }, /^PAYMENT_PROVIDERS: has a provider whose name/],
      [[good], /object of providers/],
      [good, /object of providers/],
    ]
    for (const [value, problem] of wrong) {
      const problems = problemsOf({ ...needed, PAYMENT_PROVIDERS: JSON.stringify(value) })
      expect(problems).toEqual([expect.stringMatching(problem)])
      expect(problems.join()).not.toContain(good)
    }
    expect(problemsOf({ ...needed, PAYMENT_PROVIDERS: `{"acmepay":{"secrets":["${good}` })).toEqual([
      'PAYMENT_PROVIDERS: is not JSON',
    ])
  })

  it('tells a portal where the API is', () => {
    expect(loadPortalConfig({ PORT: '3000', API_URL: 'http://api:3003' })).toMatchObject({
      port: 3000,
      apiUrl: 'http://api:3003',
      mode: 'production',
    })
    expect(() => loadPortalConfig({ PORT: '3000', API_URL: 'nowhere' })).toThrow(ConfigError)
  })
})
