import { backoffDelayMs, recoveredAfterMs } from './backoff.mjs'
import { describeExit } from './processes.mjs'

/**
 * @typedef {{ name: string, command: string, args: string[] } & import('./processes.mjs').LaunchOptions} ServiceSpec
 */

/** What our processes end with when they cannot use their configuration (EX_CONFIG): the next try would end the same. */
const configurationRefused = 78

/**
 * Keeps one process running: starts it again when it ends, after a wait that doubles up to 30 s. It never gives up, and
 * says each time what it is waiting for.
 * @param {import('./processes.mjs').Processes} processes
 * @param {ServiceSpec} spec
 * @param {{ output: import('./output.mjs').Output, onLaunch?: (pid: number) => void, onRefused?: (name: string) => boolean, delayMs?: (crashes: number) => number }} options
 */
export function supervise(
  processes,
  spec,
  { output, onLaunch = () => undefined, onRefused = () => false, delayMs = backoffDelayMs },
) {
  const { name, command, args, ...options } = spec
  let crashes = 0
  const start = () => {
    if (processes.stopping) return
    const startedAt = Date.now()
    const child = processes.launch(name, command, args, options)
    onLaunch(child.pid)
    void child.exited.then((exit) => {
      if (processes.stopping) return
      if (exit.code === configurationRefused && onRefused(name)) return
      crashes = Date.now() - startedAt > recoveredAfterMs ? 1 : crashes + 1
      const wait = delayMs(crashes)
      output.warn(`${name} ended (${describeExit(exit)}); starting it again in ${wait / 1000} s`)
      setTimeout(start, wait)
    })
  }
  start()
}
