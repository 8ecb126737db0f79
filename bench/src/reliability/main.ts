// `npm run reliability -- [--quick] [--only=pool,kill] [--save]`: what Throughline promises, tried until it would show.
import { parseArgs } from 'node:util'
import { hashPassword } from '@throughline/accounts'
import { createTestWorld, testPassword } from '@throughline/testing'
import { stopAll } from '../processes.ts'
import type { Check, Options } from './check.ts'
import { doubleDelivery } from './double-delivery.ts'
import { idempotency } from './idempotency.ts'
import { kill } from './kill.ts'
import { money } from './money.ts'
import { pool } from './pool.ts'
import { type Figure, save, toTable } from './report.ts'
import { sockets } from './sockets.ts'
import { starve } from './starve.ts'

const checks: Check[] = [pool, idempotency, kill, doubleDelivery, money, sockets, starve]
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: checks.map(({ name }) => name).join(',') },
    save: { type: 'boolean', default: false },
  },
})
const say = (line: string) => process.stdout.write(`${line}\n`)
const options: Options = {
  quick: values.quick,
  n: (full) => (values.quick ? Math.ceil(full / 10) : full),
}

const secondsSince = (at: number): number => (performance.now() - at) / 1000

async function figureOf({ name, promise, run }: Check): Promise<Figure> {
  const world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  const startedAt = performance.now()
  try {
    const outcome = await run(world, options)
    return { name, promise, ...outcome, seconds: secondsSince(startedAt) }
  } catch (error) {
    // A check that could not come to its end has not held; the others are tried all the same.
    const notes = [`FAILED: ${error instanceof Error ? error.stack : String(error)}`]
    return { name, promise, tried: 1, failed: 1, notes, seconds: secondsSince(startedAt) }
  } finally {
    stopAll()
    await world.close()
  }
}

process.on('SIGINT', () => {
  stopAll()
  process.exit(130)
})
const names = values.only.split(',')
const unknown = names.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) throw new Error(`there is no check ${unknown.join(', ')}`)
const figures: Figure[] = []
for (const check of checks.filter(({ name }) => names.includes(name))) {
  say(`${check.name}: ${check.promise}`)
  figures.push(await figureOf(check))
}
say(`\n${toTable(figures)}`)
if (values.save) save(figures, values.quick)
if (figures.some(({ failed }) => failed > 0)) process.exitCode = 1
