import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTestFund } from '../books/testing.ts'
import { makeIssuedCall } from '../receivables/testing.ts'
import { ranHere } from '../testing.ts'
import { beginNights, remindOfOpenLines, rollNav, sendCallReminder } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})

const clock = (instant: string) => ({ database: world.database, log: world.log, now: new Date(instant) })
/** A fund of a zone that was made long ago, and compared on the night before `since`. */
async function aFund(tenant: TestTenant, zone: string, lastNight?: string) {
  const fund = await makeTestFund(tenant.ctx('manager'), ['1000.00', '500.00'], { name: `In ${zone}` })
  const { db, tenantId } = tenant.systemCtx()
  await db.execute(sql`update funds set time_zone = ${zone}, created_at = '2026-01-01' where id = ${fund.id}::uuid`)
  if (lastNight)
    await db.execute(sql`insert into reconciliation_runs (tenant_id, id, fund_id, as_of, nightly, state)
      values (${tenantId}::uuid, uuidv7(), ${fund.id}::uuid, ${lastNight}::date, true, 'CLEAN')`)
  return fund
}
const rowsOf = (tenant: TestTenant, statement: ReturnType<typeof sql>) => tenant.systemCtx().db.query(statement)
const nightsOf = (tenant: TestTenant, fundId: string) =>
  rowsOf(
    tenant,
    sql`select as_of as day, state::text from reconciliation_runs where fund_id = ${fundId}::uuid and nightly order by as_of`,
  )
const jobsOf = (tenant: TestTenant) =>
  rowsOf(
    tenant,
    sql`select name, payload - 'runId' - 'lineId' as payload from jobs where tenant_id = ${tenant.id}::uuid order by name, id`,
  )

