import { importReport } from '@throughline/contracts'
import { type Sql, sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Flow, startFlow } from '../flow.testing.ts'
import { forgetImportChanges, getDealImport, revertDealImport, revertDealImportJob } from './index.ts'

let world: TestWorld
let flow: Flow
beforeAll(async () => {
  world = await createTestWorld()
  flow = startFlow(world)
})
afterAll(async () => {
  await flow?.close()
  await world?.close()
})

const tables: Readonly<Record<string, Sql>> = {
  deals: sql`deals`,
  companies: sql`companies`,
  contacts: sql`contacts`,
  stage_changes: sql`stage_changes`,
  deal_contacts: sql`deal_contacts`,
  timeline_entries: sql`timeline_entries`,
  import_changes: sql`import_changes`,
}
/** Every column of every row that an import can touch. */
async function wholeTables(tenant: TestTenant) {
  const found: Record<string, unknown[]> = {}
  for (const [name, table] of Object.entries(tables))
    found[name] = (
      await tenant
        .systemCtx()
        .db.query<{ row: string }>(sql`select to_jsonb(r)::text as row from ${table} r order by 1`)
    ).map(({ row }) => row)
  return found
}

const run = (tenant: TestTenant, statement: Sql) => tenant.systemCtx().db.execute(statement)
const kept = (report: unknown) => importReport.parse(report).revert

/** A firm with a past: deals in several stages with history, scores that have aged, people, and something in the trash. */
async function firmWithPast(name: string): Promise<TestTenant> {
  const tenant = await world.tenant(name)
  await flow.imported(
    tenant,
    'Id,Title,Value,Stage,Company,Website,Contact,Email,People,Close date,Notes,Tags,Lost reason\n' +
      '1,One,10,Qualified,Acme,acme.test,Jane,jane@acme.test,"""Bob"" <bob@acme.test> (lawyer)",2026-01-01,old,"a, b",\n' +
      '2,Two,20,Won,Acme,acme.test,,,,2026-02-01,,,\n3,Three,30,Lead,Solo,,Sam,,,,,,\n4,Four,40,Lost,,,,,,,,,Price\n',
  )
  await run(
    tenant,
    sql`update deals set engagement = 31.337, engagement_at = now() - interval '20 days',
    score_reasons = '[{"at": "2026-01-01T00:00:00Z", "points": 20, "reason": "asked_for_proposal"}]' where title in ('One', 'Three')`,
  )
  await run(tenant, sql`update deals set lead_score = 1 where title = 'Four'`)
  await run(tenant, sql`delete from import_changes`)
  await run(tenant, sql`update deals set deleted_at = now() where title = 'Four'`)
  return tenant
}

const changing =
  'Id,Title,Value,Stage,Company,Website,Contact,Email,People,Close date,Notes,Tags,Lost reason\n' +
  '1,One more,11,Negotiation,Acme,acme.test,Jim,jim@acme.test,"""Bob"" <bob@acme.test> (judge); Amy (champion)",2027-01-01,new,c,\n' +
  '2,Two,20,,,,,,,,,,\n3,Three,30,Lost,Solo,solo.test,Sam,,,,,,Timing\n4,Four again,,,,,,,,,,,\n5,Five,50,Won,Fresh,fresh.test,Kim,kim@fresh.test,,,,,\n'

