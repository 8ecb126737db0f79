// Somebody who looks at the books all the time, past the API and through it.
import { setTimeout } from 'node:timers/promises'
import { fundFigures, trialBalance } from '@throughline/contracts'
import type { TestWorld } from '@throughline/testing'
import { ask } from './calls.ts'
import type { Failures } from './check.ts'
import { pick, type Stage } from './money-stage.ts'
import { readTruths } from './money-truths.ts'

const everyMs = 200

async function readSnapshot(url: string, failures: Failures): Promise<boolean> {
  let broken: string[]
  try {
    broken = await readTruths(url)
  } catch {
    return false // Postgres is being restarted, which is not what is judged here
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
  missed: number
  overHttp: number
}

/** Reads until the stage has ended, and each of them once more then. */
export async function readAllTheTime(stage: Stage, { config }: TestWorld, failures: Failures): Promise<Reads> {
  const reads: Reads = { snapshots: 0, missed: 0, overHttp: 0 }
  const inTables = async () => {
    for (let last = false; !last; await setTimeout(everyMs)) {
      last = stage.ended
      if (await readSnapshot(config.database.platformUrl, failures)) reads.snapshots++
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
