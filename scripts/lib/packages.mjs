import fs from 'node:fs'
import path from 'node:path'
import { withPath } from './child-env.mjs'
import { withLock } from './single-instance.mjs'
import { createStamp, hashOfManifests } from './stamp.mjs'
import { locatePnpm, pnpmSpec, remember } from './toolchain.mjs'

/**
 * One set-up at a time: two installs or builds in one checkout would spoil each other.
 * @template T
 * @param {string} root @param {import('./output.mjs').Output} output @param {() => Promise<T>} work
 */
export const oneSetUpAtATime = (root, output, work) =>
  withLock(path.join(root, '.turbo', 'set-up.pid'), work, (pid) =>
    output.say(`waiting for process ${pid}, which is installing or building here`),
  )

/**
 * Installs with the pinned pnpm, unless nothing changed since the last time.
 * @param {{ root: string, processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<NodeJS.ProcessEnv>} the environment with pnpm on PATH, which Turborepo needs
 */
export async function installPackages({ root, processes, output, env }) {
  const pnpm = await locatePnpm(root, processes)
  const withPnpm = withPath(env, path.dirname(pnpm))
  const stamp = createStamp(path.join(root, 'node_modules', '.cache', 'throughline', 'install.json'))
  const isInstalled = () =>
    stamp.matches(hashOfManifests(root)) && fs.existsSync(path.join(root, 'node_modules', '.modules.yaml'))
  if (isInstalled()) {
    output.say('✓ packages are installed, nothing changed')
    return withPnpm
  }
  await oneSetUpAtATime(root, output, async () => {
    if (isInstalled()) return // by the process that we waited for
    const args = ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
    // CI: pnpm asks nothing, and replaces a node_modules that something else has made
    await output.step('installing packages', () =>
      processes.run('pnpm', pnpm, args, { env: { ...withPnpm, CI: 'true' } }),
    )
    stamp.set(hashOfManifests(root))
    remember(root, { [pnpmSpec(root)]: pnpm, [`node@${process.versions.node}`]: process.execPath })
  })
  return withPnpm
}