describe('a revert', () => {
  it('makes every row of every table what it was, of deals, companies and contacts', async () => {
    const [tenant, other] = [await firmWithPast('Exact'), await firmWithPast('Other')]
    const [before, others] = [await wholeTables(tenant), await wholeTables(other)]
    const result = await flow.imported(tenant, changing)
    expect(result).toMatchObject({ rowsCreated: 2, rowsUpdated: 2, rowsUnchanged: 1 })
    expect((await wholeTables(tenant)).deals).not.toEqual(before.deals)
    const reverted = await flow.reverted(tenant, result.id)
    expect(kept(reverted.report)).toMatchObject({ kept: [], examples: [] })
    expect(await wholeTables(tenant)).toEqual(before)
    expect(reverted.revertedAt).not.toBeNull()

    const companies = 'Id,Name,Domain,Industry,Size\n9,Acme,acme.test,Steel,"1,000"\n8,New,new.test,,\n'
    const contacts = 'Name,Email,Job title,Company\nJane Doe,jane@acme.test,CEO,Elsewhere\nNobody,n@x.test,,Acme\n'
    for (const [kind, file] of [
      ['COMPANY', companies],
      ['CONTACT', contacts],
    ] as const) {
      const { id, rowsCreated, rowsUpdated } = await flow.imported(tenant, file, { kind })
      expect([kind, rowsCreated, rowsUpdated]).toEqual([kind, 1, 1])
      await flow.reverted(tenant, id)
      // The size of a company and the role of a contact are in the scores of their deals, which age as time goes by.
      const [now, then] = [await wholeTables(tenant), before]
      expect({ ...now, deals: [] }).toEqual({ ...then, deals: [] })
    }
    expect(await wholeTables(other)).toEqual(others)
  })

  it('keeps what was changed or used since, says why, and takes back the rest', async () => {
    const tenant = await firmWithPast('Kept')
    const rows = ['Edited', 'Held', 'Noted', 'Plain', 'Owner of K'].map(
      (title, n) => `${10 + n},${title},1,${title}-co,,${title}-person,\n`,
    )
    const { id } = await flow.imported(
      tenant,
      `Id,Title,Value,Company,Website,Contact,Email\n${rows.join('')}1,One,99,,,,\n3,Three,99,,,,\n`,
    )
    await run(tenant, sql`update deals set title = 'Edited since', version = version + 1 where title = 'Edited'`)
    await run(
      tenant,
      sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
      select tenant_id, id, 'capital_call', uuidv7(), 'Call 1' from deals where title = 'Held'`,
    )
    await run(
      tenant,
      sql`insert into timeline_entries (tenant_id, id, kind, body, deal_id)
      select tenant_id, uuidv7(), 'NOTE', 'A note', id from deals where title = 'Noted'`,
    )
    await run(
      tenant,
      sql`insert into contacts (tenant_id, id, name, company_id)
      select tenant_id, uuidv7(), 'K', id from companies where name = 'Owner of K-co'`,
    )
    await run(tenant, sql`update deals set value = 7, version = version + 1 where title = 'Three'`)
    const outcome = kept((await flow.reverted(tenant, id)).report)
    const reasons = Object.fromEntries((outcome?.kept ?? []).map(({ reason, count }) => [reason, count]))
    // Three contacts and three companies stand under the three deals that stay, and one company has a contact of its own.
    expect(reasons).toEqual({ changed_since: 2, has_holds: 1, has_timeline: 1, used_by_deals: 6, used_by_contacts: 1 })
    expect(outcome?.restored).toBe(1)
    expect(outcome?.examples).toContainEqual(
      expect.objectContaining({ kind: 'DEAL', name: 'Edited since', reason: 'changed_since' }),
    )
    const left = await tenant
      .systemCtx()
      .db.query<{ title: string; value: string }>(
        sql`select title, value from deals where deleted_at is null order by title`,
      )
    expect(left.map(({ title }) => title)).toEqual(['Edited since', 'Held', 'Noted', 'One', 'Three', 'Two'])
    expect(left.find(({ title }) => title === 'One')?.value).toBe('10.00')
    expect(left.find(({ title }) => title === 'Three')?.value).toBe('7.00')
  })

  it('re-opens a deal of which something is allocated, and leaves as they are those that are called for', async () => {
    const tenant = await world.tenant('Holds')
    const head = 'Id,Title,Value,Currency,Stage,Probability\n'
    const deals = ['Allocated', 'Smaller', 'Other currency', 'Called', 'Called dearer', 'Called surer', 'Both', 'Free']
    const rows = (line: (title: string) => string) =>
      deals.map((title, n) => `${n + 1},${title},${line(title)}\n`).join('')
    await flow.imported(
      tenant,
      `${head}${rows((title) => (title.startsWith('Called ') ? '100,EUR,Won,' : '100,EUR,Lead,10'))}`,
    )
    await run(tenant, sql`delete from import_changes`)
    const { id } = await flow.imported(
      tenant,
      head +
        rows((title) => {
          if (title === 'Smaller') return '200,EUR,Won,'
          if (title === 'Other currency') return '100,USD,Won,'
          if (title === 'Called dearer') return '120,EUR,Won,'
          if (title === 'Called surer') return '100,EUR,Won,90'
          return '100,EUR,Won,'
        }),
    )
    await run(
      tenant,
      sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label, at_least)
      select tenant_id, id, 'allocation', uuidv7(), 'an allocation', case title when 'Smaller' then 150 else 40 end from deals
      where title in ('Allocated', 'Smaller', 'Other currency', 'Both')`,
    )
    await run(
      tenant,
      sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
      select tenant_id, id, 'capital_call', uuidv7(), 'Call 1' from deals where title like 'Called%' or title = 'Both'`,
    )
    const outcome = kept((await flow.reverted(tenant, id)).report)
    expect(outcome?.kept).toEqual([{ reason: 'has_holds', count: 6 }])
    expect(outcome?.restored).toBe(2)
    const found = await tenant
      .systemCtx()
      .db.query<{ title: string; value: string; currency: string; stage: string }>(
        sql`select title, value, currency, stage::text from deals order by title`,
      )
    const stages = Object.fromEntries(found.map(({ title, ...what }) => [title, Object.values(what).join(' ')]))
    expect(stages).toEqual({
      ...{ Allocated: '100.00 EUR LEAD', Free: '100.00 EUR LEAD' },
      ...{ Smaller: '200.00 EUR CLOSED_WON', 'Other currency': '100.00 USD CLOSED_WON' },
      ...{ Called: '100.00 EUR CLOSED_WON', Both: '100.00 EUR CLOSED_WON' },
      ...{ 'Called dearer': '120.00 EUR CLOSED_WON', 'Called surer': '100.00 EUR CLOSED_WON' },
    })
  })

  it('does not put back an e-mail or a domain that somebody else has by now', async () => {
    const tenant = await world.tenant('Taken')
    await flow.imported(tenant, 'Id,Name,Email\n1,Jane,old@x.test\n', { kind: 'CONTACT' })
    const { id } = await flow.imported(tenant, 'Id,Name,Email\n1,Jane,new@x.test\n', { kind: 'CONTACT' })
    await flow.imported(tenant, 'Name,Email\nJohn,old@x.test\n', { kind: 'CONTACT' })
    const outcome = kept((await flow.reverted(tenant, id)).report)
    expect(outcome).toMatchObject({ restored: 0, kept: [{ reason: 'name_taken', count: 1 }] })
  })

  it('happens once, is not for a dry run, one that waits, or another firm, and leaves one entry and one event', async () => {
    const [tenant, other] = [await firmWithPast('Once'), await world.tenant('Stranger')]
    const ctx = tenant.ctx('manager')
    const dry = await flow.started(tenant, changing, { options: { decimal: 'point', dateOrder: 'ymd' }, dryRun: true })
    await expect(revertDealImport(ctx, dry.id)).rejects.toMatchObject({ code: 'illegal_transition' })
    const { id } = await flow.imported(tenant, changing)
    await expect(revertDealImport(other.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => revertDealImport(ctx, id)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await flow.settled(tenant, id, ['REVERTED'])
    await expect(revertDealImport(ctx, id)).rejects.toMatchObject({ code: 'illegal_transition' })
    const [facts] = await ctx.db.query(sql`select
      (select count(*)::int from audit_entries where action = 'deal_import.reverted') as audit,
      (select count(*)::int from events where type = 'deal_import.changed' and data->>'state' = 'REVERTED') as events,
      (select count(*)::int from events where type like 'deal.%') as others`)
    expect(facts).toEqual({ audit: 1, events: 1, others: 0 })
  })
})

describe('the time for a revert', () => {
  const remembered = async (tenant: TestTenant) =>
    (await tenant.systemCtx().db.query(sql`select 1 from import_changes`)).length
  const endedDaysAgo = (tenant: TestTenant, days: number) =>
    run(tenant, sql`update deal_imports set finished_at = now() - make_interval(days => ${days}::int)`)
  const file = 'Id,Title,Value\n1,One,10\n2,Two,20\n'

  it('is thirty days, which the answer says', async () => {
    const tenant = await world.tenant('Period')
    const result = await flow.imported(tenant, file)
    const left = new Date(result.revertibleUntil ?? 0).getTime() - new Date(result.finishedAt ?? 0).getTime()
    expect(left).toBe(30 * 24 * 3600_000)
    await endedDaysAgo(tenant, 29)
    expect((await flow.reverted(tenant, result.id)).revertibleUntil).toBeNull()
    const dry = await flow.started(tenant, file, { dryRun: true, options: { decimal: 'point', dateOrder: 'ymd' } })
    expect(dry).toMatchObject({ state: 'SUCCEEDED', revertibleUntil: null })
  })

  it('ends: nothing is taken back any more, and what was remembered is forgotten a day later', async () => {
    const [tenant, other] = [await world.tenant('Over'), await world.tenant('Not over')]
    const [result] = [await flow.imported(tenant, file), await flow.imported(other, file)]
    await endedDaysAgo(tenant, 30)
    const refused = { code: 'illegal_transition', message: expect.stringContaining('30 days') }
    await expect(revertDealImport(tenant.ctx('manager'), result.id)).rejects.toMatchObject(refused)
    expect(await forgetImportChanges(tenant.systemCtx().db, new Date())).toBe(0)
    await endedDaysAgo(tenant, 32)
    expect(await forgetImportChanges(tenant.systemCtx().db, new Date())).toBe(2)
    expect(await forgetImportChanges(tenant.systemCtx().db, new Date())).toBe(0)
    expect([await remembered(tenant), await remembered(other)]).toEqual([0, 2])
    expect(await getDealImport(tenant.ctx('viewer'), result.id)).toMatchObject({ state: 'SUCCEEDED', rowsCreated: 2 })
    expect(await tenant.systemCtx().db.query(sql`select 1 from deals`)).toHaveLength(2)
  })

  it('forgets thousands of records, and none of an import that is being taken back', async () => {
    const tenant = await world.tenant('Many')
    const { id } = await flow.imported(tenant, file)
    await run(
      tenant,
      sql`insert into import_changes (tenant_id, import_id, kind, record_id, version)
      select ${tenant.id}::uuid, ${id}::uuid, 'DEAL', uuidv7(), 1 from generate_series(1, 2500)`,
    )
    await endedDaysAgo(tenant, 40)
    // Asked for before the time was over; its job has waited since, or stands among the dead letters and may be sent again.
    for (const state of ['QUEUED', 'DEAD']) {
      await run(
        tenant,
        sql`update jobs set name = ${revertDealImportJob.name}, state = ${state}::"JobState"
        where id = (select job_id from deal_imports where id = ${id}::uuid)`,
      )
      expect(await forgetImportChanges(tenant.systemCtx().db, new Date()), state).toBe(0)
    }
    await run(tenant, sql`update jobs set state = 'SUCCEEDED' where name = ${revertDealImportJob.name}`)
    expect(await forgetImportChanges(tenant.systemCtx().db, new Date())).toBe(2502)
  })
})
