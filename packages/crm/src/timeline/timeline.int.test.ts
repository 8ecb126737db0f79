import {
  createDealEntry,
  createEntry,
  type Signal,
  type TimelineItem,
  timelinePage,
  type UpdateEntry,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateDeal } from '../deals/index.ts'
import { aCompany, aContact, aDeal } from '../records.testing.ts'
import { addEntry, listTimeline, removeEntry, restoreEntry, updateEntry } from './index.ts'
import type { Subject, SubjectKind } from './timeline.rules.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

type RoleName = 'manager' | 'member' | 'viewer' | 'owner'
const day = 86_400_000
const write = (role: RoleName, subject: Subject, input: object, tenant = acme) => {
  const body = { kind: 'NOTE', body: 'Something', ...input }
  const parsed = subject.kind === 'deal' ? createDealEntry.parse(body) : createEntry.parse(body)
  return addEntry(tenant.ctx(role), subject, parsed)
}
const onDeal = (id: string): Subject => ({ kind: 'deal', id })
const signalled = (dealId: string, signal: Signal, input: object = {}) =>
  write('manager', onDeal(dealId), { kind: 'SIGNAL', body: '', signal, ...input })
const page = async (role: RoleName, subject: Subject, query: { limit?: number; cursor?: string } = {}, tenant = acme) =>
  timelinePage.parse(await listTimeline(tenant.ctx(role), subject, { limit: 25, ...query, cursor: query.cursor }))
const bodies = (items: TimelineItem[]) => items.map((item) => (item.type === 'entry' ? item.body : item.to))

interface Scored {
  score: number
  fit: number
  engagement: number
  reasons: { points: number; reason: string; at?: string }[]
  version: number
}
async function scoreOf(dealId: string, tenant = acme): Promise<Scored> {
  const row = await tenant.systemCtx().db.queryOne<Scored>(sql`select lead_score as score, fit_score as fit,
    engagement::float8 as engagement, score_reasons as reasons, version from deals where id = ${dealId}::uuid`)
  if (!row) throw new Error('no such deal')
  return row
}

