import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readJson } from './private-file.mjs'

const skippedDirs = new Set([
  'node_modules',
  '.next',
  '.turbo',
  'dist',
  'generated',
  'coverage',
  'test-results',
  'playwright-report',
  '.git',
])
const isTest = (/** @type {string} */ name) => /\.(test|spec)\.[a-z]+$/.test(name)
/** Written by Next's build and by the compiler: not sources. */
const isByproduct = (/** @type {string} */ name) =>
  name === 'next-env.d.ts' || name.endsWith('.tsbuildinfo') || name.endsWith('.log')

/** @param {string} at @param {(name: string) => boolean} wanted @returns {string[]} files, sorted */
function filesUnder(at, wanted) {
  const stat = fs.statSync(at, { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [at]
  return fs
    .readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(at, entry.name)
      if (entry.isDirectory()) return skippedDirs.has(entry.name) ? [] : filesUnder(full, wanted)
      return entry.isFile() && wanted(entry.name) ? [full] : []
    })
}

/**
 * One hash of the names and contents of these files and folders.
 * @param {string} root @param {string[]} places relative to root @param {(name: string) => boolean} [wanted]
 */
export function hashOf(root, places, wanted = () => true) {
  const hash = crypto.createHash('sha256')
  for (const place of places) {
    for (const file of filesUnder(path.join(root, place), wanted)) {
      const content = fs.readFileSync(file)
      hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

/** @param {string} root @param {string[]} places */
export const hashOfSources = (root, places) => hashOf(root, places, (name) => !isTest(name) && !isByproduct(name))

/** @param {string} root every package.json of the workspace, and what pnpm reads beside them */
export function hashOfManifests(root) {
  const members = ['apps', 'packages'].flatMap((dir) => {
    const at = path.join(root, dir)
    return fs.existsSync(at)
      ? fs
          .readdirSync(at)
          .sort()
          .map((name) => `${dir}/${name}/package.json`)
      : []
  })
  const rest = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    '.npmrc',
    'bench/package.json',
    'e2e/package.json',
  ]
  return hashOf(root, [...rest, ...members])
}

/**
 * Remembers which hash a piece of work was last done for.
 * @param {string} file
 */
export function createStamp(file) {
  return {
    /** @param {string} hash */
    matches(hash) {
      try {
        return /** @type {{ hash?: string } | undefined} */ (readJson(file))?.hash === hash
      } catch {
        return false // a damaged stamp only means that the work is done again
      }
    },
    /** @param {string} hash */
    set(hash) {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, JSON.stringify({ hash, at: new Date().toISOString() }))
    },
    clear: () => fs.rmSync(file, { force: true }),
  }
}
