import { createDatabase } from '@throughline/db'
import type { TestWorld } from '@throughline/testing'
import { type Check, createChance, Failures, type Options } from './check.ts'
import { compareWithStored, type Firm, Leak, makeFirms } from './firms.ts'
import { startFaults } from './pool-faults.ts'
import { requestFor } from './pool-requests.ts'

const connections = 10
const firmCount = 20
/** As many: nobody waits, so that whoever asks again at once is likely to get the connection that has just failed. */
const callers = connections

/** What was done to a request on purpose comes back to it as one of these. */
const expected: [kind: string, message: RegExp][] = [
  ['cancelled or out of time', /canceling statement/],
  ['connection broken', /terminat|ECONNRESET|closed the connection|not queryable|Connection ended/i],
  ['aborted on purpose', /changed my mind|was rolled back|division by zero/],
]

const kindOf = (error: unknown): string | undefined => {
  const message = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error)
  return expected.find(([, pattern]) => pattern.test(message))?.[0]
}

async function serve(firms: Firm[], requests: number, failures: Failures): Promise<Map<string, number>> {
  const chance = createChance(1)
  const anyFirm = (): Firm => {
    const firm = firms[Math.floor(chance() * firms.length)]
    if (!firm) throw new Error('there are no firms')
    return firm
  }
  const kinds = new Map<string, number>()
  let left = requests
  /** @returns whether it came to its end */
  const tryOne = async (firm: Firm, other: Firm): Promise<boolean> => {
    try {
      await requestFor(chance())(firm, other)
      return true
    } catch (error) {
      const kind = error instanceof Leak ? undefined : kindOf(error)
      if (kind) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      else failures.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
      return false
    }
  }
  const caller = async () => {
    let firm = anyFirm()
    while (left > 0) {
      const other = anyFirm()
      if (other === firm) continue
      left--
      // Whoever was refused asks again at once, and may well get the connection that has just failed.
      if (await tryOne(firm, other)) firm = anyFirm()
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return kinds
}

async function run(world: TestWorld, { n }: Options) {
  const failures = new Failures()
  // A broken connection is what is wanted here, and no news.
  const log = { error: () => undefined }
  const config = { database: { ...world.config.database, poolMax: connections } }
  const database = createDatabase(config, log)
  const firms = await makeFirms(world, database, firmCount)
  const faults = await startFaults(world.config.database.tenantUrl)
  const requests = n(100_000)
  const kinds = await serve(firms, requests, failures)
  const { total } = database.poolStatistics().tenant
  await faults.stop()
  await database.close()
  for (const difference of await compareWithStored(world, firms)) failures.add(difference)
  const acknowledged = firms.reduce((sum, firm) => sum + firm.acknowledged.size, 0)
  const unknown = firms.reduce((sum, firm) => sum + firm.unknown.size, 0)
  return {
    tried: requests,
    failed: failures.count,
    notes: [
      `${firmCount} firms over ${total} connections, ${callers} callers, binding by ${config.database.binding}`,
      `${faults.cancels} cancels sent and ${faults.broken} connections broken from outside`,
      `ended early, as they should: ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
      `${acknowledged} rows acknowledged and all there; ${unknown} writes without an answer`,
      ...failures.notes,
    ],
  }
}

export const pool: Check = {
  name: 'pool',
  promise: 'no row of another tenant is seen or written, whatever happens to queries and connections',
  run,
}
