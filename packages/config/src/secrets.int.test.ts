// Secrets from files and from a server that speaks Vault's HTTP API.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withSecrets } from './secrets.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'throughline-secrets-'))
const token = 'a-token-of-vault'
const answers: Record<string, { status: number; body: unknown }> = {
  '/v1/secret/data/throughline': {
    status: 200,
    body: {
      data: { data: { JWT_SECRET: 'from vault', ENCRYPTION_KEY: 'also from vault', PATH: 'not ours' }, metadata: {} },
    },
  },
  '/v1/secret/data/empty': { status: 200, body: { data: null } },
}
const vault = createServer((request, response) => {
  const known = request.headers['x-vault-token'] === token ? answers[request.url ?? ''] : { status: 403, body: {} }
  const { status, body } = known ?? { status: 404, body: { errors: [] } }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})
let env: Record<string, string>

beforeAll(async () => {
  await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', () => resolve()))
  const VAULT_ADDR = `http://127.0.0.1:${(vault.address() as AddressInfo).port}`
  env = { SECRETS_PROVIDER: 'vault', VAULT_ADDR, VAULT_TOKEN: token, VAULT_SECRET_PATH: 'secret/data/throughline' }
})
afterAll(async () => {
  rmSync(dir, { recursive: true })
  await new Promise((resolve) => vault.close(resolve))
})

describe('a secret in a file', () => {
  it('is read, without the line break at its end', async () => {
    const file = path.join(dir, 'jwt')
    writeFileSync(file, 'from a file\n')
    expect(await withSecrets({ JWT_SECRET_FILE: file })).toMatchObject({ JWT_SECRET: 'from a file' })
  })

  it('stops the start when it cannot be read, or is given twice', async () => {
    const missing = withSecrets({ JWT_SECRET_FILE: path.join(dir, 'nowhere') })
    await expect(missing).rejects.toMatchObject({ problems: ['JWT_SECRET_FILE: ENOENT'] })
    const file = path.join(dir, 'twice')
    writeFileSync(file, 'x')
    const twice = withSecrets({ JWT_SECRET_FILE: file, JWT_SECRET: 'y' })
    await expect(twice).rejects.toMatchObject({ problems: [expect.stringContaining('choose one')] })
  })
})

describe('a secret in Vault', () => {
  it('is read with a token, and what is set directly wins', async () => {
    const found = await withSecrets({ ...env, ENCRYPTION_KEY: 'set here', JWT_SECRET: '' })
    expect(found).toMatchObject({ JWT_SECRET: 'from vault', ENCRYPTION_KEY: 'set here' })
    expect(found.PATH, 'only what the configuration knows is taken').toBeUndefined()
  })

  it('may be reached with a token from a file', async () => {
    const file = path.join(dir, 'vault-token')
    writeFileSync(file, token)
    const { VAULT_TOKEN: _token, ...rest } = env
    expect(await withSecrets({ ...rest, VAULT_TOKEN_FILE: file })).toMatchObject({ JWT_SECRET: 'from vault' })
  })

  it('stops the start when it is refused, missing, malformed or not there, and never shows the token', async () => {
    const problem = (change: Record<string, string>) =>
      withSecrets({ ...env, ...change }).then(
        () => 'none',
        (error: Error) => error.message,
      )
    const messages = [
      await problem({ VAULT_TOKEN: 'another-token' }),
      await problem({ VAULT_SECRET_PATH: 'secret/data/nothing' }),
      await problem({ VAULT_SECRET_PATH: 'secret/data/empty' }),
      await problem({ VAULT_ADDR: 'http://127.0.0.1:9' }),
      await problem({ VAULT_TOKEN: '' }),
    ]
    const expected = [
      'answers 403',
      'answers 404',
      'does not answer with a secret',
      'does not answer',
      'needs VAULT_ADDR',
    ]
    for (const [index, part] of expected.entries()) expect(messages[index]).toContain(part)
    expect(messages.join()).not.toMatch(/another-token|a-token-of-vault/)
  })
})
