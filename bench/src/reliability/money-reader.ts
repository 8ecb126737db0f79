// Somebody who looks at the books all the time, past the API and through it.
import { setTimeout } from 'node:timers/promises'
import { fundFigures, trialBalance } from '@throughline/contracts'
import type { TestWorld } from '@throughline/testing'
import pg from 'pg'
import { ask } from './calls.ts'
import type { Failures } from './check.ts'
import type { FaultLog } from './money-faults.ts'
import { pick, type Stage } from './money-stage.ts'
import { readTruths } from './money-truths.ts'

const everyMs = 200

/** A connection that broke, or what a server says that goes down, comes up or is full; anything else is about the question. */
const isAway = (error: unknown): boolean => !(error instanceof pg.DatabaseError) || /^(08|53|57)/.test(error.code ?? '')

/** One snapshot. It may miss while Postgres is away, and then alone. @returns whether it was read */
export async function readSnapshot(
  url: string,
  faults: Pick<FaultLog, 'wasAway'>,
  failures: Failures,
): Promise<boolean> {
  const from = Date.now()
  let broken: string[]
  try {
    broken = await readTruths(url)
  } catch (error) {
    failures.unless(
      isAway(error) && faults.wasAway(from, Date.now()),
      `a read of the tables failed while nothing was wrong with Postgres: ${error}`,
    )
    return false
  }
  for (const each of broken) failures.add(each)
  return true
}

async function readOverHttp(stage: Stage, failures: Failures): Promise<void> {
  const desk = pick(stage, stage.desks)
  if (!desk) return
  const url = `/tenant/v1/funds/${desk.fundId}`
  const balance = await ask(stage.front, { token: desk.manager, path: `${url}/trial-balance` })
  const { debit, credit } = trialBalance.parse(JSON.parse(balance.text))
  failures.unless(debit === credit, `the API was told debits of ${debit} and credits of ${credit}`)
  const figures = await ask(stage.front, { token: desk.manager, path: `${url}/figures` })
  failures.unless(fundFigures.safeParse(JSON.parse(figures.text)).success, `figures were ${figures.text}`)
}

export interface Reads {
  snapshots: number
  /** While Postgres was away; any other is a failure. */
  missed: number
  overHttp: number
}

/** Reads until the stage has ended, and each of them once more then. */
export async function readAllTheTime(
  stage: Stage,
  { config }: TestWorld,
  faults: FaultLog,
  failures: Failures,
): Promise<Reads> {
  const reads: Reads = { snapshots: 0, missed: 0, overHttp: 0 }
  const inTables = async () => {
    for (let last = false; !last; await setTimeout(everyMs)) {
      last = stage.ended
      if (await readSnapshot(config.database.platformUrl, faults, failures)) reads.snapshots++
      else reads.missed++
    }
  }
  const overHttp = async () => {
    for (let last = false; !last; await setTimeout(everyMs)) {
      last = stage.ended
      await readOverHttp(stage, failures)
      reads.overHttp++
    }
  }
  await Promise.all([inTables(), overHttp()])
  return reads
}
