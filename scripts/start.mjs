// `npm start`: from a clone to a living platform. No dependencies, and nothing that Node 20 cannot parse: it runs before
// anything is installed.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { selectApps } from './lib/apps.mjs'
import { parseArguments } from './lib/arguments.mjs'
import { readDotEnv } from './lib/dot-env.mjs'
import { command } from './lib/entry.mjs'
import { installPackages } from './lib/packages.mjs'
import { dataDirOf, root } from './lib/paths.mjs'
import { removeRunFile } from './lib/run-file.mjs'
import { AlreadyRunning, claim } from './lib/single-instance.mjs'
import { startStack } from './lib/stack.mjs'
import { addressLines } from './lib/summary.mjs'
import { pause } from './lib/until.mjs'

command(fileURLToPath(import.meta.url), async ({ processes, output, env: inherited, args, atEnd }) => {
  const { only } = parseArguments(args, { only: 'value' })
  const apps = selectApps(typeof only === 'string' ? only : undefined)
  const env = { ...readDotEnv(root), ...inherited }
  const dataDir = dataDirOf(env)
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    atEnd(claim(path.join(dataDir, 'start.pid')))
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    throw new Error(`Throughline is ${error.message} on ${dataDir}: npm run status tells more`)
  }
  removeRunFile(dataDir) // of a run that was killed
  atEnd(() => removeRunFile(dataDir))

  output.say(`Throughline, on Node ${process.version}, with its data in ${dataDir}`)
  const withPnpm = await installPackages({ root, processes, output, env })
  const run = await startStack({
    root,
    dataDir,
    env: withPnpm,
    apps,
    processes,
    output,
    external: { databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL },
  })
  await pause(150) // what the last health checks made the apps say
  for (const line of addressLines(run)) output.plain(line)
  output.plain('Throughline is ready')
  return 'until stopped'
})
