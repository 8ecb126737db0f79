import fs from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

/**
 * The settings in `.env` at the root, if there is one. What the environment itself says counts more.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function readDotEnv(root) {
  const file = path.join(root, '.env')
  if (!fs.existsSync(file)) return {}
  // a line without a value, as in .env.example, sets nothing
  return Object.fromEntries(Object.entries(parseEnv(fs.readFileSync(file, 'utf8'))).filter(([, value]) => value !== ''))
}
