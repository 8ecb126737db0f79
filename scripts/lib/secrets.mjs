import crypto from 'node:crypto'
import path from 'node:path'
import { readJson, writePrivately } from './private-file.mjs'

const names = /** @type {const} */ ([
  'jwtSecret',
  'encryptionKey',
  'postgresPassword',
  'ownerPassword',
  'platformPassword',
  'tenantPassword',
  'redisPassword',
])

/** @typedef {Record<(typeof names)[number], string>} Secrets */

/**
 * The secrets of one installation, made at random on first use and kept in DATA_DIR/secrets.json, for its owner only.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function loadSecrets(dataDir) {
  const file = path.join(dataDir, 'secrets.json')
  const known = /** @type {Partial<Secrets>} */ (readJson(file) ?? {})
  const missing = names.filter((name) => !known[name])
  if (missing.length === 0) return /** @type {Secrets} */ (known)
  // hexadecimal: nothing to escape in a URL, a shell or a configuration file
  const made = Object.fromEntries(missing.map((name) => [name, crypto.randomBytes(32).toString('hex')]))
  const secrets = /** @type {Secrets} */ ({ ...known, ...made })
  writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`)
  return secrets
}
