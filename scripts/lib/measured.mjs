// What measures or attacks the platform brings a Postgres and a Redis of its own.
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
 * Runs a program of bench/ when `file` is the script that was started.
 * @param {string} file
 * @param {{ name: string, program: string, durable: boolean }} what  `durable`: an fsync for each commit, as in production
 */
export function measured(file, { name, program, durable }) {
  command(file, async ({ processes, output, env: inherited, args, atEnd }) => {
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
      durable,
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
}
