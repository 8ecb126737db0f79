// `npm run db:migrate`, `db:status`, `db:seed`, `db:diff <name>` and `audit:verify`: commands with a database to work on.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from './lib/arguments.mjs'
import { generate } from './lib/build.mjs'
import { databaseEnvironments } from './lib/database-command.mjs'
import { readDotEnv } from './lib/dot-env.mjs'
import { command } from './lib/entry.mjs'
import { installPackages } from './lib/packages.mjs'
import { dataDirOf, root } from './lib/paths.mjs'
import { CommandFailed } from './lib/processes.mjs'

const known = ['migrate', 'status', 'seed', 'diff', 'audit-verify']

command(fileURLToPath(import.meta.url), async (context) => {
  const { processes, output, args } = context
  const [what = 'nothing', ...rest] = args
  if (!known.includes(what)) throw new UsageError(`${what} is not known; there are ${known.join(', ')}`)
  const given = { ...readDotEnv(root), ...context.env }
  const env = await installPackages({ root, processes, output, env: given })

  const run = async (/** @type {string} */ name, /** @type {NodeJS.ProcessEnv} */ withEnv, owner = 'db') => {
    const script = path.join(root, `packages/${owner}/src/cli/${name}.ts`)
    try {
      await processes.run(what, process.execPath, ['--disable-warning=ExperimentalWarning', script, ...rest], {
        env: withEnv,
      })
      return 0
    } catch (error) {
      if (error instanceof CommandFailed) return error.exit.code || 1 // it has said why
      throw error
    }
  }
  if (what === 'diff') return run('diff', env) // compares schema files: no database
  await generate({ root, processes, output, env })
  if (what === 'audit-verify' && env.DATABASE_PLATFORM_URL) return run(what, env, 'accounts')
  if (env.DATABASE_OWNER_URL && what !== 'seed' && what !== 'audit-verify') return run(what, env)
  const dataDir = dataDirOf(given)
  if (
    what === 'status' &&
    !env.DATABASE_URL &&
    !env.DATABASE_ADMIN_URL &&
    !fs.existsSync(path.join(dataDir, 'secrets.json'))
  ) {
    output.plain(`there is no database in ${dataDir} yet: npm start or npm run db:migrate makes it`)
    return 1
  }
  const environments = await databaseEnvironments({ ...context, env, root, dataDir }, { seed: what === 'seed' })
  if (what === 'audit-verify') return run(what, environments.app, 'accounts')
  return what === 'status' ? run('status', environments.owner) : run('prepare', environments.prepare)
})
