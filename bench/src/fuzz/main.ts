// `npm run fuzz -- [--calls=20000] [--seed=1] [--save]`
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { machine } from '../services.ts'
import { allowedGrowthMiB, type Figures, fuzz } from './run.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    save: { type: 'boolean', default: false },
  },
})
const say = (line: string) => process.stdout.write(`${line}\n`)
const page = path.join(import.meta.dirname, '../../../docs/fuzz-figures.json')
const whole = (value: number): number => Math.round(value)

function print({
  calls,
  operations,
  neverSucceeded,
  byStatus,
  failures,
  heapMiB,
  residentMiB,
  seconds,
  seed,
}: Figures): void {
  for (const { operation, kind, detail, example, log, seed: at } of failures)
    say(
      `\n✗ ${operation}: ${kind} (seed ${at})\n${detail}\n--- the call\n${example}${log ? `\n--- the log\n${log}` : ''}`,
    )
  say(`\n${calls} calls of ${operations} operations in ${whole(seconds)} s, seed ${seed}`)
  for (const [status, n] of Object.entries(byStatus)) say(`  ${status.padEnd(8)} ${n}`)
  say(
    `heap ${whole(heapMiB.before)} to ${whole(heapMiB.after)} MiB, resident ${whole(residentMiB.before)} to ${whole(residentMiB.after)} MiB`,
  )
  if (neverSucceeded.length > 0) say(`always refused: ${neverSucceeded.join(', ')}`)
  say(`${failures.length} failures`)
}

const figures = await fuzz({ calls: Number(values.calls), seed: Number(values.seed) }, say)
print(figures)
if (values.save) {
  const { heapMiB, residentMiB, seconds, failures, ...rest } = figures
  const rounded = ({ before, after }: { before: number; after: number }) => ({
    before: whole(before),
    after: whole(after),
  })
  const saved = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    ...rest,
    failures: failures.length,
    heapMiB: rounded(heapMiB),
    residentMiB: rounded(residentMiB),
    seconds: whole(seconds),
  }
  writeFileSync(page, `${JSON.stringify(saved, null, 2)}\n`)
}
const hasGrown = figures.heapMiB.after - figures.heapMiB.before > allowedGrowthMiB
if (hasGrown) say(`the heap has grown by more than ${allowedGrowthMiB} MiB`)
if (hasGrown || figures.failures.length > 0) process.exitCode = 1
