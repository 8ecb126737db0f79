import fs from 'node:fs'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary.mjs'
import { identify } from './proc.mjs'
import { readRunFile, removeRunFile, runFileOf, writeRunFile } from './run-file.mjs'

const run = () => ({
  pid: process.pid,
  pidStartedAt: identify(process.pid).startedAt,
  startedAt: new Date(0).toISOString(),
  dataDir: '/data',
  mode: 'demo',
  databaseUrls: { owner: 'o', platform: 'p', tenant: 't' },
  redisUrl: 'r',
  urls: {},
  health: {},
  ports: {},
  pids: {},
})

it('is for its owner only, as it holds passwords, and gone after a stop', () => {
  const dir = temporaryFolder()
  writeRunFile(dir, run())
  expect(fs.statSync(runFileOf(dir)).mode & 0o777).toBe(0o600)
  expect(readRunFile(dir)).toEqual(run())
  removeRunFile(dir)
  expect(readRunFile(dir)).toBeUndefined()
})

it('of a killed platform counts for nothing, even when its pid has been given away', () => {
  const dir = temporaryFolder()
  writeRunFile(dir, { ...run(), pidStartedAt: '1' })
  expect(readRunFile(dir)).toBeUndefined()
})
