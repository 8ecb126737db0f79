import { type MergeKind, type MergeRecords, mergeRecords as mergeBody } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import {
  createTestWorld,
  readTenantRows,
  readTenantTables,
  type TestTenant,
  type TestWorld,
} from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, getCompany, updateCompany } from '../companies/index.ts'
import { createContact, getContact } from '../contacts/index.ts'
import { holdDeal, makeDeal, readDeal } from '../deals/testing.ts'
import { purgeRecord, restoreRecord } from '../trash/index.ts'
import { mergeRecords, previewMerge, undoMerge } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let ctx: Ctx
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  ctx = acme.ctx('manager')
})
afterAll(() => world.close())

let made = 0
const company = (input: object = {}, asker = ctx) =>
  createCompany(asker, { name: `Firm ${made++}`, domain: null, force: true, ...input })
const contact = (input: object = {}, asker = ctx) =>
  createContact(asker, { name: `Person ${made++}`, email: null, companyId: null, force: true, ...input })
const note = async (on: { dealId?: string; companyId?: string; contactId?: string }) =>
  (
    await ctx.db.prisma.timelineEntry.create({
      data: { tenantId: ctx.tenantId, kind: 'NOTE', body: 'Met', ...on },
      select: { id: true },
    })
  ).id
const merge = (kind: MergeKind, keepId: string, mergeId: string, take: string[] = []) =>
  mergeRecords(ctx, mergeBody.parse({ kind, keepId, mergeId, take }))

const about = ['companies', 'contacts', 'deals', 'deal_contacts', 'timeline_entries', 'stage_changes', 'record_keys']

/** Every row of the firm that a merge may touch, whole; of the two records only the version may go on. */
async function everything(tenant: TestTenant, ...two: string[]) {
  const rows: Record<string, string[]> = {}
  for (const table of await readTenantTables(world.database.platform)) {
    if (!about.includes(table.name)) continue
    const found = await readTenantRows(world.database.platform, table, tenant.id)
    rows[table.name] = found
      .map((row) => JSON.stringify(two.includes(String(row.id)) ? { ...row, version: 0 } : row))
      .toSorted()
  }
  return rows
}

/** Two companies with all that can point at them. */
async function twoCompanies() {
  const kept = await company({ name: 'Initech', tags: ['vip'], size: '1-10' })
  const merged = await company({
    ...{ name: 'Initech GmbH', domain: `initech${made}.test`, industry: 'Software', size: '5001+', tags: ['old'] },
  })
  const person = await contact({ companyId: merged.id })
  const deal = await makeDeal(ctx, { companyId: merged.id, value: '10.00' })
  const own = await makeDeal(ctx, { companyId: kept.id })
  const entry = await note({ companyId: merged.id, dealId: own.id })
  return { kept, merged, person, deal, own, entry }
}

describe('merging companies', () => {
  it('is shown beforehand, and does what was shown', async () => {
    const { kept, merged, person, deal, entry } = await twoCompanies()
    const preview = await previewMerge(ctx, { kind: 'company', keepId: kept.id, mergeId: merged.id })
    expect(preview).toMatchObject({ moves: { contacts: 1, deals: 1, timeline: 1, dealContacts: 0 }, obstacles: [] })
    expect(preview.fields).toContainEqual({
      ...{ field: 'name', kept: 'Initech', merged: 'Initech GmbH', result: 'Initech', choice: true },
    })
    const done = await merge('company', kept.id, merged.id, ['size'])
    expect(done).toMatchObject({ kind: 'company', keptId: kept.id, mergedId: merged.id, version: 2, undoneAt: null })
    const after = await getCompany(ctx, kept.id)
    expect(after).toMatchObject({
      ...{ name: 'Initech', domain: merged.domain, industry: 'Software', size: '5001+', tags: ['vip', 'old'] },
      ...{ contacts: [{ id: person.id }], dealCount: 2 },
    })
    expect((await readDeal(ctx, deal.id)).company).toMatchObject({ id: kept.id })
    await expect(getCompany(ctx, merged.id)).rejects.toMatchObject({ code: 'not_found' })
    const moved = await ctx.db.queryOne(sql`select company_id from timeline_entries where id = ${entry}::uuid`)
    expect(moved).toEqual({ company_id: kept.id })
    const audited = await ctx.db.query(
      sql`select action from audit_entries where subject_id = ${kept.id}::uuid order by seq`,
    )
    expect(audited).toEqual([{ action: 'company.created' }, { action: 'company.merged' }])
  })

  it('gives the deals of both the score of the company that is left', async () => {
    const { kept, merged, deal, own } = await twoCompanies()
    await merge('company', kept.id, merged.id, ['size'])
    const reasons = async (id: string) => (await readDeal(ctx, id)).scoreReasons.map(({ reason }) => reason)
    for (const { id } of [deal, own]) expect(await reasons(id)).toContain('company_is_large')
  })

  it('is undone exactly: every row is as it was, the links and the scores too', async () => {
    const { kept, merged } = await twoCompanies()
    const before = await everything(acme, kept.id, merged.id)
    const { id } = await merge('company', kept.id, merged.id, ['name', 'size'])
    expect(await everything(acme, kept.id, merged.id)).not.toEqual(before)
    expect(await undoMerge(ctx, id)).toMatchObject({ id, undoneAt: expect.any(String) })
    expect(await everything(acme, kept.id, merged.id)).toEqual(before)
    await expect(undoMerge(ctx, id)).rejects.toMatchObject({ details: { reasons: ['it has been undone already'] } })
  })

  it('leaves what came to the kept one after the merge where it is', async () => {
    const { kept, merged } = await twoCompanies()
    const { id } = await merge('company', kept.id, merged.id)
    const later = await contact({ companyId: kept.id })
    await undoMerge(ctx, id)
    expect((await getContact(ctx, later.id)).companyId).toBe(kept.id)
  })
})

