import fs from 'node:fs'
import path from 'node:path'

/**
 * Writes a file that only its owner can read, whole or not at all.
 * @param {string} file @param {string} text
 */
export function writePrivately(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  fs.rmSync(draft, { force: true })
  fs.writeFileSync(draft, text, { mode: 0o600 })
  fs.renameSync(draft, file)
}

/** @param {string} file @returns {unknown} undefined: there is none @throws {Error} that names the file when it cannot be read */
export function readJson(file) {
  let text
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${/** @type {Error} */ (error).message}`)
  }
}
