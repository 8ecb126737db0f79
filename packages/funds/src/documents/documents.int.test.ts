import { randomUUID } from 'node:crypto'
import { sql } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { happen, holdFund } from '../books/index.ts'
import {
  addFundDocument,
  getFundDocument,
  listFundDocuments,
  noticeProgressOf,
  renderNoticesJob,
  requestNotices,
  requestStatements,
} from './index.ts'
import { type IssuedCall, makeIssuedCall, type Papers, startPapers, strike, textOfPages } from './testing.ts'

let world: TestWorld
let papers: Papers
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  papers = startPapers(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await papers?.close()
  await world?.close()
})

const ctx = () => acme.ctx('manager')

/** The words of a PDF as they stand on its pages, a blank between two. */
async function textOf(fileId: string | null, of = acme): Promise<string> {
  const pages = await textOfPages(await papers.bytesOf(of.ctx('manager'), fileId))
  return pages.join(' ')
}

async function documentsOf({ fund }: Pick<IssuedCall, 'fund'>, query: object = {}, of = acme) {
  return (await listFundDocuments(of.ctx('viewer'), fund.id, { limit: 100, ...query })).data
}

const noticesOf = (call: IssuedCall, count = call.fund.investors.length) =>
  expectEventually(async () => {
    const documents = await documentsOf(call, { kind: 'CALL_NOTICE' })
    expect(documents.filter(({ state }) => state === 'READY')).toHaveLength(count)
    return documents
  }, 30_000)

async function noticed(commitments?: string[]): Promise<IssuedCall> {
  const call = await makeIssuedCall(acme, papers, commitments)
  await requestNotices(ctx(), call.callId)
  await noticesOf(call)
  return call
}

const plain = (text: string) => text.replaceAll(',', '')

