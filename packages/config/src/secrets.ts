// Where secrets come from: the environment, a file each (`JWT_SECRET_FILE=/run/secrets/jwt`), or Vault's HTTP API.
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { ConfigError } from './config-error.ts'
import { environment } from './schema.ts'

type Env = Record<string, string | undefined>

const names = Object.keys(environment.shape)
const fileSuffix = '_FILE'
const vaultTimeoutMs = 10_000

/** `NAME_FILE` stands for `NAME` with what the file holds; a line break at its end is the editor's. */
function fromFiles(env: Env): Env {
  const found: Env = {}
  const problems: string[] = []
  for (const name of names) {
    const file = env[`${name}${fileSuffix}`]
    if (!file) continue
    if (env[name] !== undefined) problems.push(`${name} and ${name}${fileSuffix} are both set: choose one`)
    try {
      found[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    } catch (error) {
      problems.push(`${name}${fileSuffix}: ${error instanceof Error && 'code' in error ? error.code : 'not readable'}`)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return found
}

const vaultAnswer = z.object({ data: z.object({ data: z.record(z.string(), z.string()) }) })

/** Reads one secret of a KV store, version 2. What it says of itself never reaches a message. */
async function fromVault({ VAULT_ADDR, VAULT_TOKEN, VAULT_SECRET_PATH }: Env): Promise<Env> {
  if (!VAULT_ADDR || !VAULT_TOKEN || !VAULT_SECRET_PATH)
    throw new ConfigError(['SECRETS_PROVIDER=vault needs VAULT_ADDR, VAULT_TOKEN and VAULT_SECRET_PATH'])
  const refuse = (why: string) => new ConfigError([`Vault at ${VAULT_ADDR} ${why}`])
  let response: Response
  try {
    response = await fetch(new URL(`/v1/${VAULT_SECRET_PATH}`, VAULT_ADDR), {
      headers: { 'x-vault-token': VAULT_TOKEN },
      redirect: 'error',
      signal: AbortSignal.timeout(vaultTimeoutMs),
    })
  } catch {
    // The cause may repeat the address and what is in it; that it cannot be reached is all there is to know.
    throw refuse('does not answer')
  }
  if (!response.ok) throw refuse(`answers ${response.status}`)
  const parsed = vaultAnswer.safeParse(await response.json().catch(() => null))
  if (!parsed.success) throw refuse('does not answer with a secret of a KV store, version 2')
  const secrets = parsed.data.data.data
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => names.includes(name)))
}

/**
 * The environment with its secrets filled in. What is set directly wins over Vault.
 * @throws ConfigError when a file cannot be read or Vault does not answer; no message holds a secret
 */
export async function withSecrets(env: Env): Promise<Env> {
  const withFiles = { ...env, ...fromFiles(env) }
  if (withFiles.SECRETS_PROVIDER !== 'vault') return withFiles
  const set = Object.fromEntries(Object.entries(withFiles).filter(([, value]) => value !== undefined && value !== ''))
  return { ...(await fromVault(withFiles)), ...set }
}
