// The fund desk: a call to many investors, its notices, the pages of a fund, the trial balance of a large ledger.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { hashPassword } from '@throughline/accounts'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import pg from 'pg'
import * as z from 'zod'
import { makeTestFund } from '../../packages/funds/src/books/testing.ts'
import { issueByHand } from './baselines/issue.ts'
import { measureUploads, type UploadFigures } from './fund-uploads.ts'
import { type Spread, spreadOf } from './open-loop.ts'
import { type Server, startThroughline, startWorker } from './processes.ts'
import { ask, signInAs } from './reliability/calls.ts'

export interface FundFigures {
  investors: number
  issue: Spread
  /** The same rows by SQL that somebody wrote for it, ms. */
  byHand: Spread
  pages: { investors: number; spread: Spread }[]
  ledger: { entries: number; spread: Spread }
  notices: { made: number; perSecond: number; live: Spread; memoryMiB: NoticeMemory }
  uploads: { to: string; figures: UploadFigures }[]
}

/** Of the worker, when so much of the notices was made. */
export interface NoticeMemory {
  start: number
  quarter: number
  half: number
  end: number
}

interface Desk {
  api: Server
  tenant: TestTenant
  manager: string
  admin: string
}

const created = z.object({ id: z.uuid() })
/** A day of UTC: never after today where the funds are. */
const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Asks and times one request. @throws Error when it is refused */
async function timed(api: Server, token: string, path: string, body?: object) {
  const at = performance.now()
  const answer = await ask(api, { token, path, ...(body && { body, key: randomUUID() }) })
  const ms = performance.now() - at
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
  return { ms, json: (): unknown => JSON.parse(answer.text) }
}

const aFund = (tenant: TestTenant, investors: number, name: string) =>
  makeTestFund(
    tenant.ctx('manager'),
    Array.from({ length: investors }, (_, n) => `${100_000 + n * 37}.00`),
    { name },
  )

/** Drafted, approved by a second person, issued. @returns its id, and how long the issue took from request to answer */
async function issueCall(
  { api, manager, admin }: Desk,
  fundId: string,
  n: number,
): Promise<{ id: string; ms: number }> {
  const components = [
    { kind: 'INVESTMENT', label: 'Investment', amount: '1234567.89' },
    { kind: 'FEE', label: 'Management fee', amount: '98765.43' },
  ]
  const draft = { title: `Call ${n}`, noticeDate: dayFromNow(0), dueDate: dayFromNow(30), components }
  const drafted = await timed(api, manager, `/tenant/v1/funds/${fundId}/capital-calls`, draft)
  const { id } = created.parse(drafted.json())
  await timed(api, admin, `/tenant/v1/capital-calls/${id}/approve`, {})
  return { id, ms: (await timed(api, manager, `/tenant/v1/capital-calls/${id}/issue`, {})).ms }
}

async function measurePages({ api, manager, tenant }: Desk, sizes: readonly number[], rounds: number) {
  const pages: FundFigures['pages'] = []
  for (const investors of sizes) {
    const { id } = await aFund(tenant, investors, `Page of ${investors}`)
    const parts = ['', '/figures', '/capital-calls', '/recent'].map((part) => `/tenant/v1/funds/${id}${part}`)
    const times: number[] = []
    for (let round = -5; round < rounds; round++) {
      const at = performance.now()
      // As a browser does: all that the page shows at once.
      await Promise.all(parts.map((path) => timed(api, manager, path)))
      if (round >= 0) times.push(performance.now() - at)
    }
    pages.push({ investors, spread: spreadOf(times) })
  }
  return pages
}

/** Entries of two lines each over ten years, by SQL. */
async function fillLedger(world: TestWorld, tenantId: string, fundId: string, entries: number): Promise<void> {
  const owner = new pg.Client({ connectionString: world.config.database.tenantUrl })
  await owner.connect()
  await owner.query("select set_config('app.tenant_id', $1, false)", [tenantId])
  const perRound = 20_000
  for (let from = 0; from < entries; from += perRound)
    await owner.query(
      `with e as (insert into ledger_entries (tenant_id, id, fund_id, number, kind, effective_on, source_kind, source_id, posted_in)
         select $1, uuidv7(), $2, 1000000 + g, 'fund_expense', date '2016-01-01' + g % 3650, 'fee', uuidv7(), ''
         from generate_series($3::int, $4::int) g returning id, effective_on)
       insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
         select $1, e.id, p, $2, case p when 1 then 'fund_expense' else 'cash' end, '00000000-0000-0000-0000-000000000000',
           e.effective_on, case p when 1 then 1 else -1 end from e, generate_series(1, 2) p`,
      [tenantId, fundId, from + 1, Math.min(from + perRound, entries)],
    )
  await owner.end()
}