describe('the notices of a call', () => {
  it('carry every field of the template, with totals that equal JSON and CSV', async () => {
    const call = await noticed()
    for (const document of await documentsOf(call)) {
      const text = await textOf(document.fileId)
      const json = JSON.parse((await papers.bytesOf(ctx(), document.jsonFileId)).toString('utf8'))
      const csv = (await papers.bytesOf(ctx(), document.csvFileId)).toString('utf8')
      expect(json.totals).toEqual(document.totals)
      for (const [name, amount] of Object.entries(document.totals)) {
        expect(csv).toContain(`${name},${amount}`)
        expect(plain(text), name).toContain(amount)
      }
      for (const field of [
        'Acme',
        'SCSp',
        'Capital call notice 1',
        'Vintage 2025',
        'Currency EUR',
        document.investor?.code ?? 'no code',
        document.investor?.name ?? 'no name',
        'Notice date 2026-07-01',
        '2026-07-15 (Europe/Berlin)',
        'Investment: Series B',
        'Fee: Management fee Q3',
        'Expense: Bank charges',
        'Impact on unfunded',
        'Inside commitment',
        'Outside commitment',
        'Total amount called',
        '102,570.01',
        'Beginning unfunded',
        'Plus recallable distributions',
        'Less this call, inside commitment',
        'Ending unfunded',
        'Cumulative contributions',
        'Cumulative distributions',
        'Called after this call',
        'Management fee Q3, gross',
        'Offsets',
        'Fees, net',
        'Exact share',
        'Rounded down',
        'cumulative largest remainder',
        'Fund SCSp',
        'DE02120300000000202051',
        'BYLADEM1001',
        'Reference F1-C1-',
        'end of day in Europe/Berlin',
        'bears interest of 12 % a year (act/365)',
        '5 business days',
        'Page 1 of',
      ])
        expect(text).toContain(field)
    }
    const sums = (await documentsOf(call)).map(({ totals }) => Math.round(Number(totals.due) * 100))
    expect(sums.reduce((a, b) => a + b, 0)).toBe(10_257_001)
  })

  it('are mailed once to each contact who is told, with a link whose token is nowhere but in the mail', async () => {
    const call = await noticed()
    const documents = await expectEventually(async () => {
      const all = await documentsOf(call)
      for (const { links } of all) expect(links).toHaveLength(1)
      return all
    })
    expect(
      documents.flatMap(({ links }) => links.map(({ sentTo }) => sentTo)).every((to) => to.startsWith('told-')),
    ).toBe(true)
    const token = await expectEventually(async () => {
      const [mailed = ''] = await papers.tokensFor(documents[0]?.links[0]?.sentTo ?? '')
      expect(mailed).toMatch(/^[\w-]{43}$/)
      return mailed
    })
    const [held] = await acme
      .systemCtx()
      .db.query(sql`select count(*)::int as n from portal_links where token_hash = ${token}`)
    expect(held).toEqual({ n: 0 })
    await expectEventually(async () =>
      expect(await noticeProgressOf(ctx(), call.callId)).toEqual({
        lines: 3,
        ready: 3,
        failed: 0,
        mailed: 3,
        opened: 0,
      }),
    )
  })

  it('are made once, whoever asks how often at the same time', async () => {
    const call = await makeIssuedCall(acme, papers)
    await Promise.all(Array.from({ length: 4 }, () => requestNotices(ctx(), call.callId)))
    await noticesOf(call)
    await expectEventually(async () => {
      const [jobs] = await ctx().db.query(
        sql`select count(*)::int as n from jobs where state not in ('SUCCEEDED') and name like 'documents__fund%'`,
      )
      expect(jobs).toEqual({ n: 0 })
    })
    const documents = await documentsOf(call)
    expect(documents).toHaveLength(3)
    const kept = await papers.storage.list(`${acme.id}/fund-documents/${call.fund.id}`)
    expect(kept).toHaveLength(9)
  })

  it('whose schedule does not sum to the letter are not made, and say so; the others are', async () => {
    const call = await makeIssuedCall(acme, papers)
    await acme.systemCtx().db.execute(sql`update capital_call_lines set due = due + 1, inside = inside + 1
      where call_id = ${call.callId}::uuid and reference = 'F1-C1-2'`)
    await requestNotices(ctx(), call.callId)
    const documents = await noticesOf(call, 2)
    const [failed] = documents.filter(({ state }) => state === 'FAILED')
    expect(failed).toMatchObject({ fileId: null, error: expect.stringContaining('does not add up') })
    await acme.systemCtx().db.execute(sql`update capital_call_lines set due = due - 1, inside = inside - 1
      where call_id = ${call.callId}::uuid and reference = 'F1-C1-2'`)
    await requestNotices(ctx(), call.callId)
    await noticesOf(call, 3)
  })

  it('of a draft, or of another firm’s call, are not made', async () => {
    const call = await makeIssuedCall(acme, papers)
    await expect(requestNotices(globex.ctx('manager'), call.callId)).rejects.toMatchObject({ code: 'not_found' })
    await acme.systemCtx().db.execute(sql`update capital_calls set state = 'DRAFT' where id = ${call.callId}::uuid`)
    await expect(requestNotices(ctx(), call.callId)).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  it('are not found by another firm', async () => {
    const call = await noticed()
    const [document] = await documentsOf(call)
    await expect(getFundDocument(globex.ctx('owner'), document?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
    await expect(documentsOf(call, {}, globex)).rejects.toMatchObject({ code: 'not_found' })
    await expect(noticeProgressOf(globex.ctx('owner'), call.callId)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the notice of a distribution', () => {
  it('says gross, withheld and net, of fund and investor', async () => {
    const { fund } = await makeIssuedCall(acme, papers)
    const distributionId = randomUUID()
    const t = sql`${acme.id}::uuid`
    await ctx().db.execute(sql`insert into distributions (tenant_id, id, fund_id, number, title, state, distributed_on, return_of_capital, gain,
        recallable, expires_on, recycling_cap)
      values (${t}, ${distributionId}::uuid, ${fund.id}::uuid, 1, 'Exit', 'DECLARED', '2026-08-01', 300, 30, 60, '2028-08-01', 12.5)`)
    await ctx().db.execute(sql`insert into distribution_lines (tenant_id, id, distribution_id, fund_id, investor_id, return_of_capital, gain,
        income, withheld, recallable, above_cap)
      select ${t}, uuidv7(), ${distributionId}::uuid, ${fund.id}::uuid, i, 100, 10, 0, 2.5, 20, 15
      from unnest(${fund.investors.map(({ id }) => id)}::uuid[]) i`)
    await ctx().db.transaction(() =>
      enqueue(ctx(), renderNoticesJob, { subject: 'distribution', subjectId: distributionId }),
    )
    const [document] = await expectEventually(async () => {
      const ready = await documentsOf({ fund }, { kind: 'DISTRIBUTION_NOTICE', state: 'READY' })
      expect(ready).toHaveLength(3)
      return ready
    }, 30_000)
    expect(document?.totals).toEqual({ gross: '110.00', withheld: '2.50', net: '107.50', recallable: '20.00' })
    const text = await textOf(document?.fileId ?? null)
    for (const line of [
      'Distribution, gross 330.00 110.00',
      'Taxes withheld -7.50 -2.50',
      'Distribution, net 322.50 107.50',
      'recallable (impact on unfunded) 60.00 20.00',
      'can be called again until 2028-08-01.',
      'at most 12.5 % of a commitment callable again',
      '15.00 of your share are above it and cannot be called again.',
    ])
      expect(text).toContain(line)
  })
})

describe('a document that somebody adds', () => {
  it('is there once, and belongs to no deal that the fund has nothing of', async () => {
    const { fund } = await makeIssuedCall(acme, papers)
    const file = { name: 'a.pdf', contentType: 'application/pdf', sizeBytes: 1, sha256: 'a'.repeat(64), dealId: null }
    const add = (more: object = {}, of = acme) =>
      addFundDocument(of.ctx('manager'), fund.id, { ...file, storageKey: `${acme.id}/${randomUUID()}`, ...more })
    await expect(add()).resolves.toMatchObject({ kind: 'UPLOAD', state: 'READY', name: 'a.pdf' })
    await expect(add()).rejects.toMatchObject({ code: 'conflict' })
    await expect(add({ dealId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' })
    await expect(add({}, globex)).rejects.toMatchObject({ code: 'not_found' })
    expect(await documentsOf({ fund }, { kind: 'UPLOAD' })).toHaveLength(1)
  })
})

describe('capital account statements', () => {
  const paid = async ({ fund, callId }: IssuedCall) =>
    ctx().db.transaction(async () =>
      happen(
        ctx(),
        await holdFund(ctx(), fund.id),
        fund.investors.map(({ id }) => ({
          investorId: id,
          source: { kind: 'capital_call' as const, id: callId },
          event: {
            kind: 'funded' as const,
            date: '2026-07-14',
            insideCommitment: 10_000_00n,
            outsideCommitment: 10_00n,
          },
        })),
      ),
    )
  const made = (call: IssuedCall, period: string, count: number) =>
    expectEventually(async () => {
      const documents = await documentsOf(call, { kind: 'STATEMENT', subject: period })
      expect(documents).toHaveLength(count)
      return documents
    }, 30_000)

  it('begin with the ending of the quarter before, and say the same in PDF, JSON and CSV', async () => {
    const call = await makeIssuedCall(acme, papers)
    const capped = sql`terms || '{"recyclingCap":"20"}'`
    await ctx().db.execute(sql`update funds set terms = ${capped} where id = ${call.fund.id}::uuid`)
    await paid(call)
    await strike(ctx(), call.fund, [
      { asOf: '2026-06-30', contributions: '500.00', fees: '-1.25' },
      { asOf: '2026-08-31', contributions: '10000.00', unrealised: '120.10' },
      { asOf: '2026-09-30', fees: '-70.05', distributions: '-33.33' },
      { asOf: '2026-10-31', unrealised: '9999.00' },
    ])
    await requestStatements(ctx(), call.fund.id, { period: '2026-Q2', notify: false })
    await requestStatements(ctx(), call.fund.id, { period: '2026-Q3', notify: false })
    const [before] = await made(call, '2026-Q2', 3)
    const documents = await made(call, '2026-Q3', 3)
    for (const document of documents) {
      expect(document.totals).toMatchObject({
        beginning: before?.totals.ending,
        ending: '10515.47',
        paidIn: '10010.00',
      })
      const json = JSON.parse((await papers.bytesOf(ctx(), document.jsonFileId)).toString('utf8'))
      const csv = (await papers.bytesOf(ctx(), document.csvFileId)).toString('utf8')
      const text = plain(await textOf(document.fileId))
      expect(json.totals).toEqual(document.totals)
      for (const line of json.figures.rollForward) {
        expect(csv).toContain(`${line.line},${line.quarter},${line.year},${line.inception}`)
        expect(text).toContain(`${line.line} ${line.quarter} ${line.year} ${line.inception}`)
      }
      expect(json.figures.rollForward[0]).toEqual({
        line: 'Beginning balance',
        quarter: '498.75',
        year: '0.00',
        inception: '0.00',
      })
      expect(json.figures.rollForward[1]).toMatchObject({
        quarter: '10000.00',
        year: '10500.00',
        inception: '10500.00',
      })
      expect(text).toContain('2026-07-14 Call 1: First call 10000.00 10.00')
      expect(text).toContain('DPI 0.0000 RVPI 1.0505 TVPI 1.0505 IRR')
      expect(text).toContain('as of 2026-09-30')
      expect(text).toContain('at most 20 % of a commitment callable again')
      expect(json.figures.recyclingCap).toBe('20')
    }
  })

  it('are a new revision only when figures differ, and the old one stays as it was', async () => {
    const call = await makeIssuedCall(acme, papers)
    await strike(ctx(), call.fund, [{ asOf: '2026-09-30', contributions: '100.00' }])
    const ask = () => requestStatements(ctx(), call.fund.id, { period: '2026-Q3', notify: false })
    await ask()
    const first = await made(call, '2026-Q3', 3)
    await ask()
    await expectEventually(async () => {
      const jobs = await ctx().db.query<{ result: unknown }>(sql`select result from jobs
        where name = 'documents__fund-statement-batch' and payload->>'fundId' = ${call.fund.id} and state = 'SUCCEEDED' order by id`)
      expect(jobs.map(({ result }) => result)).toEqual([
        { made: 3, unchanged: 0 },
        { made: 0, unchanged: 3 },
      ])
    })
    await strike(ctx(), call.fund, [{ asOf: '2026-09-30', contributions: '100.00', unrealised: '5.00', revision: 2 }])
    await ask()
    const all = await made(call, '2026-Q3', 6)
    expect(all.map(({ revision }) => revision).sort()).toEqual([1, 1, 1, 2, 2, 2])
    for (const old of first) {
      expect(all).toContainEqual(old)
      expect(await textOf(old.fileId)).toContain('100.00')
    }
    const revised = all.find(({ revision }) => revision === 2)
    expect(await textOf(revised?.fileId ?? null)).toContain('2026-Q3 (revision 2)')
    expect(revised?.totals.ending).toBe('105.00')
  })

  it('show what was struck anew as restated, so that the beginning still is the ending that was told', async () => {
    const call = await makeIssuedCall(acme, papers)
    await strike(ctx(), call.fund, [{ asOf: '2026-06-30', contributions: '100.00' }])
    await strike(ctx(), call.fund, [{ asOf: '2026-09-30', unrealised: '7.00' }], '90.00')
    await requestStatements(ctx(), call.fund.id, { period: '2026-Q3', notify: false })
    const [document] = await made(call, '2026-Q3', 3)
    const text = await textOf(document?.fileId ?? null)
    expect(text).toContain('Beginning balance 100.00')
    expect(text).toContain('Restated earlier periods -10.00')
    expect(text).toContain('Ending balance (NAV) 97.00')
  })

  it('are refused while the NAV of the quarter was not struck', async () => {
    const call = await makeIssuedCall(acme, papers)
    await strike(ctx(), call.fund, [{ asOf: '2026-06-30', contributions: '100.00' }])
    for (const period of ['2026-Q1', '2026-Q3'])
      await expect(requestStatements(ctx(), call.fund.id, { period, notify: false })).rejects.toMatchObject({
        code: 'unprocessable',
      })
  })
})
