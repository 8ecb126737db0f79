import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary.mjs'
import { childEnv } from './child-env.mjs'
import { readDotEnv } from './dot-env.mjs'
import { hermetic } from './test-env.mjs'

it('children get this Node first, and where packages come from, but not the settings of npm start', () => {
  const env = childEnv({
    PATH: '/usr/bin',
    npm_lifecycle_event: 'start',
    npm_config_user_agent: 'npm',
    npm_config_registry: 'https://mirror',
    THROUGHLINE_WRAPPER: '7',
    LANG: 'C',
  })
  expect(env.PATH).toBe(`${path.dirname(process.execPath)}${path.delimiter}/usr/bin`)
  expect(env).toMatchObject({ npm_config_registry: 'https://mirror', LANG: 'C' })
  expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['npm_lifecycle_event']))
  expect(env.npm_config_user_agent ?? env.THROUGHLINE_WRAPPER).toBeUndefined()
})

it('a line of .env without a value sets nothing', () => {
  const root = temporaryFolder()
  expect(readDotEnv(root)).toEqual({})
  fs.writeFileSync(path.join(root, '.env'), '# comment\nAI_PROVIDER=openai\nREDIS_URL=\nAI_MODEL="a b"\n')
  expect(readDotEnv(root)).toEqual({ AI_PROVIDER: 'openai', AI_MODEL: 'a b' })
})

it('tests do not see the settings of the platform that runs here', () => {
  const env = {
    PATH: '/bin',
    HOME: '/root',
    CHROMIUM_PATH: '/c',
    DATABASE_URL: 'x',
    REDIS_URL: 'x',
    AI_API_KEY: 'x',
    API_PORT: '1',
    DATA_DIR: 'x',
    JWT_SECRET: 'x',
    THROUGHLINE_MODE: 'production',
    HOST: 'x',
  }
  expect(Object.keys(hermetic(env))).toEqual(['PATH', 'HOME', 'CHROMIUM_PATH'])
})
