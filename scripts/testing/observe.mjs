import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createLineSplitter } from '../lib/output.mjs'
import { inspectProcess } from '../lib/proc.mjs'
import { until } from '../lib/until.mjs'

/** @param {number} pid */
const isGone = (pid) => [undefined, 'Z'].includes(inspectProcess(pid)?.state)

/** @param {number[]} pids */
export const untilGone = (pids) => until(`the end of ${pids.join(', ')}`, async () => pids.every(isGone), 20_000)

/** The living shell that watches over the children of this process. @param {number} parent @returns {number | undefined} */
export const watchdogOf = (parent) =>
  fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      const found = Number.isInteger(pid) ? inspectProcess(pid) : undefined
      return found?.parent === parent && found.command.includes('while read') && found.state !== 'Z'
    })
    .at(-1)

/**
 * Runs a command whose lines are watched.
 * @param {string} file @param {string[]} args @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export function observe(file, args, options) {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  /** @type {string[]} */
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    const splitter = createLineSplitter((line) => lines.push(line))
    stream.setEncoding('utf8').on('data', splitter.push)
  }
  return {
    pid: /** @type {number} */ (child.pid),
    lines,
    exited: once(child, 'exit').then(([code]) => /** @type {number | null} */ (code)),
    /** @param {RegExp} pattern @returns {Promise<string>} what its first group caught, in the last line that fits */
    async said(pattern) {
      const find = () => lines.findLast((line) => pattern.test(line))
      await until(
        `"${pattern}" in:\n${lines.join('\n')}`,
        async () => find() !== undefined || child.exitCode !== null,
        60_000,
      )
      const found = pattern.exec(find() ?? '')
      if (!found) throw new Error(`ended without ${pattern}:\n${lines.join('\n')}`)
      return found[1] ?? found[0]
    },
    /** @param {NodeJS.Signals} signal to the whole group, as Ctrl-C does */
    signalGroup: (signal) => process.kill(-(child.pid ?? 0), signal),
  }
}
