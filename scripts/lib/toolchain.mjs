import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readJson } from './private-file.mjs'

/** Where npx put Node and pnpm the last time: asking it again costs a second each. */
const remembered = (/** @type {string} */ root) =>
  path.join(root, 'node_modules', '.cache', 'throughline', 'toolchain.json')

/** @param {string} root @returns {Record<string, string>} package -> path */
function readRemembered(root) {
  try {
    return /** @type {Record<string, string>} */ (readJson(remembered(root)) ?? {})
  } catch {
    return {} // damaged: npx knows
  }
}

/** @param {string} root @param {Record<string, string>} paths */
export function remember(root, paths) {
  const file = remembered(root)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify({ ...readRemembered(root), ...paths }, null, 2))
}

/**
 * The path that a package from npm has on this machine; npx downloads it once.
 * @param {{ root: string, spec: string, command: string[], processes: import('./processes.mjs').Processes }} options `command`: what npx runs to print the path
 */
async function locate({ root, spec, command, processes }) {
  const known = readRemembered(root)[spec]
  if (known && fs.existsSync(known)) return known
  // --prefer-offline: once cached it works without a network, and without npm's minutes of retries
  const printed = await processes.run('npx', 'npx', ['--prefer-offline', '--yes', ...command], {
    cwd: os.tmpdir(),
    capture: true,
  })
  const found = printed.trim().split('\n').pop()?.trim()
  if (!found || !fs.existsSync(found)) throw new Error(`npx did not say where ${spec} is`)
  return found
}

/** @param {string} root @param {import('./processes.mjs').Processes} processes */
export function locateNode(root, processes) {
  const spec = `node@${fs.readFileSync(path.join(root, '.node-version'), 'utf8').trim()}`
  return locate({ root, spec, command: [spec, '-p', 'process.execPath'], processes })
}

/** @param {string} root */
export function pnpmSpec(root) {
  const { packageManager } = /** @type {{ packageManager: string }} */ (readJson(path.join(root, 'package.json')))
  return packageManager.replace(/\+.*/, '')
}

/** @param {string} root @param {import('./processes.mjs').Processes} processes */
export function locatePnpm(root, processes) {
  const spec = pnpmSpec(root)
  return locate({ root, spec, command: ['--package', spec, '-c', 'command -v pnpm'], processes })
}
