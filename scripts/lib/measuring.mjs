import fs from 'node:fs'
import path from 'node:path'
import { generate } from './build.mjs'
import { command } from './entry.mjs'
import { installPackages } from './packages.mjs'
import { root } from './paths.mjs'
import { createPortPicker } from './ports.mjs'
import { CommandFailed } from './processes.mjs'
import { loadSecrets } from './secrets.mjs'
import { startServices } from './services.mjs'
import { claim } from './single-instance.mjs'
import { hermetic } from './test-env.mjs'

/**
 * A command that runs one program of `bench/` on a Postgres and a Redis of its own that forget nothing early.
 * @param {string} script the command's own file @param {string} name of its data and its lock
 * @param {string} program from the root
 */
export const measuring = (script, name, program) =>
  command(script, async ({ processes, output, env: inherited, args, atEnd }) => {
    const dataDir = path.join(root, '.test-data', name)
    atEnd(claim(path.join(root, '.turbo', `${name}.pid`)))
    fs.rmSync(dataDir, { recursive: true, force: true })
    const env = await installPackages({ root, processes, output, env: hermetic(inherited) })
    await generate({ root, processes, output, env })
    const { adminUrl, redisUrl } = await startServices({
      root,
      dataDir,
      env,
      processes,
      output,
      secrets: loadSecrets(dataDir),
      durable: true, // as in production: an fsync for each commit
      external: {},
      redisPassword: false,
      pickPort: createPortPicker().pick,
      wantedPorts: { postgres: 0, redis: 0 },
      onLaunch: () => undefined,
    })
    try {
      await processes.run(name, process.execPath, [path.join(root, program), ...args], {
        env: { ...env, TEST_DATABASE_ADMIN_URL: adminUrl, TEST_REDIS_URL: redisUrl },
      })
      return 0
    } catch (error) {
      if (error instanceof CommandFailed) return error.exit.code || 1 // it has said why
      throw error
    }
  })
