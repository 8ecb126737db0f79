// Documents of a deal and their summary as a client of the API sees them, with a worker that makes it.
import {
  dealDocuments,
  dealSummaryRequested,
  dealSummaryView,
  fileLink,
  fundDocumentView,
} from '@throughline/contracts'
import { type FundedDeal, makeFundedDeal, pdfOf, startSummaries } from '@throughline/funds/summary-testing'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let closeWorker: () => Promise<void>
let acme: TestTenant
let manager: Caller
let viewer: Caller
let foreign: Caller
let deal: FundedDeal

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  closeWorker = startSummaries(world).close
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  viewer = await api.as(acme, 'viewer')
  foreign = await api.as(await world.tenant('Globex'), 'owner')
  deal = await makeFundedDeal(acme.ctx('manager'))
})
afterAll(async () => {
  await closeWorker?.()
  await api?.close()
  await world?.close()
})

const boundary = 'a-boundary-of-this-test'
const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
const body = (name: string, bytes: Buffer) =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
const upload = (name: string, bytes: Buffer, dealId = deal.dealId) =>
  manager.post(`/tenant/v1/funds/${deal.fundId}/documents?dealId=${dealId}`, body(name, bytes), headers)
const summary = () => `/tenant/v1/deals/${deal.dealId}/summary`

describe('the summary of a deal over HTTP', () => {
  it('is refused without documents, asked for with 202, and read with the passages that it cites', async () => {
    expect((await manager.post(summary(), {})).statusCode).toBe(422)
    const added = await upload('memo.pdf', pdfOf(['Revenue was EUR 12.5 million in 2025, 18% more than before.']))
    expect(added.statusCode).toBe(201)
    const document = fundDocumentView.parse(added.json())
    const listed = dealDocuments.parse((await viewer.get(`/tenant/v1/deals/${deal.dealId}/documents`)).json())
    expect(listed.data).toEqual([document])

    const asked = await manager.post(summary(), {})
    expect(asked.statusCode).toBe(202)
    const { summaryId, jobId } = dealSummaryRequested.parse(asked.json())
    const made = await expectEventually(async () => {
      const view = dealSummaryView.parse((await viewer.get(summary())).json())
      expect(view.summary?.id).toBe(summaryId)
      return view
    }, 20_000)
    expect(made).toMatchObject({ readable: 1, attempt: null, summary: { olderThan: null, model: null, number: 1 } })
    expect(made.summary?.passages).toEqual([
      expect.objectContaining({ documentId: document.id, document: 'memo.pdf', page: 1, number: 1 }),
    ])
    expect((await viewer.get(`/tenant/v1/jobs/${jobId}`)).json()).toMatchObject({ state: 'SUCCEEDED' })
    expect((await manager.post(summary(), {})).json()).toEqual({ summaryId, jobId })
  })

  it('is for those who may: viewers read it, another firm does not know of it', async () => {
    expect((await viewer.post(summary(), {})).statusCode).toBe(403)
    expect((await foreign.post(summary(), {})).statusCode).toBe(404)
    expect((await foreign.get(summary())).statusCode).toBe(404)
    expect((await foreign.get(`/tenant/v1/deals/${deal.dealId}/documents`)).statusCode).toBe(404)
    expect((await viewer.get('/tenant/v1/deals/nonsense/summary')).statusCode).toBe(400)
    expect((await upload('memo.pdf', pdfOf(['Of no deal.']), crypto.randomUUID())).statusCode).toBe(404)
  })
})

describe('a document of a deal, taken away over HTTP', () => {
  it('is refused to those who may not upload, and once it is gone nobody opens its file, by a link neither', async () => {
    const added = fundDocumentView.parse((await upload('annex.pdf', pdfOf(['An annex with no figures.']))).json())
    const address = `/tenant/v1/fund-documents/${added.id}`
    const link = await manager.post(`/media/v1/files/${added.fileId}/link`, {})
    const { url } = fileLink.parse(link.json())
    expect((await manager.get(url)).statusCode).toBe(200)
    expect((await viewer.delete(address)).statusCode).toBe(403)
    expect((await foreign.delete(address)).statusCode).toBe(404)
    expect((await manager.delete('/tenant/v1/fund-documents/nonsense')).statusCode).toBe(400)
    expect((await manager.delete(address)).statusCode).toBe(204)
    for (const gone of [address, `/media/v1/files/${added.fileId}`, url])
      expect([gone, (await manager.get(gone)).statusCode]).toEqual([gone, 404])
    expect((await manager.post(`/media/v1/files/${added.fileId}/link`, {})).statusCode).toBe(404)
    // The same request again is the same answer; somebody else's finds nothing.
    expect((await manager.delete(address)).statusCode).toBe(204)
    expect((await (await api.as(acme, 'owner')).delete(address)).statusCode).toBe(404)
  })
})
