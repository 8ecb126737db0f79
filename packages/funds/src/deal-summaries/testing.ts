// A won deal that a fund has a part of, documents for it, and a worker that summarises: what tests of summaries stand on.
import { createTextModel, type TextModel } from '@throughline/ai'
import type { FundDocumentView } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { closeQueues, createQueues, createRedis, startRelay, startWorkerHost } from '@throughline/jobs'
import { createStorage, storageKey } from '@throughline/storage'
import type { TestWorld } from '@throughline/testing'
import { makeTestFund } from '../books/testing.ts'
import { makeWonDeal } from '../capital-calls/testing.ts'
import { addFundDocument, fundUploadsOf } from '../documents/index.ts'
import { dealSummaryJob, giveUpDealSummary, type SummaryTools, summariseDeal } from './index.ts'

const catalog = { dealSummary: dealSummaryJob }

/** Starts a worker of the `llm` profile for a world. Close it before the world. */
export function startSummaries({ config, database, log }: TestWorld, model: TextModel = createTextModel(config.ai)) {
  const redis = createRedis(config.redis, 'producer', log)
  const queues = createQueues(redis, catalog, config.redis.prefix, log)
  const relay = startRelay({ config, database, redis, queues, log })
  const tools: SummaryTools = { model, storage: createStorage(config.storage) }
  const handlers = {
    dealSummary: {
      run: (job: Parameters<typeof summariseDeal>[0]) => summariseDeal(job, tools),
      onDead: giveUpDealSummary,
    },
  }
  const host = startWorkerHost({ config, database, redis, log, catalog, handlers, profiles: ['llm'] })
  return {
    async close() {
      await host.close(5_000)
      await relay.close()
      await closeQueues(queues)
      redis.disconnect()
    },
  }
}

export interface FundedDeal {
  dealId: string
  fundId: string
}

/** @param ownerId whose deal it is */
export async function makeFundedDeal(ctx: Ctx, ownerId: string | null = null): Promise<FundedDeal> {
  const { id: fundId } = await makeTestFund(ctx, ['1000000.00'], { name: `Fund ${crypto.randomUUID().slice(0, 8)}` })
  const dealId = await makeWonDeal(ctx, { title: 'Harbour Robotics' })
  await ctx.db.execute(sql`update deals set owner_id = ${ownerId}::uuid where id = ${dealId}::uuid`)
  await ctx.db.execute(sql`insert into allocations (tenant_id, id, fund_id, deal_id, amount, allocated_on)
    values (${ctx.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${dealId}::uuid, 100000, '2026-01-05')`)
  return { dealId, fundId }
}

/** Puts a file into storage and adds it to the deal, as the route does. */
export async function addDocument(
  { config }: Pick<TestWorld, 'config'>,
  ctx: Ctx,
  { dealId, fundId }: FundedDeal,
  { name, bytes }: { name: string; bytes: Uint8Array | string },
): Promise<FundDocumentView> {
  const contentType = name.endsWith('.pdf') ? 'application/pdf' : name.endsWith('.png') ? 'image/png' : 'text/csv'
  const key = storageKey(fundUploadsOf(ctx.tenantId, fundId), new Date())
  const stored = await createStorage(config.storage).put(
    key,
    (async function* () {
      yield bytes
    })(),
    { contentType, maxBytes: 50 * 1024 * 1024 },
  )
  return addFundDocument(ctx, fundId, { dealId, storageKey: key, name, contentType, ...stored })
}

/** A PDF with a line of text on each page; with `trailer` more in its trailer. */
export function pdfOf(pages: readonly string[], trailer = ''): Buffer {
  const first = 4
  const contents = pages.map((text) => `BT /F1 12 Tf 40 700 Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${first + 2 * at} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...contents.flatMap((stream, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + 2 * at + 1} 0 R >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ]),
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`
  return Buffer.from(
    `${file}${xref}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  )
}

/** Opens with a password that nobody has. */
export const encryptedPdf = (): Buffer =>
  pdfOf(
    ['Secret.'],
    `/ID [<${'ab'.repeat(16)}> <${'ab'.repeat(16)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <${'01'.repeat(32)}> /U <${'02'.repeat(32)}> >>`,
  )
