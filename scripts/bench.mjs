// `npm run bench`: Throughline beside its baselines, on a Postgres and a Redis of their own that forget nothing early.
// `--program=NAME` runs another file of bench/src in the same way.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
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

command(fileURLToPath(import.meta.url), async ({ processes, output, env: inherited, args, atEnd }) => {
  const named = args.find((each) => each.startsWith('--program='))
  const program = `${named?.slice('--program='.length) ?? 'main'}.ts`
  const dataDir = path.join(root, '.test-data', 'bench')
  atEnd(claim(path.join(root, '.turbo', 'bench.pid')))
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
    await processes.run(
      'bench',
      process.execPath,
      [path.join(root, 'bench/src', program), ...args.filter((each) => each !== named)],
      {
        env: { ...env, TEST_DATABASE_ADMIN_URL: adminUrl, TEST_REDIS_URL: redisUrl },
      },
    )
    return 0
  } catch (error) {
    if (error instanceof CommandFailed) return error.exit.code || 1 // it has said why
    throw error
  }
})
