import {
  createDeal as createDealBody,
  dealPage,
  exportColumnsOf,
  listDeals as listDealsQuery,
  type RequestExport,
  requestExport as requestExportBody,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { byteOrderMark } from '@throughline/storage'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeal, listDeals } from '../deals/index.ts'
import { type Flow, startFlow } from '../flow.testing.ts'
import { expireExports, getExport, listExports, requestExport } from './index.ts'

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

const limits = { everySeconds: 300 }
type DealWish = Extract<RequestExport, { kind: 'DEAL' }>
const ids: DealWish = { kind: 'DEAL', columns: ['id'] }
const wish = (body: object = {}) => requestExportBody.parse({ ...ids, ...body })
const lines = (text: string) => text.replace(byteOrderMark, '').split('\r\n').slice(1, -1)

const listedIds = async (ctx: ReturnType<TestTenant['ctx']>, query: object): Promise<string[]> =>
  dealPage
    .parse(JSON.parse(await listDeals(ctx, listDealsQuery.parse({ limit: 100, ...query }))))
    .data.map(({ id }) => id)

async function firm(name: string): Promise<TestTenant> {
  const tenant = await world.tenant(name)
  const ctx = tenant.ctx('manager')
  for (const [title, more] of [
    ['Alpha', { value: '5.00', priority: 'HIGH', tags: ['key account'], expectedCloseDate: '2026-05-06' }],
    ['=Beta', { value: '1250.50', ownerId: tenant.members.member.id }],
    ['Gamma, "quoted"\nand more', { value: '70.00', expectedCloseDate: '2026-01-02', stage: 'QUALIFIED' }],
  ] as const)
    await createDeal(ctx, createDealBody.parse({ title, ...more }))
  return tenant
}

describe('an export', () => {
  it('is RFC 4180 with a byte order mark, harmless formulas, plain numbers and days in the chosen style', async () => {
    const tenant = await firm('Format')
    const { text, rows, sizeBytes } = await flow.exported(tenant, {
      ...{ kind: 'DEAL', sort: 'value', columns: ['title', 'value', 'expectedCloseDate', 'tags', 'ownerEmail'] },
      options: { decimal: 'comma', dateOrder: 'dmy' },
    })
    const owner = tenant.members.member.email
    const manager = tenant.members.manager.email
    expect(rows).toBe(3)
    expect(sizeBytes).toBe(Buffer.byteLength(text))
    expect(text.replaceAll(manager, '')).toBe(
      `${byteOrderMark}Title,Value,Expected close date,Tags,Owner email\r\n` +
        `'=Beta,"1250,50",,,${owner}\r\n"Gamma, ""quoted""\nand more","70,00",02.01.2026,,\r\nAlpha,"5,00",06.05.2026,key account,\r\n`,
    )
  })

  it('holds what the list with the same filter and sort shows, in its order', async () => {
    const tenant = await firm('Same')
    const views: Partial<DealWish>[] = [
      { sort: 'newest' },
      { sort: 'value', reverse: true },
      { sort: 'closeDate' },
      { sort: 'closeDate', reverse: true },
      { filter: { stage: ['QUALIFIED'] } },
      { filter: { tag: ['key account'] } },
      { filter: { q: 'gamma' } },
      { filter: { valueMin: '6', priority: ['MEDIUM', 'HIGH'] } },
      { filter: { unowned: 'true' } },
    ]
    for (const { filter = {}, ...view } of views) {
      const { text } = await flow.exported(tenant, { ...ids, ...view, filter })
      const query = { ...filter, ...view, ...(view.reverse ? { reverse: 'true' } : {}) }
      expect([view, lines(text)]).toEqual([view, await listedIds(tenant.ctx('manager'), query)])
    }
  })

  it('shows a member who sees their own deals only no other, and nobody anything of another firm', async () => {
    const [tenant] = [await firm('Own'), await firm('Foreign')]
    await tenant.systemCtx().db.execute(sql`update tenants set members_see_all = false where id = ${tenant.id}::uuid`)
    const columns = ['title'] as const
    const mine = await flow.exported(tenant, { kind: 'DEAL', columns: [...columns] }, 'member')
    expect(lines(mine.text)).toEqual(["'=Beta"])
    expect((await flow.exported(tenant, { kind: 'DEAL', columns: [...columns] })).rows).toBe(3)
  })

  it('takes every column of every kind, and leaves out an own field that is gone', async () => {
    const tenant = await firm('Columns')
    const { DEAL, COMPANY, CONTACT } = exportColumnsOf
    const bodies: RequestExport[] = [
      { kind: 'DEAL', columns: [...DEAL, 'custom.gone'] },
      { kind: 'COMPANY', columns: [...COMPANY] },
      { kind: 'CONTACT', columns: [...CONTACT] },
    ]
    for (const body of bodies) {
      const { text } = await flow.exported(tenant, body)
      expect(text.split('\r\n')[0]?.split(',')).toHaveLength(exportColumnsOf[body.kind].length)
    }
  })

  it('is told by notification and mail with a link to its page, and is for the one who asked alone', async () => {
    const tenant = await firm('Told')
    const { id, jobId } = await flow.exported(tenant, ids)
    const ctx = tenant.ctx('manager')
    const [facts] =
      await ctx.db.query(sql`select (select link from notifications where kind = 'data_export.ready') as link,
      (select payload from jobs where name = 'util__account-mail') as mail,
      (select result->'rows' from jobs where id = ${jobId}::uuid) as rows`)
    expect(facts).toMatchObject({ link: `/exports/${id}`, mail: { kind: 'export_ready', exportId: id }, rows: 3 })
    await expect(getExport(tenant.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listExports(tenant.ctx('owner'), { limit: 10 })).data).toEqual([])
    expect((await listExports(ctx, { limit: 10 })).data.map((each) => each.id)).toEqual([id])
  })

  it('needs the right to read what is in it', async () => {
    const tenant = await world.tenant('Rights')
    const ctx = { ...tenant.ctx('manager'), permissions: new Set(['deal:export', 'deal:read'] as const) }
    expect(() => requestExport(ctx, wish({ kind: 'CONTACT', columns: ['name'] }), limits)).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  })
})

