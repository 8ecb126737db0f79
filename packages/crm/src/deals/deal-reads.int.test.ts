// What lists, board, calendar and the page of one deal show, and to whom.
import { updateSettings } from '@throughline/accounts'
import {
  boardQuery,
  dealBoard as boardView,
  dealCalendar as calendarView,
  dealPage,
  listDeals as listDealsQuery,
} from '@throughline/contracts'
import { type Ctx, encodeCursor, sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany } from '../companies/index.ts'
import { createContact } from '../contacts/index.ts'
import { createCustomField } from '../custom-fields/index.ts'
import { dealBoard, dealCalendar, deleteDeal, listDeals, moveDeal, restoreDeal, updateDeal } from './index.ts'
import { filterOf, holdDeal, listedIds, makeDeal, readDeal, traces } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

describe('filters', () => {
  let ctx: Ctx
  let big: string
  let small: string
  let gone: string
  beforeAll(async () => {
    const firm = await world.tenant('Filters')
    ctx = firm.ctx('manager')
    for (const [label, type] of [
      ['Seats', 'NUMBER'],
      ['Region', 'TEXT'],
      ['Trial', 'BOOLEAN'],
    ] as const)
      await createCustomField(firm.ctx('owner'), { kind: 'DEAL', label, type, options: [] })
    big = (
      await makeDeal(ctx, {
        ...{ title: 'Big', value: '90000', currency: 'USD', priority: 'URGENT', leadSource: 'Referral' },
        ...{ tags: ['key account', 'emea'], expectedCloseDate: '2027-03-15', custom: { seats: 40, region: 'north' } },
      })
    ).id
    small = (
      await makeDeal(ctx, {
        ...{ title: 'Small', value: '10', ownerId: null, leadSource: 'Website', tags: ['emea'] },
        ...{ expectedCloseDate: '2027-05-01', custom: { seats: 4, trial: true } },
      })
    ).id
    gone = (await makeDeal(ctx, { title: 'Gone', value: '50', tags: ['gone'] })).id
    await moveDeal(ctx, gone, { stage: 'QUALIFIED' })
    await moveDeal(ctx, gone, { stage: 'CLOSED_LOST', lostReason: 'Price' })
  })

  it.each<[string, object, () => string[]]>([
    ['priority', { priority: 'URGENT' }, () => [big]],
    ['a source with a blank that it does not have', { leadSource: ' Website' }, () => []],
    ['a source', { leadSource: ['Website', 'Webinar'] }, () => [small]],
    ['one tag', { tag: 'emea' }, () => [small, big]],
    ['a tag of one', { tag: 'gone' }, () => [gone]],
    ['all of two tags', { tag: ['emea', 'key account'] }, () => [big]],
    ['a tag in other case', { tag: 'EMEA' }, () => [small, big]],
    ['nobody as owner', { unowned: 'true' }, () => [small]],
    ['no source', { unsourced: 'true' }, () => [gone]],
    ['no close date', { undated: 'true' }, () => [gone]],
    ['no close date, in a month', { undated: 'true', closeFrom: '2027-03-01' }, () => []],
    ['the reason of a loss', { lostReason: 'Price' }, () => [gone]],
    ['one of two reasons', { lostReason: ['Timing', 'Price'] }, () => [gone]],
    ['a part of a reason', { lostReason: 'Pri' }, () => []],
    ['a stage that was reached before a loss', { reached: 'QUALIFIED' }, () => [gone]],
    ['a stage that was not reached', { reached: 'NEGOTIATION' }, () => []],
    ['a stage that it was in', { wasIn: 'LEAD' }, () => [gone, small, big]],
    ['another stage that it was in', { wasIn: 'QUALIFIED' }, () => [gone]],
    ['the days of coming to a stage', { qualifiedFrom: '2020-01-01', qualifiedTo: '2099-01-01' }, () => [gone]],
    ['days before', { qualifiedTo: '2020-01-01' }, () => []],
    ['days of a stage that none came to', { negotiatedFrom: '2020-01-01' }, () => []],
    ['currency', { currency: 'USD' }, () => [big]],
    ['a least value', { valueMin: '50.01' }, () => [big]],
    ['a range of values', { valueMin: '10', valueMax: '10.00' }, () => [small]],
    ['the month of closing', { closeFrom: '2027-03-01', closeTo: '2027-03-31' }, () => [big]],
    ['a number of its own', { custom: 'seats:40' }, () => [big]],
    ['a yes of its own', { custom: 'trial:true' }, () => [small]],
    ['a text of its own', { custom: 'region:north' }, () => [big]],
    ['a value that nothing has', { custom: 'region:south' }, () => []],
    ['the day of creation', { createdFrom: '2020-01-01', createdTo: '2099-01-01' }, () => [gone, small, big]],
    ['a day before creation', { createdTo: '2020-01-01' }, () => []],
    ['closing, which has happened to one', { closedFrom: '2020-01-01' }, () => [gone]],
  ])('by %s', async (_what, query, expected) => {
    expect(await listedIds(ctx, query)).toEqual(expected())
    expect(await listedIds(globex.ctx('owner'), query)).toEqual([])
  })

  it('take the firm’s own midnight for a day', async () => {
    const firm = await world.tenant('Kiritimati')
    const there = firm.ctx('owner')
    await updateSettings(there, { timezone: 'Pacific/Kiritimati' })
    const { id } = await makeDeal(there)
    await there.db.execute(sql`update deals set created_at = '2026-03-01T11:00:00Z' where id = ${id}::uuid`)
    expect(await listedIds(there, { createdFrom: '2026-03-02', createdTo: '2026-03-02' })).toEqual([id])
    expect(await listedIds(there, { createdFrom: '2026-03-01', createdTo: '2026-03-01' })).toEqual([])
  })

  it('sort by each key, both ways, and go on where they end', async () => {
    expect(await listedIds(ctx, { sort: 'value' })).toEqual([big, gone, small])
    expect(await listedIds(ctx, { sort: 'value', reverse: 'true' })).toEqual([small, gone, big])
    expect(await listedIds(ctx, { sort: 'closeDate' })).toEqual([big, small, gone])
    expect(await listedIds(ctx, { sort: 'closeDate', reverse: 'true' })).toEqual([small, big, gone])
    await updateDeal(ctx, big, { notes: 'Called.' })
    expect(await listedIds(ctx, { sort: 'updated' })).toEqual([big, gone, small])
  })

  it('sort deals without a close date last, both ways, on pages that cross the border', async () => {
    const firm = await world.tenant('Undated')
    const here = firm.ctx('manager')
    const made: string[] = []
    for (const expectedCloseDate of ['2027-01-01', null, '2026-12-01', null, '2027-01-01', null])
      made.push((await makeDeal(here, { expectedCloseDate, stage: 'QUALIFIED' })).id)
    const forward = [made[2], made[0], made[4], made[1], made[3], made[5]]
    const backward = [made[4], made[0], made[2], made[5], made[3], made[1]]
    const pages = async (query: object, limit: number) => {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const asked = listDealsQuery.parse({ ...query, sort: 'closeDate', limit, ...(cursor ? { cursor } : {}) })
        const page = dealPage.parse(JSON.parse(await listDeals(here, asked)))
        ids.push(...page.data.map(({ id }) => id))
        cursor = page.page.nextCursor
      } while (cursor)
      return ids
    }
    for (const limit of [1, 2, 3, 4, 5, 6, 100]) {
      expect([limit, await pages({}, limit)]).toEqual([limit, forward])
      expect([limit, await pages({ reverse: 'true' }, limit)]).toEqual([limit, backward])
    }
    expect(await pages({ closeFrom: '2026-12-15' }, 1)).toEqual([made[0], made[4]])
    const board = await dealBoard(here, boardQuery.parse({ sort: 'closeDate', limit: 4 }))
    const { columns } = boardView.parse(JSON.parse(board))
    const column = columns.find(({ stage }) => stage === 'QUALIFIED')
    expect(column?.deals.map(({ id }) => id)).toEqual(forward.slice(0, 4))
    const query = { sort: 'closeDate', stage: 'QUALIFIED', cursor: column?.nextCursor }
    expect(await listedIds(here, query)).toEqual(forward.slice(4))
    expect(await listedIds(globex.ctx('owner'), query)).toEqual([])
    await expect(listedIds(here, { ...query, reverse: 'true' })).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(
      listedIds(here, { sort: 'value', cursor: encodeCursor(['value', null, firm.id]) }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('put deals on the days of a calendar, and say when some were left out', async () => {
    const shown = calendarView.parse(
      JSON.parse(await dealCalendar(ctx, filterOf({ closeFrom: '2027-03-01', closeTo: '2027-05-31' }))),
    )
    expect(shown).toMatchObject({
      days: [
        { date: '2027-03-15', deals: [{ id: big }] },
        { date: '2027-05-01', deals: [{ id: small }] },
      ],
      truncated: false,
    })
  })
})

it('a deal reads the same wherever it is shown: in a list, on the board, in the calendar, alone and when it was written', async () => {
  const firm = await world.tenant('Same')
  const ctx = firm.ctx('manager')
  const company = await createCompany(ctx, { name: 'A "quoted" \\ name', domain: 'same.test' })
  const contact = await createContact(ctx, { name: 'Zoë\u2028', email: 'zoe@same.test', companyId: company.id })
  const written = await makeDeal(ctx, {
    ...{ title: 'Tabs\tand "quotes"', notes: 'Two\nlines', value: '0.10', tags: ['a b', 'ä'], probability: 5 },
    ...{ companyId: company.id, contactId: contact.id, leadSource: 'Web', expectedCloseDate: '2027-02-28' },
  })
  const [listed] = dealPage.parse(JSON.parse(await listDeals(ctx, listDealsQuery.parse({})))).data
  const [column] = boardView.parse(JSON.parse(await dealBoard(ctx, boardQuery.parse({})))).columns
  const { days } = calendarView.parse(JSON.parse(await dealCalendar(ctx, {})))
  expect(listed).toEqual(written)
  expect(column?.deals).toEqual([written])
  expect(days).toEqual([{ date: '2027-02-28', deals: [written] }])
  expect(await readDeal(ctx, written.id)).toMatchObject(written)
  const bare = await makeDeal(ctx, { ownerId: null })
  expect(dealPage.parse(JSON.parse(await listDeals(ctx, listDealsQuery.parse({})))).data[0]).toEqual(bare)
  expect(boardView.parse(JSON.parse(await dealBoard(ctx, boardQuery.parse({})))).columns[0]?.deals[0]).toEqual(bare)
})

it('a board counts the same from the kept totals as by looking at each deal', async () => {
  const firm = await world.tenant('Counted')
  const ctx = firm.ctx('manager')
  for (const [index, stage] of ['LEAD', 'LEAD', 'QUALIFIED', 'NEGOTIATION'].entries())
    await makeDeal(ctx, {
      ...{ title: 'Counted', stage, value: `${index}.05`, leadSource: index % 2 ? 'Web' : null },
      ...{ currency: index === 1 ? 'USD' : 'EUR', ownerId: index === 2 ? null : firm.members.member.id },
      probability: index === 0 ? 20 : null,
    })
  const { id } = await makeDeal(ctx, { title: 'Counted' })
  await deleteDeal(ctx, id, undefined)
  const columns = async (query: object) =>
    boardView
      .parse(JSON.parse(await dealBoard(ctx, boardQuery.parse(query))))
      .columns.map(({ stage, count, sums, own }) => ({ stage, count, sums, own }))
  // Words are no part of the totals, and all these deals have this one.
  for (const query of [
    {},
    { unowned: 'true' },
    { ownerId: firm.members.member.id },
    { leadSource: 'Web', currency: 'EUR' },
    { unsourced: 'true' },
    { stage: ['LEAD', 'NEGOTIATION'] },
  ])
    expect(await columns(query)).toEqual(await columns({ ...query, q: 'counted' }))
  expect(await columns({ stage: 'LEAD' })).toEqual([
    {
      stage: 'LEAD',
      count: 2,
      sums: [
        { currency: 'EUR', value: '0.05' },
        { currency: 'USD', value: '1.05' },
      ],
      own: [{ currency: 'EUR', value: '0.05', timesPercent: '1.00' }],
    },
  ])
})

describe('one deal', () => {
  it('comes with its people, its way through the stages and what its score is made of', async () => {
    const ctx = acme.ctx('manager')
    const company = await createCompany(ctx, { name: 'Initech', domain: 'initech.test' })
    const contact = await createContact(ctx, { name: 'Jane', email: 'jane@initech.test', companyId: company.id })
    const other = await createContact(ctx, { name: 'Bill', email: null, companyId: company.id })
    const { id } = await makeDeal(ctx, {
      ...{ companyId: company.id, contactId: contact.id, value: '5', leadSource: 'Referral' },
      contacts: [{ contactId: other.id, role: 'champion' }],
    })
    await moveDeal(ctx, id, { stage: 'CLOSED_LOST', lostReason: 'Budget' })
    const deal = await readDeal(ctx, id)
    expect(deal.contacts).toEqual([{ id: other.id, name: 'Bill', email: null, role: 'champion' }])
    expect(deal.history).toMatchObject([
      { stage: 'LEAD', until: deal.history[1]?.from, by: 'manager of Acme' },
      { stage: 'CLOSED_LOST', until: null, reason: 'Budget' },
    ])
    expect(deal.scoreReasons).toEqual([
      { points: 10, reason: 'company_known' },
      { points: 5, reason: 'contact_known' },
      { points: 10, reason: 'business_mail_domain' },
      { points: 10, reason: 'came_by_referral' },
      { points: 5, reason: 'value_known' },
    ])
    expect(deal).toMatchObject({ fitScore: 40, engagementScore: 0, leadScore: 40 })
    await updateDeal(ctx, id, { contacts: [] })
    expect((await readDeal(ctx, id)).contacts).toEqual([])
    expect(await traces(ctx, id, 'deal.contacts_changed')).toMatchObject({ audits: 1 })
  })

  it('takes no person of another firm, and nobody twice', async () => {
    const ctx = acme.ctx('manager')
    const foreign = await createContact(globex.ctx('owner'), { name: 'Hidden', email: null, companyId: null })
    const own = await createContact(ctx, { name: 'Own', email: null, companyId: null })
    const role = 'champion'
    for (const [contacts, path] of [
      [[{ contactId: foreign.id, role }], 'body.contacts.0.contactId'],
      [
        [
          { contactId: own.id, role },
          { contactId: own.id, role: 'again' },
        ],
        'body.contacts.1.contactId',
      ],
    ] as const)
      await expect(makeDeal(ctx, { contacts })).rejects.toMatchObject({ details: { issues: [{ path }] } })
  })

  it('has the firm’s own fields, and takes no other and nothing that does not fit', async () => {
    const ctx = acme.ctx('manager')
    await createCustomField(acme.ctx('owner'), { kind: 'DEAL', label: 'Seats', type: 'NUMBER', options: [] })
    const { id } = await makeDeal(ctx, { custom: { seats: 12 } })
    for (const [custom, path] of [
      [{ seats: 'many' }, 'body.custom.seats'],
      [{ chairs: 3 }, 'body.custom.chairs'],
    ] as const) {
      const refused = { code: 'validation_failed', details: { issues: [{ path }] } }
      await expect(updateDeal(ctx, id, { custom })).rejects.toMatchObject(refused)
      await expect(makeDeal(ctx, { custom })).rejects.toMatchObject(refused)
      await expect(makeDeal(globex.ctx('manager'), { custom: { seats: 1 } })).rejects.toMatchObject({
        code: 'validation_failed',
      })
    }
    expect((await readDeal(ctx, id)).custom).toEqual({ seats: 12 })
    await updateDeal(ctx, id, { custom: { seats: null } })
    expect((await readDeal(ctx, id)).custom).toEqual({})
  })

  it('keeps a probability of 0 apart from none', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, { probability: 0 })
    expect(await readDeal(ctx, id)).toMatchObject({ probability: 0 })
    await updateDeal(ctx, id, { probability: null })
    expect(await readDeal(ctx, id)).toMatchObject({ probability: null })
  })
})

describe('the trash', () => {
  it('takes a deal out of list, board and calendar, and gives it back as it was', async () => {
    const ctx = acme.ctx('manager')
    const made = await makeDeal(ctx, { expectedCloseDate: '2027-01-01' })
    await deleteDeal(ctx, made.id, 1)
    expect(await listedIds(ctx)).not.toContain(made.id)
    const board = boardView.parse(JSON.parse(await dealBoard(ctx, boardQuery.parse({ limit: 50 }))))
    expect(board.columns.flatMap(({ deals }) => deals.map(({ id }) => id))).not.toContain(made.id)
    await expect(updateDeal(ctx, made.id, { title: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    await restoreDeal(ctx, made.id)
    const { history: _h, scoreReasons: _s, ...back } = await readDeal(ctx, made.id)
    expect(back).toMatchObject({ ...made, version: 3, updatedAt: back.updatedAt })
    await expect(restoreDeal(ctx, made.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await traces(ctx, made.id, 'deal.deleted')).toEqual({ audits: 1, events: 1 })
    expect(await traces(ctx, made.id, 'deal.restored')).toEqual({ audits: 1, events: 1 })
  })

  it('is not for deals that something is built on, nor for those of other members', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx)
    await expect(deleteDeal(acme.ctx('member'), id, undefined)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(deleteDeal(globex.ctx('owner'), id, undefined)).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteDeal(ctx, id, 7)).rejects.toMatchObject({ code: 'stale_version' })
    await holdDeal(ctx, id)
    await expect(deleteDeal(ctx, id, undefined)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Capital call 3 of Fund II'),
    })
  })
})

it('a won deal with an issued capital call is not re-opened, and says why', async () => {
  const ctx = acme.ctx('manager')
  const { id } = await makeDeal(ctx)
  await moveDeal(ctx, id, { stage: 'CLOSED_WON' })
  await holdDeal(ctx, id)
  await expect(moveDeal(ctx, id, { stage: 'NEGOTIATION' })).rejects.toMatchObject({
    code: 'illegal_transition',
    details: { stage: 'CLOSED_WON', holds: ['Capital call 3 of Fund II'] },
  })
  expect(await readDeal(ctx, id)).toMatchObject({ stage: 'CLOSED_WON', holds: ['Capital call 3 of Fund II'] })
})

describe('a firm whose members see their own deals only', () => {
  it('shows a member nothing of the others, as if there were nothing', async () => {
    const firm = await world.tenant('Discreet')
    const member = firm.ctx('member')
    const mine = await makeDeal(member, { expectedCloseDate: '2027-01-01' })
    const theirs = await makeDeal(firm.ctx('manager'), { expectedCloseDate: '2027-01-01' })
    expect(await listedIds(member)).toEqual([theirs.id, mine.id])
    await updateSettings(firm.ctx('owner'), { membersSeeAll: false })
    expect(await listedIds(member)).toEqual([mine.id])
    expect(await listedIds(member, { ownerId: firm.members.manager.id })).toEqual([])
    expect(await listedIds(firm.ctx('viewer'))).toHaveLength(2)
    const board = boardView.parse(JSON.parse(await dealBoard(member, boardQuery.parse({}))))
    expect(board.columns.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0])
    const { days } = calendarView.parse(JSON.parse(await dealCalendar(member, {})))
    expect(days.flatMap(({ deals }) => deals.map(({ id }) => id))).toEqual([mine.id])
    for (const attempt of [
      () => readDeal(member, theirs.id),
      () => updateDeal(member, theirs.id, { title: 'x' }),
      () => moveDeal(member, theirs.id, { stage: 'QUALIFIED' }),
      () => deleteDeal(member, theirs.id, undefined),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  })
})
