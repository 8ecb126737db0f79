// The API in a process of its own, on a test world of its own; whoever started it asks by messages.
import { hashPassword } from '@throughline/accounts'
import { createTestApp, type TestApp } from '@throughline/api/testing'
import { seedContent } from '@throughline/content'
import { seedDeals } from '@throughline/crm'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import type { FromServer, ToServer } from './messages.ts'

/** Enough that every list has a second page. */
const dealsPerFirm = 60

const world = await createTestWorld({
  passwordHash: await hashPassword(testPassword),
  // Raised, not switched off: every request is still counted.
  env: {
    RATE_LIMIT_MAX: '100000000',
    LOGIN_RATE_LIMIT_MAX: '100000000',
    UPLOAD_MAX_BYTES: '2000000',
    LOG_LEVEL: 'error',
  },
})
const api = await createTestApp(world, { logLevel: 'error' })
const url = await api.app.listen({ port: 0, host: '127.0.0.1' })

interface People {
  firm: TestTenant
  superadmin: Awaited<ReturnType<TestWorld['staff']>>
  reviewer: Awaited<ReturnType<TestWorld['staff']>>
}

/** A firm with work in it: what came before may have been suspended, disabled or emptied by the calls themselves. */
async function newPeople(): Promise<People> {
  const firm = await world.tenant('Fuzzed')
  const today = new Date()
  const requestedById = firm.members.manager.id
  const { db } = firm.systemCtx()
  await db.transaction(async () => {
    await seedDeals(db, {
      count: dealsPerFirm,
      ownerIds: [firm.members.owner.id, requestedById],
      currency: 'EUR',
      today,
    })
    await seedContent(db, { requestedById, brandVoice: 'Plain.', today })
  })
  return { firm, superadmin: await world.staff('super_admin'), reviewer: await world.staff('reviewer') }
}

async function signIn({ firm, superadmin, reviewer }: People, app: TestApp) {
  const tokens = {
    owner: await app.as(firm, 'owner'),
    viewer: await app.as(firm, 'viewer'),
    superadmin: await app.asStaff(superadmin, 'super_admin'),
    reviewer: await app.asStaff(reviewer, 'reviewer'),
  }
  return Object.fromEntries(Object.entries(tokens).map(([name, { token }]) => [name, token]))
}

function memory(): { heapMiB: number; residentMiB: number } {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapMiB: (heapUsed + external) / 2 ** 20, residentMiB: rss / 2 ** 20 }
}

const { database, redis, tokens } = world.config
const passwords = [database.platformUrl, database.tenantUrl, world.ownerUrl, redis.url].map(
  (one) => new URL(one).password,
)
const secrets = [tokens.secret, ...passwords].filter((secret) => secret.length > 8)
let people = await newPeople()

async function answer(question: ToServer): Promise<FromServer> {
  switch (question) {
    case 'people':
      people = await newPeople()
      return { tokens: await signIn(people, api) }
    case 'sessions':
      return { tokens: await signIn(people, api) }
    case 'memory':
      return { memory: memory() }
    case 'stop':
      await api.close()
      await world.close()
      return {}
  }
}

const say = (message: FromServer) => process.send?.(message)
process.on('message', (question: ToServer) => {
  answer(question).then(
    (message) => {
      say(message)
      if (question === 'stop') process.disconnect()
    },
    (error: unknown) => say({ failed: String(error) }),
  )
})
// Whoever started it has gone: nobody else will ask it to stop.
process.on('disconnect', () => process.exit())
say({ ready: { url, secrets } })