describe('nights', () => {
  it('begin for each firm when it is two there: a comparison, and the net assets of the day before', async () => {
    const berlin = await aFund(acme, 'Europe/Berlin', '2026-06-30')
    const york = await aFund(globex, 'America/New_York', '2026-06-30')
    await beginNights(clock('2026-06-30T23:55:00Z'))
    expect(await nightsOf(acme, berlin.id)).toHaveLength(1)
    await beginNights(clock('2026-07-01T00:00:00Z'))
    expect(await nightsOf(acme, berlin.id)).toEqual([
      { day: '2026-06-30', state: 'CLEAN' },
      { day: '2026-07-01', state: 'RUNNING' },
    ])
    expect(await nightsOf(globex, york.id)).toHaveLength(1)
    expect(await jobsOf(acme)).toEqual([
      { name: 'util__reconcile-fund', payload: {} },
      { name: 'util__roll-nav', payload: { fundId: berlin.id, on: '2026-06-30' } },
    ])
    expect(await rowsOf(acme, sql`select kind from notifications`)).toEqual([])
    await beginNights(clock('2026-07-01T06:00:00Z'))
    expect(await nightsOf(globex, york.id)).toHaveLength(2)
  })

  it('begin once, however many workers look, also where two comes twice', async () => {
    const fund = await aFund(acme, 'Europe/Berlin', '2026-10-24')
    // 02:00 of summer, and of winter an hour later.
    for (const instant of ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'])
      await Promise.all([1, 2, 3].map(() => beginNights(clock(instant))))
    expect(await nightsOf(acme, fund.id)).toHaveLength(2)
    expect(await jobsOf(acme)).toHaveLength(2)
  })

  it('begin where the clock jumps over two', async () => {
    const fund = await aFund(acme, 'Europe/Berlin', '2026-03-28')
    await beginNights(clock('2026-03-29T00:55:00Z'))
    expect(await nightsOf(acme, fund.id)).toHaveLength(1)
    await beginNights(clock('2026-03-29T01:00:00Z'))
    expect(await nightsOf(acme, fund.id)).toHaveLength(2)
  })

  it('that nobody began stand among the reports, and are told in the portal and by mail, once', async () => {
    const fund = await aFund(acme, 'Europe/Berlin', '2026-07-01')
    for (const instant of ['2026-07-04T00:05:00Z', '2026-07-04T00:10:00Z']) await beginNights(clock(instant))
    expect(await nightsOf(acme, fund.id)).toEqual([
      { day: '2026-07-01', state: 'CLEAN' },
      { day: '2026-07-02', state: 'FAILED' },
      { day: '2026-07-03', state: 'FAILED' },
      { day: '2026-07-04', state: 'RUNNING' },
    ])
    expect(await rowsOf(acme, sql`select kind, link from notifications`)).toEqual([
      { kind: 'reconciliation.missed', link: `/funds/${fund.id}/reconciliation` },
    ])
    expect(await rowsOf(globex, sql`select kind from notifications`)).toEqual([])
    expect((await jobsOf(acme)).filter((job) => JSON.stringify(job).includes('night_missed'))).toHaveLength(1)
  })

  it('that begin in the morning are told as well', async () => {
    await aFund(acme, 'Europe/Berlin', '2026-06-30')
    await beginNights(clock('2026-07-01T05:00:00Z'))
    expect(await rowsOf(acme, sql`select kind from notifications`)).toHaveLength(1)
  })

  it('roll the net assets forward, and skip a day that has not come', async () => {
    const fund = await aFund(acme, 'Europe/Berlin')
    const rolled = await ranHere(acme.systemCtx(), { fundId: fund.id, on: '2026-06-30' }, rollNav)
    expect(rolled).toMatchObject({ nav: '0.00', revision: 1 })
    expect(await ranHere(acme.systemCtx(), { fundId: fund.id, on: '2999-06-30' }, rollNav)).toMatchObject({
      skipped: expect.any(String),
    })
  })
})

describe('reminders', () => {
  it('go out on Monday mornings in the zone of the firm, once a week for each open line, and to nobody who has paid', async () => {
    const fund = await aFund(acme, 'Europe/Berlin')
    const call = await makeIssuedCall(acme.ctx('manager'), fund, ['100.00', '50.00'])
    const { db } = acme.systemCtx()
    await world.database.platform.execute(
      sql`update tenants set timezone = 'Europe/Berlin' where id = ${acme.id}::uuid`,
    )
    await db.execute(sql`update capital_call_lines set applied = due where id = ${call.lines[1]?.id ?? ''}::uuid`)
    await db.execute(
      sql`update investors set contacts = ${JSON.stringify([
        { name: 'Nora', email: 'nora@lp.test', notices: true },
        { name: 'Otto', email: 'otto@lp.test', notices: false },
      ])}::jsonb`,
    )
    expect(await remindOfOpenLines(clock('2026-04-06T06:55:00Z'))).toBe(0)
    expect(await remindOfOpenLines(clock('2026-04-06T07:00:00Z'))).toBe(1)
    expect(await remindOfOpenLines(clock('2026-04-06T07:05:00Z'))).toBe(0)
    expect(await rowsOf(acme, sql`select distinct kind, title from notifications`)).toEqual([
      { kind: 'capital_call.open_lines', title: expect.stringContaining('one investor') },
    ])
    expect(await rowsOf(acme, sql`select member_id from notifications`)).toHaveLength(3)
    expect(await rowsOf(globex, sql`select kind from notifications`)).toEqual([])
    const mails: { to: string; text: string }[] = []
    const mailer = {
      send: async (mail: { to: string; text: string }) => void mails.push(mail),
      close: () => undefined,
    }
    await ranHere(acme.systemCtx(), { lineId: call.lines[0]?.id ?? '' }, (job) => sendCallReminder(job, mailer))
    expect(mails).toMatchObject([{ to: 'nora@lp.test', text: expect.stringContaining('100.00 EUR') }])
    expect(mails[0]?.text).toContain(call.lines[0]?.reference)
    expect(
      await ranHere(acme.systemCtx(), { lineId: call.lines[1]?.id ?? '' }, (job) => sendCallReminder(job, mailer)),
    ).toEqual({
      sent: 0,
    })
    expect(await remindOfOpenLines(clock('2026-04-13T07:00:00Z'))).toBe(1)
  })
})