describe('an undo is refused, and nothing is changed, when', () => {
  const refusals: [string, (two: Awaited<ReturnType<typeof twoCompanies>>) => Promise<unknown>, RegExp][] = [
    ['the kept one was changed', ({ kept }) => updateCompany(ctx, kept.id, { industry: 'Mining' }), /has been changed/],
    ['the other one was restored', ({ merged }) => restoreRecord(ctx, 'company', merged.id), /has been restored/],
    ['the other one is gone', ({ merged }) => purgeRecord(acme.ctx('owner'), 'company', merged.id), /removed for good/],
    [
      'a row that moved belongs to a third one',
      async ({ person }) => {
        const third = await company()
        await ctx.db.execute(sql`update contacts set company_id = ${third.id}::uuid where id = ${person.id}::uuid`)
      },
      /^This merge cannot be undone: 1 of the rows that moved/,
    ],
  ]
  it.each(refusals)('%s', async (_when, change, words) => {
    const two = await twoCompanies()
    // Its domain stays with it, so that the restored one can come back.
    await ctx.db.execute(sql`update companies set domain = null where id = ${two.merged.id}::uuid`)
    const { id } = await merge('company', two.kept.id, two.merged.id)
    await change(two)
    const before = await everything(acme)
    await expect(undoMerge(ctx, id)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(words) })
    expect(await everything(acme)).toEqual(before)
  })

  it('a third one has the domain by now', async () => {
    const kept = await company({ domain: 'stays.test' })
    const merged = await company({ domain: 'given-free.test' })
    const { id } = await merge('company', kept.id, merged.id)
    await company({ domain: 'given-free.test' })
    await expect(undoMerge(ctx, id)).rejects.toMatchObject({
      details: { reasons: ['another record has its domain or e-mail by now'] },
    })
  })
})

describe('merging contacts', () => {
  async function twoContacts() {
    const kept = await contact({ email: `kept${made}@x.test`, phones: ['+49 30 1'] })
    const merged = await contact({ email: `merged${made}@x.test`, title: 'CEO', phones: ['+49 30 2'] })
    const deals = {
      main: await makeDeal(ctx, { contactId: merged.id }),
      part: await makeDeal(ctx, { contacts: [{ contactId: merged.id, role: 'champion' }] }),
      both: await makeDeal(ctx, {
        contacts: [
          { contactId: kept.id, role: 'user' },
          { contactId: merged.id, role: 'decision maker' },
        ],
      }),
      own: await makeDeal(ctx, { contactId: kept.id, contacts: [{ contactId: merged.id, role: 'assistant' }] }),
    }
    await note({ contactId: merged.id })
    return { kept, merged, deals }
  }

  it('leads deals, parts in deals and the timeline over, with nobody twice in one deal', async () => {
    const { kept, merged, deals } = await twoContacts()
    await merge('contact', kept.id, merged.id)
    expect(await getContact(ctx, kept.id)).toMatchObject({
      ...{ email: kept.email, otherEmails: [merged.email], title: 'CEO', phones: ['+49 30 1', '+49 30 2'] },
    })
    expect((await readDeal(ctx, deals.main.id)).contact?.id).toBe(kept.id)
    expect((await readDeal(ctx, deals.main.id)).scoreReasons.map(({ reason }) => reason)).toContain('decision_maker')
    expect((await readDeal(ctx, deals.part.id)).contacts).toMatchObject([{ id: kept.id, role: 'champion' }])
    expect((await readDeal(ctx, deals.both.id)).contacts).toMatchObject([{ id: kept.id, role: 'user' }])
    expect((await readDeal(ctx, deals.own.id)).contacts).toEqual([])
  })

  it('is undone exactly', async () => {
    const { kept, merged } = await twoContacts()
    const before = await everything(acme, kept.id, merged.id)
    const { id } = await merge('contact', kept.id, merged.id, ['email'])
    expect(await getContact(ctx, kept.id)).toMatchObject({ email: merged.email, otherEmails: [kept.email] })
    await undoMerge(ctx, id)
    expect(await everything(acme, kept.id, merged.id)).toEqual(before)
  })
})

