import fs from 'node:fs'
import path from 'node:path'
import { oneSetUpAtATime } from './packages.mjs'
import { binOf } from './paths.mjs'
import { createStamp, hashOfSources } from './stamp.mjs'

/** @typedef {{ root: string, processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, env: NodeJS.ProcessEnv }} Workshop */

const shared = ['package.json', 'pnpm-lock.yaml', 'turbo.json', 'tsconfig.base.json']
const stampOf = (/** @type {string} */ root, /** @type {string} */ name) =>
  createStamp(path.join(root, 'node_modules', '.cache', 'throughline', `${name}.json`))

/** @param {Workshop} workshop @param {string[]} args */
const turbo = ({ root, processes, env }, args) =>
  processes.run('turbo', binOf(root, 'turbo'), ['run', ...args, '--output-logs=errors-only', '--no-update-notifier'], {
    env,
  })

/**
 * Writes the database client from the Prisma schema, unless it is there and the schema is the same.
 * @param {Workshop} workshop
 */
export async function generate(workshop) {
  const { root, output } = workshop
  const stamp = stampOf(root, 'generate')
  const hash = () =>
    hashOfSources(root, [...shared, 'prisma/schema', 'packages/db/package.json', 'packages/db/prisma.config.ts'])
  const isDone = () => fs.existsSync(path.join(root, 'packages/db/src/generated/client.ts')) && stamp.matches(hash())
  if (isDone()) return
  await oneSetUpAtATime(root, output, async () => {
    if (isDone()) return
    await output.step('generating the database client', () => turbo(workshop, ['generate', '--filter=@throughline/db']))
    stamp.set(hash())
  })
}

/**
 * Builds the portals whose sources changed.
 * @param {Workshop} workshop @param {string[]} portals
 */
export async function buildPortals(workshop, portals) {
  const { root, output } = workshop
  const hashFor = (/** @type {string} */ portal) => hashOfSources(root, [...shared, 'packages', `apps/${portal}`])
  const outdated = () =>
    portals.filter(
      (portal) =>
        !fs.existsSync(path.join(root, 'apps', portal, '.next', 'BUILD_ID')) ||
        !stampOf(root, `build-${portal}`).matches(hashFor(portal)),
    )
  if (outdated().length === 0) {
    if (portals.length > 0) output.say('✓ portals are built, nothing changed')
    return
  }
  await oneSetUpAtATime(root, output, async () => {
    const todo = outdated()
    if (todo.length === 0) return
    const hashes = new Map(todo.map((portal) => [portal, hashFor(portal)]))
    const built = () =>
      todo.filter((portal) => fs.existsSync(path.join(root, 'apps', portal, '.next', 'BUILD_ID'))).length
    for (const portal of todo) {
      stampOf(root, `build-${portal}`).clear()
      fs.rmSync(path.join(root, 'apps', portal, '.next', 'BUILD_ID'), { force: true })
    }
    await output.step(
      `building ${todo.join(', ')}`,
      () => turbo(workshop, ['build', ...todo.map((portal) => `--filter=./apps/${portal}`)]),
      () => `, ${built()} of ${todo.length} built`,
    )
    // what was hashed before the build: an edit made meanwhile is seen the next time
    for (const [portal, hash] of hashes) stampOf(root, `build-${portal}`).set(hash)
  })
}
