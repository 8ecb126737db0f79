// `npm run bench`, `reliability`, `fuzz`, `tenancy-timing`: what measures or attacks the platform, each on a Postgres and
// a Redis of its own.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from './lib/arguments.mjs'
import { generate } from './lib/build.mjs'
import { command } from './lib/entry.mjs'
import { installPackages } from './lib/packages.mjs'
import { root } from './lib/paths.mjs'
import { createPortPicker } from './lib/ports.mjs'
import { CommandFailed } from './lib/processes.mjs'
import { loadSecrets } from './lib/secrets.mjs'
import { startServices } from './lib/services.mjs'
import { claim } from './lib/single-instance.mjs'
import { hermetic } from './lib/test-env.mjs'

/** `durable`: an fsync for each commit, as in production. @type {Record<string, { program: string, durable: boolean }>} */
const programs = {
  bench: { program: 'bench/src/main.ts', durable: true },
  reliability: { program: 'bench/src/reliability/main.ts', durable: true },
  fuzz: { program: 'bench/src/fuzz/main.ts', durable: false },
  'tenancy-timing': { program: 'bench/src/tenancy-timing.ts', durable: true },
}

command(fileURLToPath(import.meta.url), async ({ processes, output, env: inherited, args, atEnd }) => {
  const [name = '', ...rest] = args
  const chosen = programs[name]
  if (!chosen) throw new UsageError(`there are ${Object.keys(programs).join(', ')}`)
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
    durable: chosen.durable,
    external: {},
    redisPassword: false,
    pickPort: createPortPicker().pick,
    wantedPorts: { postgres: 0, redis: 0 },
    onLaunch: () => undefined,
  })
  try {
    await processes.run(name, process.execPath, [path.join(root, chosen.program), ...rest], {
      env: { ...env, TEST_DATABASE_ADMIN_URL: adminUrl, TEST_REDIS_URL: redisUrl },
    })
    return 0
  } catch (error) {
    if (error instanceof CommandFailed) return error.exit.code || 1 // it has said why
    throw error
  }
})
