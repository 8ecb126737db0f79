// Two firms that have everything, everybody who could ask, and what an answer is judged by.
import { tenantRoles } from '@throughline/contracts'
import { sql } from '@throughline/db'
import {
  createTestWorld,
  readTenantRows,
  readTenantTables,
  recordStatements,
  type TestWorld,
  tenantChecksums,
} from '@throughline/testing'
import type { LightMyRequestResponse } from 'fastify'
import { createTestApp, type TestApp } from '../testing.ts'
import { type Call, comparable, uuidsIn } from './calls.ts'
import { type Operation, readOperations } from './operations.ts'
import type { Sample } from './sample.ts'
import { samples } from './samples.ts'
import { createFirm, type Firm } from './victims.ts'

export interface Asker {
  role: string
  isStaff: boolean
  /** Nobody has none. */
  token: string | undefined
}

interface Answer {
  response: LightMyRequestResponse
  comparable: string
  statements: string
}

/** Something of Acme's, and its like that nobody has. */
export interface Pair {
  theirs: string
  nobodys: string
}

/** Who asks: somebody of the firm in each role, everybody on the staff, and nobody at all. Each call signs them in anew. */
async function peopleOf(world: TestWorld, api: TestApp) {
  const staff = {
    reviewer: await world.staff('reviewer', 'rosa'),
    dm_admin: await world.staff('dm_admin', 'dora'),
    super_admin: await world.staff('super_admin', 'sam'),
  }
  const signIn = async (firm: Firm): Promise<Asker[]> => {
    const askers: Asker[] = []
    for (const role of tenantRoles)
      askers.push({ role, isStaff: false, token: (await api.as(firm.tenant, role)).token })
    for (const role of ['reviewer', 'dm_admin', 'super_admin'] as const)
      askers.push({ role, isStaff: true, token: (await api.asStaff(staff[role], role)).token })
    return [...askers, { role: 'nobody', isStaff: false, token: undefined }]
  }
  return { staff, signIn }
}

/** The id of each row of a firm with its table, and every other uuid that its rows hold: of requests, of files in storage. */
async function readIds({ database: { platform } }: TestWorld, { tenant, claimToken }: Firm) {
  const held = new Map<string, string>()
  const rowIds = new Map<string, string>([[claimToken, 'the claim of activities']])
  for (const table of await readTenantTables(platform))
    for (const row of await readTenantRows(platform, table, tenant.id)) {
      for (const id of uuidsIn(JSON.stringify(row))) held.set(id, `something in ${table.name}`)
      // What is searched for has the id of the record that it describes.
      if (typeof row.id === 'string' && !table.name.startsWith('search_')) rowIds.set(row.id, table.name)
    }
  const sessions = await platform.query<{ id: string }>(
    sql`select id from sessions where tenant_id = ${tenant.id}::uuid`,
  )
  for (const { id } of sessions) rowIds.set(id, 'sessions')
  return { rowIds, all: new Map([...held, ...rowIds]) }
}

/** Everything of a firm: its tables, and its people and sessions, which are in tables of nobody's. */
async function snapshotOf({ database: { platform } }: TestWorld, { tenant }: Firm) {
  return {
    tables: await tenantChecksums(platform, tenant.id),
    people: await platform.query(sql`select u.id, to_jsonb(u)::text as person from users u
      join members m on m.id = u.id where m.tenant_id = ${tenant.id}::uuid order by 1`),
    sessions: await platform.query(
      sql`select id, to_jsonb(s)::text as session from sessions s where tenant_id = ${tenant.id}::uuid order by 1`,
    ),
  }
}

/** The lines that only one of two texts has. */
function linesApart(given: string, expected: string): string {
  const [one, two] = [given.split('\n'), expected.split('\n')]
  const apart = [
    ...one.filter((line) => !two.includes(line)).map((line) => `   + ${line}`),
    ...two.filter((line) => !one.includes(line)).map((line) => `   - ${line}`),
  ]
  return apart.length > 0 ? apart.slice(0, 6).join('\n') : `   ${one.length} lines instead of ${two.length}`
}

export type SampledOperation = Operation & { sample: Sample }

/** Sets the stage: Globex asks, Acme must not be heard of. */
export async function setStage() {
  const world = await createTestWorld({ env: { RATE_LIMIT_MAX: '10000000', EXPORT_EVERY_SECONDS: '0' } })
  const api = await createTestApp(world)
  const { staff, signIn } = await peopleOf(world, api)
  const other = await world.staff('reviewer', 'someone else')
  const acme = await createFirm(world, api, other)
  const globex = await createFirm(world, api, staff.reviewer)
  const described = readOperations(api.app.swagger())
  const operations = Object.entries(samples).flatMap(([name, sample]): SampledOperation[] => {
    const operation = described.find((each) => each.name === name)
    return operation ? [{ ...operation, sample }] : []
  })
  const { rowIds, all } = await readIds(world, acme)
  all.delete(other.id)
  const askers = await signIn(globex)
  const owner: Asker = { role: 'owner of Acme', isStaff: false, token: (await api.as(acme.tenant, 'owner')).token }
  const recorder = recordStatements()
  const figures = { calls: 0 }

  /** @param sent what the request holds of Acme's or in its place */
  async function ask({ token }: Asker, call: Call, sent = ''): Promise<Answer> {
    figures.calls += 1
    recorder.take()
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await api.app.inject({ ...call, headers: { ...call.headers, ...authorization } })
    return { response, comparable: comparable(response, sent), statements: recorder.take().join(';\n') }
  }

  /** What of Acme is in an answer, beside what was sent. */
  function leaksIn({ response }: Answer, sent = ''): string[] {
    const text = `${JSON.stringify(response.headers)}${response.body}`
    const marker = acme.marker.toLowerCase()
    const ids = uuidsIn(text).filter((id) => !sent.includes(id) && all.has(id))
    const hasMarker = text.toLowerCase().includes(marker) && !sent.toLowerCase().includes(marker)
    return [...ids.map((id) => `${id} (${all.get(id)})`), ...(hasMarker ? ['the marker'] : [])]
  }

  /** What is wrong when something of Acme's is answered otherwise than what nobody has. */
  async function difference(asker: Asker, callWith: (value: string) => Call, pair: Pair, known?: Answer) {
    const { theirs, nobodys } = pair
    let baseline = known ?? (await ask(asker, callWith(nobodys), nobodys))
    let wrong = ''
    // What is read once in a while (a setting, a session) may fall on either call: what differs each time, differs.
    for (let tries = 0; tries < 3; tries++) {
      const answer = await ask(asker, callWith(theirs), theirs)
      const leaks = leaksIn(answer, theirs)
      if (leaks.length > 0) return `shows ${leaks.join(', ')}`
      if (answer.response.statusCode >= 429) return `gets ${answer.response.statusCode}`
      if (answer.comparable === baseline.comparable && answer.statements === baseline.statements) return undefined
      const part = answer.comparable === baseline.comparable ? 'statements' : 'comparable'
      wrong = `gets another ${part === 'statements' ? 'SQL' : 'answer'}:\n${linesApart(answer[part], baseline[part])}`
      baseline = await ask(asker, callWith(nobodys), nobodys)
    }
    return wrong
  }

  return {
    ...{ world, api, acme, globex, described, operations, rowIds, askers, owner, figures },
    ...{ ask, leaksIn, difference, signIn: () => signIn(globex) },
    snapshot: () => snapshotOf(world, acme),
    async close() {
      recorder.stop()
      await api.close()
      await world.close()
    },
  }
}
export type Stage = Awaited<ReturnType<typeof setStage>>