describe('merging deals', () => {
  async function twoDeals() {
    const [one, two, three] = [await contact(), await contact(), await contact()]
    const kept = await makeDeal(ctx, {
      ...{ title: 'Box', contactId: one.id, notes: 'First', contacts: [{ contactId: three.id, role: 'user' }] },
    })
    const merged = await makeDeal(ctx, {
      ...{ title: 'Box again', value: '99.00', currency: 'USD', contactId: two.id, notes: 'Second', tags: ['hot'] },
      contacts: [
        { contactId: three.id, role: 'champion' },
        { contactId: one.id, role: 'sponsor' },
      ],
    })
    await ctx.db.execute(sql`update deals set stage = 'NEGOTIATION', engagement = 20,
      score_reasons = '[{"points": 20, "reason": "asked_for_proposal", "at": "2026-05-01T00:00:00Z"}]' where id = ${merged.id}::uuid`)
    await note({ dealId: merged.id })
    return { kept, merged, one, two, three }
  }

  it('keeps the stage and its history, joins people, notes and timeline, and tells the other’s way in a note', async () => {
    const { kept, merged, two, three } = await twoDeals()
    const history = (await readDeal(ctx, kept.id)).history
    await merge('deal', kept.id, merged.id)
    const after = await readDeal(ctx, kept.id)
    expect(after).toMatchObject({
      ...{ title: 'Box', stage: 'LEAD', value: '99.00', currency: 'USD', notes: 'First\n\nSecond', tags: ['hot'] },
      ...{ history, engagementScore: 20 },
    })
    expect(after.contacts.map(({ id, role }) => [id, role]).toSorted()).toEqual(
      [
        [two.id, 'contact'],
        [three.id, 'user'],
      ].toSorted(),
    )
    const entries = await ctx.db.query<{ body: string }>(
      sql`select body from timeline_entries where deal_id = ${kept.id}::uuid order by id`,
    )
    expect(entries).toHaveLength(2)
    expect(entries[1]?.body).toMatch(/^Merged with “Box again”, which went this way:\n\d{4}-\d\d-\d\d LEAD$/)
    expect(await readDeal(ctx, merged.id)).toMatchObject({
      deletedAt: expect.any(String),
      history: [{ stage: 'LEAD' }],
    })
  })

  it('is undone exactly', async () => {
    const { kept, merged } = await twoDeals()
    const before = await everything(acme, kept.id, merged.id)
    const { id } = await merge('deal', kept.id, merged.id, ['title', 'contact'])
    await undoMerge(ctx, id)
    expect(await everything(acme, kept.id, merged.id)).toEqual(before)
  })

  it('never takes away a deal that something is built on', async () => {
    const { kept, merged } = await twoDeals()
    await holdDeal(ctx, merged.id)
    const pair: MergeRecords = { kind: 'deal', keepId: kept.id, mergeId: merged.id, take: [] }
    expect((await previewMerge(ctx, { kind: 'deal', keepId: kept.id, mergeId: merged.id })).obstacles).toHaveLength(1)
    await expect(mergeRecords(ctx, pair)).rejects.toMatchObject({
      ...{ code: 'conflict', message: expect.stringContaining('Capital call 3') },
    })
    await expect(mergeRecords(ctx, { ...pair, keepId: merged.id, mergeId: kept.id })).resolves.toBeDefined()
  })
})

describe('a merge', () => {
  it('of a pair that several ask for at once happens once, in either direction', async () => {
    const [one, two] = [await company(), await company()]
    const asked = await Promise.allSettled([
      ...[merge('company', one.id, two.id), merge('company', one.id, two.id), merge('company', two.id, one.id)],
    ])
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of asked)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'not_found' })
    const merges = await ctx.db.query(sql`select 1 from record_merges where kept_id = any(${[one.id, two.id]}::uuid[])`)
    expect(merges).toHaveLength(1)
  })

  it('with itself, with another firm’s record, or with a choice that is none is refused', async () => {
    const [own, other] = [await company(), await company()]
    const foreign = await company({}, globex.ctx('manager'))
    await expect(merge('company', own.id, own.id)).rejects.toMatchObject({ code: 'validation_failed' })
    for (const id of [foreign.id, crypto.randomUUID()]) {
      await expect(merge('company', own.id, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(merge('company', id, own.id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(undoMerge(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(merge('company', own.id, other.id, ['version'])).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await getCompany(globex.ctx('viewer'), foreign.id)).toMatchObject({ version: 1 })
  })

  it('of another firm cannot be undone', async () => {
    const there = globex.ctx('manager')
    const [one, two] = [await company({}, there), await company({}, there)]
    const { id } = await mergeRecords(there, { kind: 'company', keepId: one.id, mergeId: two.id, take: [] })
    await expect(undoMerge(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})
