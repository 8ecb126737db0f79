import path from 'node:path'
import { followAncestors } from './ancestors.mjs'
import { UsageError } from './arguments.mjs'
import { childEnv } from './child-env.mjs'
import { nodeIsTooOld, oldestNode } from './node-version.mjs'
import { createOutput, outliveClosedOutput } from './output.mjs'
import { root } from './paths.mjs'
import { createProcesses, Stopping } from './processes.mjs'
import { locateNode } from './toolchain.mjs'

/** @typedef {{ processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, env: NodeJS.ProcessEnv, args: string[], atEnd: (work: () => void) => void }} Context */

/**
 * Goes on under Node 24 from npm. The child is that node itself, not npx: one process less, and signals reach it.
 * @param {string} script @param {Context} context
 */
async function continueOnNewerNode(script, { processes, output, args }) {
  if (process.env.THROUGHLINE_WRAPPER) throw new Error(`started again, and still on Node ${process.version}`)
  const node = await output.step(
    `Node ${process.version} is older than ${oldestNode}: going on under Node 24 from npm`,
    () => locateNode(root, processes),
  )
  const { spawn } = await import('node:child_process')
  const child = spawn(node, [script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, THROUGHLINE_WRAPPER: String(process.pid) },
  })
  // Ctrl-C reaches the child by itself, being in our group; a plain `kill` reaches only us
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
  process.removeAllListeners('SIGINT')
  process.on('SIGINT', () => undefined)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      output.warn(`could not start ${node}: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/**
 * The frame of every command: the right Node, own process groups, an orderly stop on Ctrl-C, SIGTERM, a vanished npm or
 * an error, and one line for a mistake of the caller.
 * @param {string} script its own `import.meta.filename`-like path
 * @param {(context: Context) => Promise<number | 'until stopped'>} main the exit code, or: goes on until something stops it
 * @param {{ interruptedCode?: number, label?: string }} [options]
 */
export function command(script, main, { interruptedCode = 0, label = path.basename(script, '.mjs') } = {}) {
  if (process.platform === 'win32') {
    console.error('Throughline starts on Linux and macOS; on Windows, run it inside WSL')
    process.exit(1)
  }
  outliveClosedOutput()
  const output = createOutput({ name: label })
  const env = childEnv(process.env)
  const processes = createProcesses({ cwd: root, env, output })
  /** @type {(() => void)[]} */
  const endings = []
  let ending = false

  /** @param {number} code @param {string} [why] */
  async function end(code, why) {
    if (ending) return
    ending = true
    if (why) output.say(`${why}: stopping`)
    await processes.stopAll()
    for (const work of endings.reverse()) work()
    if (why) output.say('stopped')
    process.exit(code)
  }
  const reexecuted = process.env.THROUGHLINE_WRAPPER === String(process.ppid)
  process.on('SIGINT', () => void end(interruptedCode, 'interrupted'))
  process.on('SIGTERM', () => void end(interruptedCode, 'asked to end'))
  process.on('SIGHUP', () => void end(interruptedCode, 'the terminal is gone'))
  process.on('uncaughtException', (error) => fail(error))
  process.on('unhandledRejection', (error) => fail(error))
  followAncestors(() => void end(1, 'npm is gone'), {
    reexecuted,
    underNpm: process.env.npm_lifecycle_event !== undefined,
  })

  /** @param {unknown} error */
  function fail(error) {
    if (error instanceof Stopping) return
    const known =
      error instanceof UsageError ||
      (error instanceof Error &&
        error.constructor !== TypeError &&
        error.constructor !== ReferenceError &&
        error.constructor !== SyntaxError)
    output.warn(
      known
        ? /** @type {Error} */ (error).message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    )
    void end(error instanceof UsageError ? 2 : 1)
  }

  const context = {
    processes,
    output,
    env,
    args: process.argv.slice(2),
    atEnd: (/** @type {() => void} */ work) => void endings.push(work),
  }
  const work = nodeIsTooOld(process.version) ? continueOnNewerNode(script, context) : main(context)
  work.then((result) => (result === 'until stopped' ? undefined : end(result)), fail)
}