describe('what is written on a timeline', () => {
  it.each(['deal', 'company', 'contact'] as const)('stands on a %s with its author, audit and event', async (kind) => {
    const id = await { deal: aDeal, company: aCompany, contact: aContact }[kind](acme)
    const entry = await write('manager', { kind, id }, { kind: 'CALL', body: 'They call back' })
    expect(entry).toMatchObject({
      kind: 'CALL',
      body: 'They call back',
      author: { id: acme.members.manager.id, name: 'manager of Acme' },
      signal: null,
      points: 0,
      editedAt: null,
      editable: true,
    })
    expect((await page('viewer', { kind, id })).data).toEqual([{ ...entry, editable: false }])
    const [told] = await acme.systemCtx().db.query(sql`select
      (select count(*)::int from audit_entries where subject_id = ${entry.id}::uuid and action = 'timeline.added') as audit,
      (select data from events where type = 'timeline.changed' order by seq desc limit 1) as data`)
    const ids = { dealId: null, companyId: null, contactId: null, [`${kind}Id`]: id }
    expect(told).toEqual({ audit: 1, data: ids })
  })

  it.each([
    [{ kind: 'NOTE', body: 'x', signal: 'replied' }, 'signal'],
    [{ kind: 'SIGNAL', body: 'x' }, 'signal'],
    [{ kind: 'CALL', body: ' ' }, 'body'],
    [{ kind: 'SIGNAL', signal: 'shouted' }, 'signal'],
    [{ kind: 'LETTER', body: 'x' }, 'kind'],
    [{ kind: 'CALL', body: 'x', happenedAt: 'yesterday' }, 'happenedAt'],
  ])('is refused when it makes no sense: %o', (body, path) => {
    const parsed = createDealEntry.safeParse(body)
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toContain(path)
  })

  it('has happened: a time to come is refused', async () => {
    const dealId = await aDeal(acme)
    const happenedAt = new Date(Date.now() + day).toISOString()
    await expect(write('manager', onDeal(dealId), { kind: 'MEETING', happenedAt })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { issues: [{ path: 'body.happenedAt' }] },
    })
    expect((await page('manager', onDeal(dealId))).data).toEqual([])
  })

  it('is not found on records of another firm, deleted ones and those that nobody has', async () => {
    for (const kind of ['deal', 'company', 'contact'] as SubjectKind[]) {
      const id = await { deal: aDeal, company: aCompany, contact: aContact }[kind](acme)
      for (const subject of [
        { kind, id },
        { kind, id: crypto.randomUUID() },
      ]) {
        await expect(write('owner', subject, {}, globex)).rejects.toMatchObject({ code: 'not_found' })
        await expect(page('owner', subject, {}, globex)).rejects.toMatchObject({ code: 'not_found' })
      }
    }
    const dealId = await aDeal(acme)
    const entry = await write('manager', onDeal(dealId), {})
    for (const attempt of [
      () => updateEntry(globex.ctx('owner'), entry.id, { body: 'Ours' }),
      () => removeEntry(globex.ctx('owner'), entry.id),
      () => restoreEntry(globex.ctx('owner'), entry.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    await acme.systemCtx().db.execute(sql`update deals set deleted_at = now() where id = ${dealId}::uuid`)
    await expect(page('owner', onDeal(dealId))).rejects.toMatchObject({ code: 'not_found' })
    await expect(removeEntry(acme.ctx('owner'), entry.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('who changes what is written', () => {
  it('lets members write on their own deals, and change there what they wrote themselves', async () => {
    const own = await aDeal(acme, { ownerId: acme.members.member.id })
    const others = await aDeal(acme, { ownerId: acme.members.manager.id })
    await expect(write('member', onDeal(others), {})).rejects.toMatchObject({ code: 'forbidden' })
    const mine = await write('member', onDeal(own), { body: 'Mine' })
    const theirs = await write('manager', onDeal(own), { body: 'Theirs' })
    const ctx = acme.ctx('member')
    expect(await updateEntry(ctx, mine.id, { body: 'Better' })).toMatchObject({ body: 'Better', version: 2 })
    await expect(updateEntry(ctx, theirs.id, { body: 'Better' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeEntry(ctx, theirs.id)).rejects.toMatchObject({ code: 'forbidden' })
    const { data } = await page('member', onDeal(own))
    expect(data.map((item) => item.type === 'entry' && [item.body, item.editable])).toEqual([
      ['Theirs', false],
      ['Better', true],
    ])
    await removeEntry(acme.ctx('manager'), mine.id)
    expect(bodies((await page('member', onDeal(own))).data)).toEqual(['Theirs'])
  })

  it('hides deals of others, and what is written on them, from members who see their own only', async () => {
    const strict = await world.tenant('Strict')
    await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${strict.id}::uuid`)
    const companyId = await aCompany(strict)
    const own = await aDeal(strict, { ownerId: strict.members.member.id, companyId })
    const others = await aDeal(strict, { ownerId: strict.members.manager.id, companyId })
    const company: Subject = { kind: 'company', id: companyId }
    await write('manager', onDeal(own), { body: 'On theirs' }, strict)
    const hidden = await write('manager', onDeal(others), { body: 'On another' }, strict)
    await write('manager', company, { body: 'On the company' }, strict)
    expect(bodies((await page('member', company, {}, strict)).data)).toEqual(['On the company', 'On theirs'])
    expect((await page('manager', company, {}, strict)).data).toHaveLength(3)
    for (const attempt of [
      () => page('member', onDeal(others), {}, strict),
      () => write('member', onDeal(others), {}, strict),
      () => updateEntry(strict.ctx('member'), hidden.id, { body: 'x' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  })

  it('refuses an edit of an old version, and tells of one that was made', async () => {
    const dealId = await aDeal(acme)
    const ctx = acme.ctx('manager')
    const { id } = await write('manager', onDeal(dealId), { body: 'First' })
    const edited = await updateEntry(ctx, id, { body: 'Second', version: 1 })
    expect(edited.editedAt).not.toBeNull()
    await expect(updateEntry(ctx, id, { body: 'Third', version: 1 })).rejects.toMatchObject({ code: 'stale_version' })
    expect(await updateEntry(ctx, id, { body: 'Second' })).toEqual(edited)
    await expect(updateEntry(ctx, id, { body: '' })).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

describe('reading a timeline', () => {
  it('merges entries with the moves of the deal, newest first, in pages that miss nothing, each in one statement', async () => {
    const dealId = await aDeal(acme)
    const { db } = acme.systemCtx()
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
    for (const n of [0, 2, 4, 4, 6]) await write('manager', onDeal(dealId), { body: `entry ${n}`, happenedAt: at(n) })
    for (const [n, from, to] of [
      [1, null, 'LEAD'],
      [3, 'LEAD', 'QUALIFIED'],
      [4, 'QUALIFIED', 'CLOSED_LOST'],
    ] as const)
      await db.execute(sql`insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, reason, actor_id, created_at)
        values (${acme.id}::uuid, uuidv7(), ${dealId}::uuid, ${from}::"DealStage", ${to}::"DealStage",
          ${to === 'CLOSED_LOST' ? 'Too dear' : null}, ${acme.members.owner.id}::uuid, ${at(n)}::timestamptz)`)
    const whole = await page('viewer', onDeal(dealId))
    expect(whole.page.nextCursor).toBeNull()
    const times = whole.data.map((item) => item.at)
    expect(times).toEqual([6, 4, 4, 4, 3, 2, 1, 0].map(at))
    expect(whole.data.find(({ type, at: time }) => type === 'move' && time === at(4))).toMatchObject({
      from: 'QUALIFIED',
      to: 'CLOSED_LOST',
      reason: 'Too dear',
      author: { name: 'owner of Acme' },
    })
    const recorder = recordStatements()
    const read: TimelineItem[] = []
    let cursor: string | undefined
    do {
      const next = await page('viewer', onDeal(dealId), { limit: 2, cursor })
      expect(recorder.take()).toHaveLength(1)
      read.push(...next.data)
      cursor = next.page.nextCursor ?? undefined
    } while (cursor)
    recorder.stop()
    expect(read).toEqual(whole.data)
    await expect(page('viewer', onDeal(dealId), { cursor: 'eyJ4IjoxfQ' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('shows a company and a contact what happened on their deals, and which deal it was', async () => {
    const [companyId, contactId, otherId] = [await aCompany(acme), await aContact(acme), await aContact(acme)]
    const dealId = await aDeal(acme, { title: 'The deal', companyId, contactId })
    const { db } = acme.systemCtx()
    await db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
      values (${acme.id}::uuid, ${dealId}::uuid, ${otherId}::uuid, 'champion'), (${acme.id}::uuid, ${dealId}::uuid, ${contactId}::uuid, 'buyer')`)
    await write('manager', onDeal(dealId), { body: 'On the deal' })
    await write('manager', { kind: 'company', id: companyId }, { body: 'On the company' })
    await write('manager', { kind: 'contact', id: contactId }, { body: 'On the contact' })
    const read = async (kind: SubjectKind, id: string) => (await page('viewer', { kind, id })).data
    expect(bodies(await read('company', companyId))).toEqual(['On the company', 'On the deal'])
    expect(bodies(await read('contact', contactId))).toEqual(['On the contact', 'On the deal'])
    expect(bodies(await read('contact', otherId))).toEqual(['On the deal'])
    const deals = (await read('company', companyId)).map(({ deal }) => deal)
    expect(deals).toEqual([null, { id: dealId, title: 'The deal' }])
    expect((await read('deal', dealId)).map(({ deal }) => deal)).toEqual([null])
  })
})

describe('a signal', () => {
  it('adds its points to the deal’s engagement, with a reason, in the same transaction', async () => {
    const dealId = await aDeal(acme)
    const entry = await signalled(dealId, 'asked_for_proposal')
    expect(entry).toMatchObject({ signal: 'asked_for_proposal', points: 20 })
    expect(await scoreOf(dealId)).toMatchObject({
      score: 20,
      fit: 0,
      engagement: 20,
      version: 2,
      reasons: [{ points: 20, reason: 'asked_for_proposal', at: entry.at }],
    })
    await write('manager', onDeal(dealId), { kind: 'CALL', body: 'No answer', signal: 'went_silent' })
    expect(await scoreOf(dealId)).toMatchObject({ score: 10, version: 3 })
    const events = await acme.systemCtx().db.query(sql`select data->'version' as version from events
      where type = 'deal.updated' and data->>'dealId' = ${dealId} order by seq`)
    expect(events).toEqual([{ version: 2 }, { version: 3 }])
  })

  it('of a month ago counts half of what it did', async () => {
    const dealId = await aDeal(acme)
    await signalled(dealId, 'asked_for_proposal', { happenedAt: new Date(Date.now() - 30 * day).toISOString() })
    expect((await scoreOf(dealId)).engagement).toBeCloseTo(10, 2)
  })

  it('takes its points back when it is removed, once, and brings them when that is undone', async () => {
    const dealId = await aDeal(acme)
    await signalled(dealId, 'replied')
    const { id } = await signalled(dealId, 'meeting_held')
    const ctx = acme.ctx('manager')
    await removeEntry(ctx, id)
    await removeEntry(ctx, id)
    expect(await scoreOf(dealId)).toMatchObject({ score: 10, reasons: [{ reason: 'replied' }] })
    await restoreEntry(ctx, id)
    await restoreEntry(ctx, id)
    expect(await scoreOf(dealId)).toMatchObject({ score: 25, reasons: [{ reason: 'replied' }, { points: 15 }] })
    expect((await page('viewer', onDeal(dealId))).data).toHaveLength(2)
  })

  it('counts from another day when its time is corrected', async () => {
    const dealId = await aDeal(acme)
    const { id } = await signalled(dealId, 'asked_for_proposal')
    const change: UpdateEntry = { happenedAt: new Date(Date.now() - 30 * day).toISOString() }
    await updateEntry(acme.ctx('manager'), id, change)
    const { engagement, reasons } = await scoreOf(dealId)
    expect(engagement).toBeCloseTo(10, 2)
    expect(reasons).toEqual([{ points: 20, reason: 'asked_for_proposal', at: change.happenedAt }])
  })

  it('takes away one of two equal ones', async () => {
    const dealId = await aDeal(acme)
    const happenedAt = new Date().toISOString()
    const [first] = [
      await signalled(dealId, 'replied', { happenedAt }),
      await signalled(dealId, 'replied', { happenedAt }),
    ]
    await removeEntry(acme.ctx('manager'), first.id)
    expect((await scoreOf(dealId)).reasons).toEqual([{ points: 10, reason: 'replied', at: happenedAt }])
  })

  it('never leaves the bounds, and the ten latest reasons are kept', async () => {
    const dealId = await aDeal(acme)
    for (let n = 0; n < 12; n++) await signalled(dealId, 'replied')
    const { engagement, reasons, score } = await scoreOf(dealId)
    expect({ engagement, score, reasons: reasons.length }).toEqual({ engagement: 50, score: 50, reasons: 10 })
    for (let n = 0; n < 3; n++) await signalled(dealId, 'chose_competitor')
    expect(await scoreOf(dealId)).toMatchObject({ engagement: 0, score: 0 })
  })

  it('is not lost among fifty others and edits of the same deal at the same time', async () => {
    const dealId = await aDeal(acme)
    const ctx = acme.ctx('manager')
    const edit = (n: number) => updateDeal(ctx, dealId, { title: `Edit ${n}` })
    // 16 signals of 3 points stay below the upper bound: one that is lost would be missing.
    const writers = Array.from({ length: 50 }, (_, n) => (n < 16 ? signalled(dealId, 'opened_mail') : edit(n)))
    await Promise.all(writers)
    const { version, engagement, score } = await scoreOf(dealId)
    expect({ version, engagement: Math.round(engagement * 100) / 100, score }).toEqual({
      version: 51,
      engagement: 48,
      score: 48,
    })
    const [told] = await ctx.db.query(sql`select
      (select count(*)::int from audit_entries where subject_id = ${dealId}::uuid and action = 'deal.updated') as edits,
      (select count(distinct data->'version')::int from events where type = 'deal.updated' and data->>'dealId' = ${dealId}) as versions`)
    expect(told).toEqual({ edits: 34, versions: 50 })
    expect((await page('viewer', onDeal(dealId), { limit: 100 })).data).toHaveLength(16)
  })
})
