// What clients were told, compared with what is there when everything stands still.
import { setTimeout } from 'node:timers/promises'
import { reconciliationRunView } from '@throughline/contracts'
import type { TestWorld } from '@throughline/testing'
import * as z from 'zod'
import { ask } from './calls.ts'
import type { Failures } from './check.ts'
import { cashOf, jobStates, type MoneyEffect, moneyEffects } from './money-effects.ts'
import { type Deed, type DeedKind, fromCents, type Stage, toCents, wasDone, wish } from './money-stage.ts'

/** A job that Redis has forgotten is handed on again after a minute and a half. */
const patienceMs = 240_000
/** What each of these does to the cash of a fund. */
const signs: Partial<Record<DeedKind, bigint>> = {
  ...{ receipt: 1n, bounce: -1n, refund: -1n, 'distribution paid': -1n },
  ...{ investment: -1n, sale: 1n, 'line draw': 1n, 'line repayment': -1n },
}
const hasEntry = (kind: DeedKind): boolean => !kind.endsWith('drafted')
const nameOf = ({ kind, mark, fundId }: Pick<Deed, 'kind' | 'mark' | 'fundId'>): string =>
  `${kind} ${mark} of ${fundId}`

const idTold = z.union([
  z.object({ receipt: z.object({ id: z.string() }) }).transform(({ receipt }) => receipt.id),
  z.object({ id: z.string() }).transform(({ id }) => id),
  z.object({ entryId: z.string() }).transform(({ entryId }) => entryId),
])

/** The model: cash by fund of what was acknowledged, and of what is there although nobody heard of it. */
type Model = Map<string, bigint>

/** One wish, or several of the same booking. */
function judgeWish(same: Deed[], effect: MoneyEffect | undefined, model: Model, failures: Failures): void {
  const [deed] = same
  if (!deed?.kind) return
  const { kind, fundId, amount } = deed
  const done = same.filter(wasDone)
  const isOpen = same.some(({ answer }) => answer === undefined)
  if (!effect) {
    failures.unless(done.length === 0, `lost: ${nameOf(deed)}, answered ${done[0]?.answer?.text}`)
    return
  }
  const once = effect.rows === 1 && effect.entries === (hasEntry(kind) ? 1 : 0) && toCents(effect.amount) === amount
  failures.unless(once, `${nameOf(deed)} over ${fromCents(amount)} has left ${JSON.stringify(effect)}`)
  failures.unless(done.length > 0 || isOpen, `${nameOf(deed)} was refused and is there: ${same[0]?.answer?.text}`)
  for (const { answer } of done) {
    const told = idTold.safeParse(JSON.parse(answer?.text ?? 'null'))
    failures.unless(told.data === effect.id, `${nameOf(deed)} is ${effect.id}, and was told ${answer?.text}`)
  }
  model.set(fundId, (model.get(fundId) ?? 0n) + (signs[kind] ?? 0n) * amount)
}

/** Nothing that was acknowledged is lost, nothing is there twice, nothing is there that nobody wanted, and cash is their sum. */
export async function judgeEffects({ deeds }: Stage, world: TestWorld, failures: Failures): Promise<void> {
  const { platform } = world.database
  const effects = new Map((await moneyEffects(platform)).map((effect) => [nameOf(effect), effect]))
  const wishes = Map.groupBy(
    deeds.filter(({ kind }) => kind),
    nameOf,
  )
  const model: Model = new Map()
  for (const [name, same] of wishes) judgeWish(same, effects.get(name), model, failures)
  for (const name of effects.keys()) failures.unless(wishes.has(name), `nobody has wanted ${name}`)
  for (const { fundId, cash } of await cashOf(platform)) {
    const expected = model.get(fundId) ?? 0n
    failures.unless(toCents(cash) === expected, `${fundId} has ${cash} in cash, and should have ${fromCents(expected)}`)
  }
}

/** Whoever asks once more with the key that was answered hears the same, word for word. */
export async function judgeReplays({ front, deeds }: Stage, failures: Failures): Promise<number> {
  const answered = deeds.filter(wasDone)
  const together = 20
  for (let from = 0; from < answered.length; from += together)
    await Promise.all(
      answered.slice(from, from + together).map(async ({ mark, call, answer }) => {
        const again = await ask(front, call)
        const isSame = again.replayed && again.status === answer?.status && again.text === answer.text
        failures.unless(isSame, `${mark} was told ${answer?.text} and later ${again.text}`)
      }),
    )
  return answered.length
}

/** The product's own comparison, asked for as a person does. */
export async function judgeReconciliations(stage: Stage, failures: Failures): Promise<void> {
  for (const { fundId, manager: token } of stage.desks) {
    const call = { token, path: `/tenant/v1/funds/${fundId}/reconciliations`, body: {} }
    const { answer } = await wish(stage, { mark: `Reconciliation of ${fundId}`, fundId, amount: 0n, call })
    let run = reconciliationRunView.parse(JSON.parse(answer.text))
    for (const giveUpAt = Date.now() + patienceMs; run.state === 'RUNNING' && Date.now() < giveUpAt; ) {
      await setTimeout(200)
      const read = await ask(stage.front, { token, path: `/tenant/v1/reconciliations/${run.id}` })
      run = reconciliationRunView.parse(JSON.parse(read.text))
    }
    const broken = run.checks.filter(({ breaks }) => breaks > 0)
    failures.unless(run.state === 'CLEAN', `the reconciliation of ${fundId} is ${run.state}: ${JSON.stringify(broken)}`)
  }
}

/** Every job comes to its end, and to a good one; as long as some do, the others are waited for. @returns how many */
export async function judgeJobs({ database }: TestWorld, failures: Failures): Promise<number> {
  const isUnderWay = ({ state }: { state: string }) => ['QUEUED', 'RUNNING', 'FAILED'].includes(state)
  const countOf = (states: { jobs: number }[]) => states.reduce((sum, { jobs }) => sum + jobs, 0)
  let states = await jobStates(database.platform)
  for (let giveUpAt = Date.now() + patienceMs; states.some(isUnderWay) && Date.now() < giveUpAt; ) {
    await setTimeout(500)
    const now = await jobStates(database.platform)
    if (countOf(now.filter(isUnderWay)) !== countOf(states.filter(isUnderWay))) giveUpAt = Date.now() + patienceMs
    states = now
  }
  for (const { state, jobs } of states) failures.unless(state === 'SUCCEEDED', `${jobs} jobs are ${state}`)
  return countOf(states)
}
