import { setTimeout } from 'node:timers/promises'
import type { TestWorld } from '@throughline/testing'
import { startThroughline, startWorker } from '../processes.ts'
import { type Check, Failures, type Options } from './check.ts'
import { Front } from './front.ts'
import { work } from './money-clients.ts'
import { startMoneyFaults } from './money-faults.ts'
import { judgeEffects, judgeJobs, judgeReconciliations, judgeReplays } from './money-judge.ts'
import { readAllTheTime } from './money-reader.ts'
import { deedKinds, openStage, type Stage, wasDone } from './money-stage.ts'
import { readTruths } from './money-truths.ts'

const clients = 20
/** A worker that is silent for this long has lost its jobs; short, so that the check ends today. */
const workerEnv = { JOB_LOCK_MS: '1500', JOB_BACKOFF_MS: '50' }

/** `120 receipts (3 unknown)` for each kind. */
const told = ({ deeds }: Stage): string =>
  deedKinds
    .map((kind) => {
      const of = deeds.filter((deed) => deed.kind === kind)
      const unknown = of.filter(({ answer }) => !answer).length
      return `${kind} ${of.filter(wasDone).length} of ${of.length}${unknown ? ` (${unknown} hung up)` : ''}`
    })
    .join(', ')

async function run(world: TestWorld, { n }: Options) {
  const failures = new Failures()
  // Said by ioredis each time that Redis is gone, which is what is done to it here.
  world.redis.on('error', () => undefined)
  const front = await Front.open(() => startThroughline(world.config))
  const stage = await openStage(world, front)
  const faults = await startMoneyFaults({
    world,
    front,
    startWorker: () => startWorker(world.config, 'llm,util,documents', { env: workerEnv }),
  })
  const reading = readAllTheTime(stage, world, faults.log, failures)
  const working = Array.from({ length: clients }, () => work(stage))
  const seconds = n(300)
  const isOver = Promise.all([setTimeout(seconds * 1000), faults.hitAll])
  await Promise.race([isOver, Promise.all(working), reading])
  stage.ended = true
  await Promise.all(working)
  await faults.stop()
  const reads = await reading
  // Everything runs again: this one has to succeed.
  for (const broken of await readTruths(world.config.database.platformUrl)) failures.add(broken)

  // What was always refused was not tried.
  for (const kind of deedKinds)
    failures.unless(
      stage.deeds.some((deed) => deed.kind === kind && wasDone(deed)),
      `no ${kind} was ever done`,
    )
  await judgeEffects(stage, world, failures)
  const replayed = await judgeReplays(stage, failures)
  await judgeEffects(stage, world, failures)
  const jobs = await judgeJobs(world, failures)
  await judgeReconciliations(stage, failures)
  const again = stage.deeds.filter(({ answer }) => (answer?.asked ?? 0) > 1)
  return {
    tried: stage.deeds.length,
    failed: failures.count,
    notes: [
      `${clients} clients for ${seconds} s in ${stage.desks.length} funds of 2 firms: ${told(stage)}`,
      `hit meanwhile: ${[...faults.counts].map(([fault, times]) => `${fault} ${times}`).join(', ')}`,
      `${reads.snapshots} snapshots of the tables (${reads.missed} missed, which is a failure unless Postgres was away), ${reads.overHttp} reads through the API`,
      `${again.length} wishes were sent more than once; ${replayed} answers were asked for again at the end; ${jobs} jobs ended`,
      ...failures.notes,
    ],
  }
}

export const money: Check = {
  name: 'money',
  promise:
    'a fund desk under kills and restarts: no wrong total, nothing below zero, no acknowledged payment lost or twice, reconciliation clean',
  run,
}
