import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { TestWorld } from '@throughline/testing'
import { type Server, startThroughline, startWorker } from '../processes.ts'
import { type Check, Failures, type Options } from './check.ts'
import { forge } from './forged-tokens.ts'
import {
  type Attack,
  badTokens,
  foreignOrigins,
  forgedNamespaces,
  joinFloods,
  largeFrames,
  roomsByName,
} from './socket-attacks.ts'
import { HonestClient } from './socket-clients.ts'

/** From /metrics: how often something was refused, by reason. */
async function counted(api: Server): Promise<Map<string, number>> {
  const text = await (await fetch(`${api.url}/metrics`)).text()
  const lines = text.matchAll(/^throughline_socket_refused_total\{reason="(\w+)"\} (\d+)$/gm)
  return new Map([...lines].map(([, reason = '', value]) => [reason, Number(value)]))
}

/** From the log: the same. */
function logged(file: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.includes('"msg":"a socket was refused"')) continue
    const reason = /"reason":"(\w+)"/.exec(line)?.[1] ?? 'none'
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return counts
}

const asText = (counts: Map<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ')

async function judge(api: Server, attack: Attack, failures: Failures): Promise<void> {
  const { name, reason, attempts } = attack
  const before = (await counted(api)).get(reason) ?? 0
  const refused = await attack.run(api)
  const rise = async () => ((await counted(api)).get(reason) ?? 0) - before
  // The last frame of an attack may still be on its way.
  for (let tries = 0; tries < 50 && (await rise()) < attack.counted; tries++) await setTimeout(20)
  for (let missed = refused; missed < attempts; missed++) failures.add(`${name}: let in`)
  failures.unless((await rise()) === attack.counted, `${name}: counted ${await rise()} times, not ${attack.counted}`)
}

async function run(world: TestWorld, { n }: Options) {
  const failures = new Failures()
  const dir = mkdtempSync(path.join(os.tmpdir(), 'throughline-sockets-'))
  const logFile = path.join(dir, 'api.log')
  const api = await startThroughline(world.config, { logFile })
  await startWorker(world.config, 'util')
  const [acme, globex] = [await world.tenant('Acme'), await world.tenant('Globex')]
  const honest = [await HonestClient.of(api, acme), await HonestClient.of(api, globex)]
  const token = honest[1]?.token ?? ''
  const room = `tenant:${acme.id}`
  const rooms = [room, `user:${acme.members.owner.id}`, 'dm:live', { toString: 1, valueOf: 1 }, [room], null, 7]
  const attacks = [
    ...badTokens(forge(token, world.config.tokens.secret, acme.id), n(100)),
    foreignOrigins(token, n(100)),
    forgedNamespaces(token, acme.id, n(100)),
    roomsByName(token, rooms, n(50)),
    largeFrames(token, n(100)),
    joinFloods(token, room, n(10_000)),
  ]
  for (const attack of attacks) {
    await judge(api, attack, failures)
    for (const client of honest)
      failures.unless(await client.isServed(), `after ${attack.name} an honest client is not served`)
  }
  for (const client of honest) failures.unless(client.hasHeardOnlyItsOwn(), 'an honest client heard of a foreign deal')
  const [inMetrics, inLog] = [asText(await counted(api)), asText(logged(logFile))]
  failures.unless(inMetrics === inLog, `counted ${inMetrics}, logged ${inLog}`)
  for (const client of honest) client.close()
  rmSync(dir, { recursive: true, force: true })
  return {
    tried: attacks.reduce((sum, { attempts }) => sum + attempts, 0),
    failed: failures.count,
    notes: [
      ...attacks.map(({ name, attempts }) => `${attempts} x ${name}`),
      `counted and logged alike: ${inMetrics}`,
      `two honest clients made a deal after each of ${attacks.length} attacks, heard of it, and of nobody else's`,
      ...failures.notes,
    ],
  }
}

export const sockets: Check = {
  name: 'sockets',
  promise: 'what must not be heard is refused, counted and logged, and honest clients go on being served',
  run,
}
