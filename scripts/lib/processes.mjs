import { spawn } from 'node:child_process'
import { findExecutable } from './executables.mjs'
import { startWatchdog } from './watchdog.mjs'

/**
 * @typedef {import('./output.mjs').Output} Output
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit
 * @typedef {{
 *   cwd?: string, env?: NodeJS.ProcessEnv, signal?: NodeJS.Signals, service?: boolean, log?: number, silent?: boolean,
 *   uid?: number, gid?: number, capture?: boolean, ownDeathSignal?: boolean, keepStdin?: boolean, graceMs?: number,
 * }} LaunchOptions  `log`: a file descriptor instead of our output; `service`: stopped after everything else; `silent`: its
 *   errors are told only when it fails; `keepStdin`: its standard input ends when we do
 * @typedef {{ name: string, pid: number, exited: Promise<Exit>, output: () => string }} Child
 * @typedef {ReturnType<typeof createProcesses>} Processes
 */

/** Everything is being stopped: nothing may be launched any more. */
export class Stopping extends Error {}

export class CommandFailed extends Error {
  /** @param {string} name @param {Exit} exit @param {string} [said] */
  constructor(name, exit, said = '') {
    super(`${name} failed (${describeExit(exit)})${said && `: ${said}`}`)
    this.exit = exit
  }
}

/** @param {Exit} exit */
export const describeExit = (exit) => (exit.signal ? `ended by ${exit.signal}` : `exit code ${exit.code}`)

const defaultGraceMs = 10_000
const setpriv = process.platform === 'linux' ? findExecutable(['setpriv']) : undefined

/**
 * Lets the Linux kernel signal a child when we die, should the watchdog die with us.
 * @param {NodeJS.Signals} signal @param {string} command @param {string[]} args
 * @returns {[string, string[]]}
 */
export function dieWithParent(signal, command, args) {
  return setpriv ? [setpriv, ['--pdeathsig', signal.slice(3), '--', command, ...args]] : [command, args]
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // the group is empty: all of it has ended
  }
}

/**
 * Every child of ours, each the leader of its own process group: Ctrl-C reaches only us, the order of stopping is ours,
 * and nobody is left when we are killed.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, output: Output }} options
 */
export function createProcesses({ cwd, env, output }) {
  /** @type {Map<number, { pid: number, exited: Promise<Exit>, signal: NodeJS.Signals, service: boolean, graceMs: number }>} by pid */
  const running = new Map()
  const watchdog = startWatchdog()
  let stopping = false

  /** @param {string} name @param {string} command @param {string[]} args @param {LaunchOptions} [options] @returns {Child} */
  function launch(name, command, args, options = {}) {
    if (stopping) throw new Stopping(`not starting ${name}: everything is being stopped`)
    const { signal = 'SIGTERM', service = false, graceMs = defaultGraceMs, log, capture, silent } = options
    const [file, argv] = options.ownDeathSignal ? [command, args] : dieWithParent(signal, command, args)
    const stdio = log === undefined ? 'pipe' : log
    const child = spawn(file, argv, {
      cwd: options.cwd ?? cwd,
      env: options.env ?? env,
      detached: true,
      stdio: [options.keepStdin ? 'pipe' : 'ignore', stdio, stdio],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    })
    let captured = ''
    if (child.stdout && capture)
      child.stdout.setEncoding('utf8').on('data', (text) => {
        captured += text
      })
    else if (child.stdout && silent) child.stdout.resume()
    else if (child.stdout) output.prefix(name, child.stdout, 'stdout')
    if (child.stderr && silent)
      child.stderr.setEncoding('utf8').on('data', (text) => {
        captured += text
      })
    else if (child.stderr) output.prefix(name, child.stderr, 'stderr')
    const { pid } = child
    /** @type {Promise<Exit>} */
    const exited = new Promise((resolve) => {
      child.on('error', (error) => {
        if (pid !== undefined) return
        output.warn(`${name}: ${error.message}`)
        resolve({ code: 127, signal: null })
      })
      child.on('exit', (code, by) => {
        if (pid !== undefined) {
          signalGroup(pid, 'SIGKILL') // a crashed child must not leave children of its own behind
          watchdog.remove(pid)
          running.delete(pid)
        }
        // its last words may still be in the pipe; a grandchild that holds the pipe must not hold us
        const settle = () => resolve({ code, signal: by })
        child.once('close', settle)
        setTimeout(settle, 500).unref()
      })
    })
    if (pid !== undefined) {
      watchdog.add(signal, pid)
      running.set(pid, { pid, exited, signal, service, graceMs })
    }
    return { name, pid: pid ?? -1, exited, output: () => captured }
  }

  /**
   * Runs a command to its end.
   * @param {string} name @param {string} command @param {string[]} args @param {LaunchOptions} [options]
   * @returns {Promise<string>} what it printed, with `capture`
   * @throws {CommandFailed}
   */
  async function run(name, command, args, options) {
    const child = launch(name, command, args, options)
    const exit = await child.exited
    if (stopping) throw new Stopping(`${name} was stopped`)
    if (exit.code !== 0) throw new CommandFailed(name, exit, options?.silent ? child.output().trim() : '')
    return child.output()
  }

  /** @param {boolean} services or everything else */
  async function stopChildren(services) {
    const chosen = [...running.values()].filter((child) => child.service === services)
    await Promise.all(
      chosen.map(async (child) => {
        signalGroup(child.pid, child.signal)
        const overdue = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), child.graceMs)
        await child.exited
        clearTimeout(overdue)
      }),
    )
  }

  return {
    launch,
    run,
    get stopping() {
      return stopping
    },
    /** Ends everything, those that need the services first. No child can be launched after this. */
    async stopAll() {
      stopping = true
      await stopChildren(false)
      await stopChildren(true)
      watchdog.dismiss()
    },
  }
}
