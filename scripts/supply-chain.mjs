// `npm run licences`, `sbom`, `secrets` and `advisories`: what is asked about all that others have written.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from './lib/arguments.mjs'
import { exitCodeOf } from './lib/checks.mjs'
import { command } from './lib/entry.mjs'
import { installPackages } from './lib/packages.mjs'
import { root } from './lib/paths.mjs'

/** @type {Map<string, [file: string, ...args: string[]]>} */
const commands = new Map([
  ['licences', [process.execPath, path.join(root, 'tooling/supply-chain/cli/licences.ts')]],
  ['sbom', [process.execPath, path.join(root, 'tooling/supply-chain/cli/sbom.ts')]],
  ['secrets', [process.execPath, path.join(root, 'tooling/supply-chain/cli/secrets.ts')]],
  // asks the registry, and fails where that cannot be reached
  ['advisories', ['pnpm', 'audit', '--prod', '--audit-level', 'high']],
])

command(fileURLToPath(import.meta.url), async ({ processes, output, env: given, args }) => {
  const [what = 'nothing', ...rest] = args
  const [file, ...argv] = commands.get(what) ?? []
  if (!file || rest.length > 0)
    throw new UsageError(`${args.join(' ') || what} is not known; there are ${[...commands.keys()].join(', ')}`)
  const env = await installPackages({ root, processes, output, env: given })
  return exitCodeOf({ processes, env, root }, what, file, argv)
})
