import fs from 'node:fs'
import path from 'node:path'

/** Where administrators' programs are, which are often not on a plain user's PATH. */
const systemDirs = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/opt/homebrew/bin', '/usr/local/bin']

/**
 * The first of the names that is installed.
 * @param {string[]} names
 * @param {Record<string, string | undefined>} [env]
 * @returns {string | undefined} its full path
 */
export function findExecutable(names, env = process.env) {
  const dirs = [...(env.PATH ?? '').split(path.delimiter).filter(Boolean), ...systemDirs]
  for (const name of names) {
    for (const dir of dirs) {
      const file = path.join(dir, name)
      try {
        if (!fs.statSync(file).isFile()) continue
        fs.accessSync(file, fs.constants.X_OK)
        return file
      } catch {
        // not in this folder: look on
      }
    }
  }
  return undefined
}
