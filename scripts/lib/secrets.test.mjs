import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary.mjs'
import { loadSecrets } from './secrets.mjs'

it('makes strong secrets once, for the owner of the file only', () => {
  const dir = path.join(temporaryFolder(), 'data')
  const secrets = loadSecrets(dir)
  expect(new Set(Object.values(secrets)).size).toBe(7)
  for (const secret of Object.values(secrets)) expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(fs.statSync(path.join(dir, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(loadSecrets(dir)).toEqual(secrets)
  expect(loadSecrets(temporaryFolder())).not.toEqual(secrets)
})

it('adds what a newer version needs, and keeps what is there', () => {
  const dir = temporaryFolder()
  const { tenantPassword: _, ...older } = loadSecrets(dir)
  fs.writeFileSync(path.join(dir, 'secrets.json'), JSON.stringify(older))
  expect(loadSecrets(dir)).toMatchObject(older)
  expect(loadSecrets(dir).tenantPassword).toMatch(/^[0-9a-f]{64}$/)
})

it('does not quietly replace a damaged file: the database knows only the old passwords', () => {
  const dir = temporaryFolder()
  fs.writeFileSync(path.join(dir, 'secrets.json'), '{"jwtSecret":')
  expect(() => loadSecrets(dir)).toThrow('secrets.json cannot be read')
})