async function measureLedger(world: TestWorld, { api, manager, tenant }: Desk, entries: number, rounds: number) {
  const { id } = await aFund(tenant, 10, 'Large books')
  await fillLedger(world, tenant.id, id, entries)
  const times: number[] = []
  for (let round = -3; round < rounds; round++) {
    const asOf = `${2018 + (Math.abs(round) % 7)}-0${1 + (Math.abs(round) % 9)}-15`
    const { ms } = await timed(api, manager, `/tenant/v1/funds/${id}/trial-balance?asOf=${asOf}`)
    if (round >= 0) times.push(ms)
  }
  return { entries, spread: spreadOf(times) }
}

/** Twenty a second would make 5,000 in 250 s. */
const noticesPatienceMs = 500_000
const progress = z.object({ lines: z.number(), ready: z.number(), failed: z.number() })

/** A worker makes the notices of a call while somebody asks the API whether it lives. */
async function measureNotices(world: TestWorld, { api, manager }: Desk, callId: string) {
  // As they run in an installation: one hands the jobs out and sends the mails, the other makes the papers.
  const post = await startWorker(world.config, 'util')
  const worker = await startWorker(world.config, 'documents')
  const start = worker.memory()
  const made: { share: number; memory: number }[] = []
  const startedAt = performance.now()
  const live: number[] = []
  for (;;) {
    for (let probe = 0; probe < 20; probe++) {
      const at = performance.now()
      await (await fetch(`${api.url}/health/live`)).text()
      live.push(performance.now() - at)
      await setTimeout(25)
    }
    const path = `/tenant/v1/capital-calls/${callId}/notices`
    const { lines, ready, failed } = progress.parse((await timed(api, manager, path)).json())
    if (failed > 0) throw new Error(`${failed} notices failed`)
    made.push({ share: ready / lines, memory: worker.memory() })
    if (ready < lines && performance.now() - startedAt < noticesPatienceMs) continue
    if (ready < lines) throw new Error(`only ${ready} of ${lines} notices are made`)
    const perSecond = (lines * 1000) / (performance.now() - startedAt)
    const when = (share: number) => made.find((each) => each.share >= share)?.memory ?? Number.NaN
    const memoryMiB = { start, quarter: when(0.25), half: when(0.5), end: when(1) }
    await worker.stop()
    await post.stop()
    return { made: lines, perSecond, live: spreadOf(live), memoryMiB }
  }
}

/** In an installation of its own. @param quick a tenth of the investors of the notices, fewer rounds */
export async function measureFunds(quick: boolean): Promise<FundFigures> {
  const world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  const api = await startThroughline(world.config)
  try {
    const tenant = await world.tenant('Funds')
    const [manager, admin] = [await signInAs(api, tenant), await signInAs(api, tenant, 'admin')]
    const desk: Desk = { api, tenant, manager, admin }
    const uploads: FundFigures['uploads'] = []
    const { id: drawer } = await aFund(tenant, 1, 'Uploads')
    for (const to of ['documents', 'imports?kind=BANK_RECEIPTS']) {
      const figures = await measureUploads(api, manager, `/tenant/v1/funds/${drawer}/${to}`)
      uploads.push({ to: to.replace(/\?.*/, ''), figures })
    }
    const investors = 5000
    const { id: fundId } = await aFund(tenant, investors, 'Many')
    const issued: { id: string; ms: number }[] = []
    for (let n = 0; n < (quick ? 4 : 8); n++) issued.push(await issueCall(desk, fundId, n))
    const byHand: number[] = []
    for (const { id } of issued.slice(1)) byHand.push(await issueByHand(world.config.database.tenantUrl, tenant.id, id))
    const pages = await measurePages(desk, [10, 1000, 5000], quick ? 20 : 60)
    const ledger = await measureLedger(world, desk, quick ? 100_000 : 1_000_000, 20)
    const small = await aFund(tenant, quick ? 500 : 5000, 'Notices')
    // The calls before are not made into papers: only this one is waited for.
    await world.database.platform.prisma.outbox.deleteMany({})
    const { id: callId } = await issueCall(desk, small.id, 1)
    const notices = await measureNotices(world, desk, callId)
    return {
      investors,
      issue: spreadOf(issued.slice(1).map(({ ms }) => ms)),
      byHand: spreadOf(byHand),
      pages,
      ledger,
      notices,
      uploads,
    }
  } finally {
    await api.stop()
    await world.close()
  }
}
