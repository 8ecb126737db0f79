// `npm run reset`: removes the data of `npm start`, once the person has typed that they mean it.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArguments } from './lib/arguments.mjs'
import { askForConfirmation, confirmationWord } from './lib/confirmation.mjs'
import { readDotEnv } from './lib/dot-env.mjs'
import { command } from './lib/entry.mjs'
import { dataDirOf, root } from './lib/paths.mjs'
import { outsideHome } from './lib/postgres-user.mjs'
import { claim } from './lib/single-instance.mjs'

/** Only what we made: DATA_DIR may be a folder that holds other things too. */
const ours = ['postgres', 'postgres.new', 'redis', 'storage', 'logs', 'secrets.json', 'run.json']

command(fileURLToPath(import.meta.url), async ({ output, env, args, atEnd }) => {
  parseArguments(args, {})
  const dataDir = dataDirOf({ ...readDotEnv(root), ...env })
  const present = [...ours.map((name) => path.join(dataDir, name)), outsideHome(dataDir)].filter((at) =>
    fs.existsSync(at),
  )
  if (present.length === 0) {
    output.plain(`there is nothing to remove in ${dataDir}`)
    return 0
  }
  atEnd(claim(path.join(dataDir, 'start.pid'))) // refuses while it runs, and keeps it from starting meanwhile
  output.plain('This removes the database, the queue, every stored file and the secrets:')
  for (const at of present) output.plain(`  ${at}`)
  if (!(await askForConfirmation(`Type ${confirmationWord} to go on: `))) {
    output.plain('nothing was removed')
    return 1
  }
  for (const at of present) fs.rmSync(at, { recursive: true, force: true })
  output.plain('removed; npm start makes everything anew')
  return 0
})
