import fs from 'node:fs'
import path from 'node:path'
import { identify, isAlive } from './proc.mjs'

/** Another process holds the file. */
export class AlreadyRunning extends Error {
  /** @param {number} pid */
  constructor(pid) {
    super(`already running as process ${pid}`)
    this.pid = pid
  }
}

/** @param {string} file @returns {{ pid: number, startedAt: string | null } | undefined} */
function readHolder(file) {
  try {
    const found = JSON.parse(fs.readFileSync(file, 'utf8'))
    return Number.isInteger(found.pid) ? found : undefined
  } catch {
    return undefined // no such file, or half written by a process that was killed: nobody holds it
  }
}

/**
 * Who holds the file, if that process still lives.
 * @param {string} file
 */
export function holderOf(file) {
  const holder = readHolder(file)
  return holder && isAlive(holder) ? holder.pid : undefined
}

/**
 * Claims a file for this process. What a killed process left behind does not count.
 * @param {string} file
 * @returns {() => void} gives it back
 * @throws {AlreadyRunning}
 */
export function claim(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const mine = `${file}.${process.pid}`
  fs.writeFileSync(mine, JSON.stringify(identify(process.pid)))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        fs.linkSync(mine, file) // with its content, and only if there is none: nobody sees a half-written claim
        return () => {
          if (readHolder(file)?.pid === process.pid) fs.rmSync(file, { force: true })
        }
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
        const pid = holderOf(file)
        if (pid !== undefined && pid !== process.pid) throw new AlreadyRunning(pid)
        fs.rmSync(file, { force: true })
      }
    }
  } finally {
    fs.rmSync(mine, { force: true })
  }
  throw new Error(`could not claim ${file}`)
}

/**
 * Runs `work` while no other process runs work under the same file.
 * @template T
 * @param {string} file @param {() => Promise<T>} work @param {(pid: number) => void} onWait told once
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  for (let told = false; ; told = true) {
    try {
      const release = claim(file)
      try {
        return await work()
      } finally {
        release()
      }
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) throw error
      if (!told) onWait(error.pid)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
