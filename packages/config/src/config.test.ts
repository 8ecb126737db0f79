import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, loadPortalConfig } from './config.ts'
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
}
const problemsOf = (env: Record<string, string>) => {
  try {
    loadConfig(env)
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
    expect(loadConfig({ ...needed, CORS_ORIGINS: 'https://a.test, null' }).api.corsOrigins).toEqual([
      'https://a.test',
      'null',
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
