import fs from 'node:fs'
import path from 'node:path'

const largestBytes = 10 * 1024 * 1024

/**
 * Postgres and Redis write to a file: what clients do wrong is not what the person at the terminal waits for.
 * @param {string} dataDir @param {string} name
 */
export function openLog(dataDir, name) {
  const file = path.join(dataDir, 'logs', `${name}.log`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) fs.renameSync(file, `${file}.1`)
  return { file, fd: fs.openSync(file, 'a', 0o600) }
}

/** @param {string} file */
export const tailOf = (file) => fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
