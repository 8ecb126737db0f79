// A document of a deal that somebody takes away: gone from every list and not opened any more, and what cites it says so.
import { closeFile, purgeClosedFiles } from '@throughline/accounts'
import type { DealSummaryView } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createStorage } from '@throughline/storage'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getFundDocument, listFundDocuments, removeFundDocument } from '../documents/index.ts'
import { getDealSummary, listDealDocuments, requestDealSummary } from './index.ts'
import { addDocument, type FundedDeal, makeFundedDeal, pdfOf, startSummaries } from './testing.ts'

const offline = { provider: 'offline', model: null }
const memo = ['Revenue was EUR 12.5 million in 2025, 18% more than in the year before.']
const letter = 'The seller has lowered the price to EUR 3,600,000 because of the licence in Poland.'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let close: () => Promise<void>
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  close = startSummaries(world).close
})
afterAll(async () => {
  await close?.()
  await world?.close()
})

const ctx = (): Ctx => acme.ctx('manager')
const addMemo = (deal: FundedDeal) => addDocument(world, ctx(), deal, { name: 'memo.pdf', bytes: pdfOf(memo) })
const addLetter = (deal: FundedDeal) => addDocument(world, ctx(), deal, { name: 'letter.txt', bytes: letter })
const look = (dealId: string) => getDealSummary(acme.ctx('viewer'), dealId, offline)
async function summarised(dealId: string): Promise<DealSummaryView> {
  await requestDealSummary(ctx(), dealId, offline)
  return expectEventually(async () => {
    const view = await look(dealId)
    expect(view.attempt).toBeNull()
    return view
  }, 40_000)
}
const listed = async ({ dealId, fundId }: FundedDeal) => [
  (await listDealDocuments(acme.ctx('viewer'), dealId)).data.map(({ name }) => name),
  (await listFundDocuments(acme.ctx('viewer'), fundId, { limit: 10 })).data.map(({ name }) => name),
]
const gone = { code: 'not_found' }

describe('a document that is taken away', () => {
  it('is in no list any more; who and when is written down, in the audit too', async () => {
    const deal = await makeFundedDeal(ctx())
    const [{ id }, kept] = [await addMemo(deal), await addLetter(deal)]
    await removeFundDocument(ctx(), id)
    expect(await listed(deal)).toEqual([['letter.txt'], ['letter.txt']])
    await expect(getFundDocument(acme.ctx('owner'), id)).rejects.toMatchObject(gone)
    await expect(getFundDocument(acme.ctx('owner'), kept.id)).resolves.toMatchObject({ name: 'letter.txt' })
    const { db } = acme.systemCtx()
    const row =
      await db.queryOne(sql`select removed_at is not null as "isRemoved", removed_by_id as by from fund_documents
      where id = ${id}::uuid`)
    expect(row).toEqual({ isRemoved: true, by: acme.members.manager.id })
    const told = await db.query(sql`select actor_id as by, before->>'name' as name from audit_entries
      where action = 'fund_document.removed' and subject_id = ${id}`)
    expect(told).toEqual([{ by: acme.members.manager.id, name: 'memo.pdf' }])
    const heard = await db.query<{ state: string }>(sql`select data->>'state' as state from events
      where type = 'fund_document.changed' and data->>'documentId' = ${id} order by seq`)
    expect(heard.map(({ state }) => state)).toEqual(['READY', 'REMOVED'])
  })

  it('is taken away once, however many ask, and by nobody of another firm', async () => {
    const deal = await makeFundedDeal(ctx())
    const { id } = await addMemo(deal)
    await expect(removeFundDocument(globex.ctx('owner'), id)).rejects.toMatchObject(gone)
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => removeFundDocument(ctx(), id)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject(gone)
  })

  it('may come again, as the next revision, and goes again', async () => {
    const deal = await makeFundedDeal(ctx())
    for (const revision of [1, 2, 3]) {
      const { id, ...document } = await addMemo(deal)
      expect(document.revision).toBe(revision)
      await expect(addMemo(deal)).rejects.toMatchObject({ code: 'conflict' })
      await removeFundDocument(ctx(), id)
    }
    expect(await listed(deal)).toEqual([[], []])
  })

  it('is no notice and no statement: these are kept', async () => {
    const deal = await makeFundedDeal(ctx())
    const { id } = await addMemo(deal)
    await ctx().db.execute(sql`update fund_documents set kind = 'STATEMENT' where id = ${id}::uuid`)
    await expect(removeFundDocument(acme.ctx('owner'), id)).rejects.toMatchObject({ code: 'conflict' })
    const remove = sql`update fund_documents set removed_at = now() where id = ${id}::uuid`
    await expect(ctx().db.execute(remove)).rejects.toThrow('fund_documents_removed_uploads')
  })
})

