// `npm test`: the same set-up as `npm start`, with services of its own, then every kind of test. The last line is the sum.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArguments } from './lib/arguments.mjs'
import { generate } from './lib/build.mjs'
import { command } from './lib/entry.mjs'
import { installPackages } from './lib/packages.mjs'
import { root } from './lib/paths.mjs'
import { outsideHome } from './lib/postgres-user.mjs'
import { Stopping } from './lib/processes.mjs'
import { AlreadyRunning, claim } from './lib/single-instance.mjs'
import { failureLines, lastLine, sum, tally } from './lib/tally.mjs'
import { hermetic } from './lib/test-env.mjs'
import { selectTiers } from './lib/tiers.mjs'

/** Runners guess wrong about a pipe. */
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }
const needServices = ['integration', 'e2e']

/** Tests start from nothing, and never on the data of `npm start`. @param {string} dir */
function emptyTestData(dir) {
  for (const name of ['services', 'platform'])
    fs.rmSync(outsideHome(path.join(dir, name)), { recursive: true, force: true })
  fs.rmSync(dir, { recursive: true, force: true })
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
}

/** @param {string[]} names */
function claimTestData(names) {
  if (!names.some((name) => needServices.includes(name)))
    return { dir: path.join(root, '.test-data', `light-${process.pid}`), release: () => undefined }
  try {
    return { dir: path.join(root, '.test-data', 'run'), release: claim(path.join(root, '.turbo', 'test.pid')) }
  } catch (error) {
    if (error instanceof AlreadyRunning) throw new Error(`the tests are ${error.message} in this checkout`)
    throw error
  }
}

command(
  fileURLToPath(import.meta.url),
  async ({ processes, output, env, args, atEnd }) => {
    const { tier, only, update } = parseArguments(args, { tier: 'value', only: 'value', update: 'flag' })
    const chosen = selectTiers(typeof tier === 'string' ? tier : undefined)
    /** @type {import('./lib/tally.mjs').Tally[]} */
    const tallies = []
    let complete = false
    atEnd(() => {
      const total = sum(complete ? tallies : [...tallies, tally(0, 1)])
      for (const line of [...failureLines(total), lastLine(total)]) output.plain(line)
    })

    const { dir, release } = claimTestData(chosen.map(([name]) => name))
    atEnd(release)
    emptyTestData(dir)
    if (dir.includes('light-')) atEnd(() => fs.rmSync(dir, { recursive: true, force: true }))
    const run = {
      root,
      dir,
      processes,
      output,
      only: typeof only === 'string' ? only : undefined,
      update: update === true,
      env: await installPackages({ root, processes, output, env: { ...hermetic(env), ...colours } }),
    }
    await generate(run) // before every tier: the client is not in the repository, and lint misses it as the tests do
    for (const [name, tier] of chosen) {
      const began = Date.now()
      const found = await tier(run).catch((error) => {
        if (error instanceof Stopping) throw error
        output.warn(`✗ ${name}: ${error.message}`) // the next tiers still have something to tell
        return tally(0, 1, 0, [{ test: name, why: error.message }])
      })
      tallies.push(found)
      output.say(
        `${found.failed === 0 ? '✓' : '✗'} ${name}: ${lastLine(found)} (${((Date.now() - began) / 1000).toFixed(0)} s)`,
      )
    }
    complete = true
    return sum(tallies).failed === 0 ? 0 : 1
  },
  { interruptedCode: 130 },
)
