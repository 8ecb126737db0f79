import path from 'node:path'
import { binOf } from './paths.mjs'
import { readJson } from './private-file.mjs'
import { CommandFailed } from './processes.mjs'
import { tally, tallyOfPlaywright, tallyOfVitest } from './tally.mjs'

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {{ root: string, dir: string, env: NodeJS.ProcessEnv, processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, only?: string, update?: boolean }} TestRun  `dir`: for reports
 */

/**
 * Runs a command and says how it ended, whatever that is.
 * @param {Pick<TestRun, 'processes' | 'env' | 'root'>} run @param {string} name @param {string} file @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function exitCodeOf({ processes, env, root }, name, file, args, options = {}) {
  try {
    await processes.run(name, file, args, { cwd: options.cwd ?? root, env: { ...env, ...options.env } })
    return 0
  } catch (error) {
    if (error instanceof CommandFailed) return error.exit.code || 1
    throw error
  }
}

/**
 * A check is one test: it passes or fails.
 * @param {TestRun} run @param {string} name @param {string} file @param {string[]} args
 * @returns {Promise<Tally>}
 */
export async function check({ output, processes, env, root }, name, file, args) {
  try {
    await output.step(name, () => processes.run(name, file, args, { cwd: root, env }))
    return tally(1)
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    output.warn(`✗ ${error.message}`)
    return tally(0, 1, 0, [{ test: name, why: error.message }])
  }
}

/** @param {string} file a report; a runner that crashed wrote none, or half of one */
function readReport(file) {
  try {
    return readJson(file)
  } catch {
    return undefined // counted as one failure by who reads the tally
  }
}

/**
 * `only`: a part of the path of the files to run; `update`: writes the documents that tests compare with, anew.
 * @param {TestRun} run @param {'unit' | 'integration'} project @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Tally>}
 */
export async function vitest(run, project, env) {
  const report = path.join(run.dir, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  if (run.only) args.push(run.only)
  if (run.update) args.push('--update')
  const code = await exitCodeOf(run, project, binOf(run.root, 'vitest'), args, { env })
  return tallyOfVitest(readReport(report), code)
}

/**
 * @param {TestRun} run @param {NodeJS.ProcessEnv} env with the addresses of the platform
 * @returns {Promise<Tally>}
 */
export async function playwright(run, env) {
  const report = path.join(run.dir, 'e2e.json')
  const cwd = path.join(run.root, 'e2e')
  const options = { cwd, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }
  const args = ['test', '--reporter=list,json', ...(run.only ? [run.only] : [])]
  const code = await exitCodeOf(run, 'e2e', binOf(cwd, 'playwright'), args, options)
  return tallyOfPlaywright(readReport(report), code)
}
