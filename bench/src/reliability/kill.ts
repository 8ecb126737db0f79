import { randomUUID } from 'node:crypto'
import type { TestTenant, TestWorld } from '@throughline/testing'
import * as z from 'zod'
import { startThroughline } from '../processes.ts'
import { type Answer, ask, type Call, signInAs } from './calls.ts'
import { type Check, createChance, Failures, type Options } from './check.ts'
import { activityEffects, dealEffects, expectedEffect, isSameEffect } from './effects.ts'
import { Front } from './front.ts'

const writesARound = 100
const chance = createChance(3)

interface Write {
  name: string
  jobs: 0 | 1
  call: Call
  answer?: Answer
}

function writeOf(name: string, each: number, tokens: string[]): Write {
  const token = tokens[each % tokens.length] ?? ''
  if (each % 5 === 0) {
    const body = { topic: name, audience: 'us' }
    return { name, jobs: 1, call: { token, path: '/tenant/v1/activities', body, key: randomUUID() } }
  }
  return { name, jobs: 0, call: { token, path: '/tenant/v1/deals', body: { title: name }, key: randomUUID() } }
}

/** A hundred clients at once; the node is killed when some of them have their answer. */
async function round(front: Front, writes: Write[]): Promise<void> {
  const killAfter = 1 + Math.floor(chance() * 80)
  let answered = 0
  const enough = Promise.withResolvers<void>()
  const clients = writes.map(async (write) => {
    write.answer = await ask(front, write.call)
    if (++answered === killAfter) enough.resolve()
  })
  await enough.promise
  await front.kill()
  await Promise.all([...clients, front.refill()])
}

const idIn = z.union([
  z.object({ id: z.string() }).transform(({ id }) => id),
  z.object({ activity: z.object({ id: z.string() }) }).transform(({ activity }) => activity.id),
])

async function judge(world: TestWorld, writes: Write[], failures: Failures): Promise<void> {
  const { platform } = world.database
  const found = [...(await dealEffects(platform, 'Round ')), ...(await activityEffects(platform, 'Round '))]
  const effects = new Map(found.map((effect) => [effect.name, effect]))
  const deals = await platform.prisma.deal.findMany({ select: { id: true } })
  const activities = await platform.prisma.activity.findMany({ select: { id: true } })
  const stored = new Set([...deals, ...activities].map(({ id }) => id))
  for (const { name, jobs, answer } of writes) {
    const effect = effects.get(name)
    failures.unless(isSameEffect(effect, expectedEffect(name, jobs)), `${name} has left ${JSON.stringify(effect)}`)
    const isYes = answer?.status === (jobs ? 202 : 201)
    failures.unless(isYes && stored.has(idIn.parse(JSON.parse(answer.text))), `${name} was told ${answer?.text}`)
  }
  failures.unless(found.length === writes.length, `${found.length} effects of ${writes.length} keys`)
}

/** Whoever asks once more hears the same, word for word. */
async function judgeAgain(front: Front, writes: Write[], failures: Failures): Promise<void> {
  for (let from = 0; from < writes.length; from += writesARound)
    await Promise.all(
      writes.slice(from, from + writesARound).map(async ({ name, call, answer }) => {
        const again = await ask(front, call)
        failures.unless(again.replayed && again.text === answer?.text, `${name} was told ${again.text} later`)
      }),
    )
}

/** Numbers without holes: nothing that was committed halfway has taken one. */
async function judgeEvents(tenants: TestTenant[], failures: Failures): Promise<void> {
  for (const tenant of tenants) {
    const { _count, _max } = await tenant.systemCtx().db.prisma.event.aggregate({ _count: true, _max: { seq: true } })
    failures.unless(BigInt(_count) === _max.seq, `${_count} events of ${tenant.name}, the last is number ${_max.seq}`)
  }
}

async function run(world: TestWorld, { n }: Options) {
  const failures = new Failures()
  const tenants = [await world.tenant('Killed'), await world.tenant('Other')]
  const front = await Front.open(() => startThroughline(world.config))
  const tokens = await Promise.all(tenants.map((tenant) => signInAs(front, tenant)))
  const all: Write[] = []
  const rounds = n(50)
  for (let each = 1; each <= rounds; each++) {
    const names = Array.from({ length: writesARound }, (_, write) => `Round ${each}, write ${write}`)
    const writes = names.map((name, write) => writeOf(name, write, tokens))
    await round(front, writes)
    all.push(...writes)
  }
  await judge(world, all, failures)
  await judgeAgain(front, all, failures)
  await judgeEvents(tenants, failures)
  const again = all.filter(({ answer }) => (answer?.asked ?? 0) > 1)
  const replayed = again.filter(({ answer }) => answer?.replayed).length
  return {
    tried: all.length,
    failed: failures.count,
    notes: [
      `${rounds} times killed with -9 during ${writesARound} writes`,
      `${again.length} clients asked more than once; ${replayed} of them had been served without hearing of it`,
      ...failures.notes,
    ],
  }
}

export const kill: Check = {
  name: 'kill',
  promise: 'an API killed with -9 while it writes: each key has one effect, each answer that was given is true',
  run,
}