describe('one export in five minutes', () => {
  it('is one of twenty that are asked for at once; the others hear how long to wait', async () => {
    const tenant = await firm('Limit')
    const ctx = tenant.ctx('manager')
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => requestExport(ctx, wish(), limits)))
    const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toHaveLength(19)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(refused[0].retryAfterSeconds).toBeGreaterThan(290)
    expect(refused[0].retryAfterSeconds).toBeLessThanOrEqual(300)
    expect(refused[0].message).toContain('5 minutes')
    // Each person has their own, and so has each firm.
    await expect(requestExport(tenant.ctx('owner'), wish(), limits)).resolves.toBeTruthy()
    const later = { ...ctx, now: () => new Date(Date.now() + 301_000) }
    await expect(requestExport(later, wish(), limits)).resolves.toBeTruthy()
  })

  it('does not count one that has failed', async () => {
    const tenant = await firm('Failed')
    const ctx = tenant.ctx('manager')
    const { export: first } = await requestExport(ctx, wish(), limits)
    await ctx.db.execute(sql`update data_exports set state = 'FAILED' where id = ${first.id}::uuid`)
    await expect(requestExport(ctx, wish(), limits)).resolves.toBeTruthy()
  })
})

describe('after seven days', () => {
  it('an export has expired for whoever asks, and then its file is gone', async () => {
    const [tenant, other] = [await firm('Expires'), await firm('Stays')]
    const [{ id, fileId, expiresAt }, stays] = [await flow.exported(tenant, ids), await flow.exported(other, ids)]
    const week = new Date(Date.now() + 7 * 24 * 3600_000)
    expect(Math.abs(new Date(expiresAt ?? 0).getTime() - week.getTime())).toBeLessThan(60_000)
    const later = (ctx: ReturnType<TestTenant['ctx']>) => ({ ...ctx, now: () => new Date(week.getTime() + 1000) })
    expect(await getExport(later(tenant.ctx('manager')), id)).toMatchObject({ state: 'EXPIRED', fileId: null })
    const file = await tenant
      .ctx('manager')
      .db.queryOne<{ key: string }>(sql`select storage_key as key from files where id = ${fileId}::uuid`)
    expect(await expireExports(tenant.systemCtx(), flow.storage)).toBe(0)
    expect(await expireExports(later(tenant.systemCtx()), flow.storage)).toBe(1)
    expect(await expireExports(later(tenant.systemCtx()), flow.storage)).toBe(0)
    await expect(flow.storage.get(file?.key ?? '')).rejects.toMatchObject({ code: 'not_found' })
    expect(await getExport(tenant.ctx('manager'), id)).toMatchObject({
      state: 'EXPIRED',
      fileId: null,
      sizeBytes: null,
    })
    expect(await getExport(other.ctx('manager'), stays.id)).toMatchObject({ state: 'SUCCEEDED' })
  })
})
