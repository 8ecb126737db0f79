// `npm run status`: what runs, where, and whether it is well.
import { fileURLToPath } from 'node:url'
import { parseArguments } from './lib/arguments.mjs'
import { readDotEnv } from './lib/dot-env.mjs'
import { command } from './lib/entry.mjs'
import { isHealthy } from './lib/health.mjs'
import { dataDirOf, root } from './lib/paths.mjs'
import { readRunFile } from './lib/run-file.mjs'
import { addressLines } from './lib/summary.mjs'

/** @param {string} url */
const withoutPassword = (url) => url.replace(/(:\/\/[^:@/]*:)[^@/]*@/, '$1…@')

command(fileURLToPath(import.meta.url), async ({ output, env, args }) => {
  parseArguments(args, {})
  const dataDir = dataDirOf({ ...readDotEnv(root), ...env })
  const run = readRunFile(dataDir)
  if (!run) {
    output.plain(`Throughline is not running on ${dataDir} (npm start starts it)`)
    return 1
  }
  output.plain(`Throughline runs on ${dataDir} as process ${run.pid} since ${run.startedAt}`)
  for (const line of addressLines(run)) output.plain(line)
  const names = Object.keys(run.pids)
  const states = await Promise.all(
    names.map(async (name) =>
      run.health[name] ? ((await isHealthy(run.health[name])) ? 'healthy' : 'NOT HEALTHY') : 'running',
    ),
  )
  names.forEach(
    (name, at) =>
      void output.plain(
        `  ${name.padEnd(12)} port ${String(run.ports[name] ?? '').padEnd(6)} process ${String(run.pids[name]).padEnd(8)} ${states[at]}`,
      ),
  )
  output.plain('')
  for (const [role, url] of Object.entries(run.databaseUrls))
    output.plain(`  database, ${role.padEnd(9)} ${withoutPassword(url)}`)
  output.plain(`  Redis               ${withoutPassword(run.redisUrl)}`)
  output.plain(`  whole URLs          ${dataDir}/run.json`)
  return states.includes('NOT HEALTHY') ? 1 : 0
})