describe('the file of it', () => {
  it('is deleted once the retention is over, and the files of others stay', async () => {
    const storage = createStorage(world.config.storage)
    const deal = await makeFundedDeal(ctx())
    const [{ id, fileId }, kept] = [await addMemo(deal), await addLetter(deal)]
    const other = await makeFundedDeal(globex.ctx('manager'))
    const theirs = await addDocument(world, globex.ctx('manager'), other, { name: 'memo.pdf', bytes: pdfOf(memo) })
    await closeFile(globex.ctx('manager').db, theirs.fileId ?? '', new Date('2026-01-01'))
    const keyOf = (of: TestTenant, file: string | null) =>
      of.systemCtx().db.queryOne<{ key: string }>(sql`select storage_key as key from files where id = ${file}::uuid`)
    const [gonesKey, keptsKey, theirsKey] = [
      ...[await keyOf(acme, fileId), await keyOf(acme, kept.fileId), await keyOf(globex, theirs.fileId)],
    ]
    await removeFundDocument(ctx(), id)
    const { db } = ctx()
    await expect(purgeClosedFiles(db, storage, new Date('2026-01-01'))).resolves.toBe(0)
    await expect(storage.get(gonesKey?.key ?? '')).resolves.toBeDefined()
    await expect(purgeClosedFiles(db, storage, new Date('2100-01-01'))).resolves.toBeGreaterThan(0)
    await expect(storage.get(gonesKey?.key ?? '')).rejects.toMatchObject(gone)
    await expect(keyOf(acme, fileId)).resolves.toBeUndefined()
    for (const key of [keptsKey, theirsKey]) await expect(storage.get(key?.key ?? '')).resolves.toBeDefined()
    await expect(purgeClosedFiles(db, storage, new Date('2100-01-01'))).resolves.toBe(0)
  })
})

describe('a summary that cites it', () => {
  it('says so and is out of date, until it is made anew of what is left', async () => {
    const deal = await makeFundedDeal(ctx())
    const [pdf, text] = [await addMemo(deal), await addLetter(deal)]
    const { summary: first } = await summarised(deal.dealId)
    expect(first).toMatchObject({ olderThan: null, removed: [] })
    await removeFundDocument(ctx(), pdf.id)
    const older = (await look(deal.dealId)).summary
    expect(older).toEqual({
      ...first,
      olderThan: 'documents',
      removed: [
        {
          ...{ documentId: pdf.id, name: 'memo.pdf', removedAt: expect.any(String) },
          removedBy: acme.members.manager.name,
        },
      ],
    })
    const { summary } = await summarised(deal.dealId)
    expect(summary).toMatchObject({ number: 2, olderThan: null, removed: [] })
    expect(new Set(summary?.passages.map(({ documentId }) => documentId))).toEqual(new Set([text.id]))
  })

  it('is still shown when nothing is left to be read, and no other is made', async () => {
    const deal = await makeFundedDeal(ctx())
    const { id } = await addMemo(deal)
    await summarised(deal.dealId)
    await removeFundDocument(ctx(), id)
    const view = await look(deal.dealId)
    expect(view).toMatchObject({ readable: 0, summary: { olderThan: 'documents', removed: [{ documentId: id }] } })
    await expect(requestDealSummary(ctx(), deal.dealId, offline)).rejects.toMatchObject({ code: 'unprocessable' })
  })
})
