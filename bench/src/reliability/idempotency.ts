import { randomUUID } from 'node:crypto'
import type { TestWorld } from '@throughline/testing'
import { type Server, startThroughline } from '../processes.ts'
import { type Answer, ask, askAndHangUp, type Call, signInAs } from './calls.ts'
import { type Check, createChance, Failures, type Options } from './check.ts'
import { activityEffects, dealEffects, type Effect, expectedEffect, isSameEffect } from './effects.ts'

const chance = createChance(2)
/** Before the server has read it, while it works, after it has answered. */
const soon = (): number => chance() * 30

interface Crowd {
  name: string
  call: Call
  jobs: 0 | 1
  /** Every so many-th caller hangs up the first time. */
  cutEvery?: number
}

const crowdsOf = (token: string): Crowd[] => {
  const deal = (name: string, key?: string) => ({ token, path: '/tenant/v1/deals', body: { title: name }, key })
  const post = { token, path: '/tenant/v1/activities', body: { topic: 'Crowd with a job', audience: 'us' } }
  return [
    { name: 'Crowd with a key', call: deal('Crowd with a key', randomUUID()), jobs: 0 },
    { name: 'Crowd with a job', call: { ...post, key: randomUUID() }, jobs: 1 },
    { name: 'Crowd without a key', call: deal('Crowd without a key'), jobs: 0 },
    { name: 'Crowd that hangs up', call: deal('Crowd that hangs up', randomUUID()), jobs: 0, cutEvery: 10 },
  ]
}

function nodeFor(nodes: Server[], caller: number): Server {
  const node = nodes[caller % nodes.length]
  if (!node) throw new Error('there is no node')
  return node
}

/** The same wish from everybody at once, over all nodes in turn. */
const together = (nodes: Server[], { call, cutEvery }: Crowd, n: number): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: n }, async (_, caller) => {
      const node = nodeFor(nodes, caller)
      if (cutEvery && caller % cutEvery === 0) await askAndHangUp(node, call, soon())
      return ask(node, call)
    }),
  )

const effectsOf = async (world: TestWorld): Promise<Map<string, Effect>> => {
  const { platform } = world.database
  const all = [...(await dealEffects(platform, 'C')), ...(await activityEffects(platform, 'C'))]
  return new Map(all.map((effect) => [effect.name, effect]))
}

function judge(name: string, jobs: 0 | 1, effects: Map<string, Effect>, failures: Failures): void {
  const effect = effects.get(name)
  failures.unless(isSameEffect(effect, expectedEffect(name, jobs)), `${name} has left ${JSON.stringify(effect)}`)
}

/** As many wishes as keys: each is cut off once and asked for again. */
async function cutOff(nodes: Server[], token: string, n: number): Promise<string[]> {
  const names = Array.from({ length: n }, (_, each) => `Cut off ${each}`)
  await Promise.all(
    names.map(async (title, each) => {
      const call = { token, path: '/tenant/v1/deals', body: { title }, key: randomUUID() }
      await askAndHangUp(nodeFor(nodes, each), call, soon())
      // The other node, which knows of it from the database only.
      await ask(nodeFor(nodes, each + 1), call)
    }),
  )
  return names
}

async function run(world: TestWorld, { n }: Options) {
  const failures = new Failures()
  const nodes = [await startThroughline(world.config), await startThroughline(world.config)]
  const token = await signInAs(nodeFor(nodes, 0), await world.tenant('Crowd'))
  const crowds = crowdsOf(token)
  const notes: string[] = []
  let tried = 0
  for (const crowd of crowds) {
    const startedAt = performance.now()
    const answers = await together(nodes, crowd, n(500))
    const seconds = (performance.now() - startedAt) / 1000
    const texts = new Set(answers.map(({ status, text }) => `${status} ${text}`))
    for (const { status, text } of answers) failures.unless(status === 201 || status === 202, `${status} ${text}`)
    failures.unless(texts.size === 1, `${crowd.name}: ${texts.size} different answers`)
    const again = answers.filter(({ asked }) => asked > 1).length
    notes.push(`${crowd.name}: ${answers.length} callers in ${seconds.toFixed(1)} s, ${again} asked more than once`)
    tried += answers.length
  }
  const cut = await cutOff(nodes, token, n(50))
  const effects = await effectsOf(world)
  for (const { name, jobs } of crowds) judge(name, jobs, effects, failures)
  for (const name of cut) judge(name, 0, effects, failures)
  notes.push(`${cut.length} keys whose first connection was cut, asked for again on the other node`)
  return { tried: tried + cut.length, failed: failures.count, notes: [...notes, ...failures.notes] }
}

export const idempotency: Check = {
  name: 'idempotency',
  promise: 'equal requests in parallel over two nodes: one row, one event, one audit row, one job, one answer',
  run,
}
