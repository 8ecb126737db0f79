// A fund with an issued call and a struck NAV, and workers that make its papers: what tests of documents and portal stand on.
import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { createEncryption } from '@throughline/accounts'
import { type Ctx, sql } from '@throughline/db'
import { closeQueues, createQueues, createRedis, startRelay, startWorkerHost } from '@throughline/jobs'
import { createMailer, listFolder } from '@throughline/mail'
import { createStorage } from '@throughline/storage'
import type { TestTenant, TestWorld } from '@throughline/testing'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { allocateCall } from '../allocation/index.ts'
import { happen, holdFund } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { exponentOf, fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { documentMailJob, sendDocumentMail } from '../portal/index.ts'
import { decimalOf, rational, times, zero } from '../rational.ts'
import {
  aboutFundWire,
  failDocuments,
  renderNoticeBatch,
  renderNoticeBatchJob,
  renderNotices,
  renderNoticesJob,
  renderStatementBatch,
  renderStatementBatchJob,
  renderStatements,
  renderStatementsJob,
} from './index.ts'

const catalog = {
  notices: renderNoticesJob,
  noticeBatch: renderNoticeBatchJob,
  statements: renderStatementsJob,
  statementBatch: renderStatementBatchJob,
  mail: documentMailJob,
}

/** The words on each page of a PDF, a blank between two. */
export async function textOfPages(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    const words = items.flatMap((item) => ('str' in item && item.str.trim() ? [item.str.trim()] : []))
    pages.push(words.join(' ').replace(/\s+/g, ' '))
  }
  await pdf.loadingTask.destroy()
  return pages
}

/** Starts workers for a world. Close it before the world. */
export function startPapers({ config, database, log }: TestWorld) {
  const storage = createStorage(config.storage)
  const encryption = createEncryption(config.encryption)
  const mailer = createMailer(config.mail)
  const redis = createRedis(config.redis, 'producer', log)
  const queues = createQueues(redis, catalog, config.redis.prefix, log)
  const relay = startRelay({ config, database, redis, queues, log })
  const tools = { storage, encryption, mailer, portalUrls: config.portalUrls }
  const handlers = {
    notices: { run: renderNotices },
    noticeBatch: {
      run: (job: Parameters<typeof renderNoticeBatch>[0]) => renderNoticeBatch(job, tools),
      onDead: (ctx: Ctx, { documentIds }: { documentIds: string[] }) => failDocuments(ctx, documentIds, 'It ended.'),
    },
    statements: { run: renderStatements },
    statementBatch: { run: (job: Parameters<typeof renderStatementBatch>[0]) => renderStatementBatch(job, tools) },
    mail: { run: (job: Parameters<typeof sendDocumentMail>[0]) => sendDocumentMail(job, tools) },
  }
  const host = startWorkerHost({
    config,
    database,
    redis,
    catalog,
    handlers,
    profiles: ['documents', 'util'],
    log,
  })
  return {
    storage,
    encryption,
    /** The bytes of a file by its media id. */
    async bytesOf(ctx: Ctx, fileId: string | null): Promise<Buffer> {
      const row = await ctx.db.queryOne<{ key: string }>(
        sql`select storage_key as key from files where id = ${fileId}::uuid`,
      )
      return buffer(await storage.get(row?.key ?? ''))
    },
    /** The tokens of the links that were mailed to an address, newest first. */
    async tokensFor(address: string): Promise<string[]> {
      const mails = await listFolder(config.mail.dir, { limit: 1000 })
      return mails.filter(({ to }) => to === address).flatMap(({ text }) => text.match(/#token=([\w-]+)/)?.[1] ?? [])
    },
    async close() {
      await host.close(5_000)
      await relay.close()
      await closeQueues(queues)
      mailer.close()
      redis.disconnect()
    },
  }
}
export type Papers = ReturnType<typeof startPapers>

export interface IssuedCall {
  fund: TestFund
  callId: string
}

const components = [
  { kind: 'INVESTMENT', label: 'Series B', amount: '100000.00', inside: true },
  { kind: 'FEE', label: 'Management fee Q3', amount: '2500.01', inside: true },
  { kind: 'EXPENSE', label: 'Bank charges', amount: '70.00', inside: false },
] as const

/** A fund whose investors have one contact each who is told, and an issued call of an investment, a fee and an expense. */
export async function makeIssuedCall(
  tenant: TestTenant,
  { encryption }: Pick<Papers, 'encryption'>,
  commitments: readonly string[] = ['1000000.00', '500000.00', '250000.00'],
): Promise<IssuedCall> {
  const ctx = tenant.ctx('manager')
  const fund = await makeTestFund(ctx, commitments, { name: `Fund ${randomUUID().slice(0, 8)}` })
  const t = sql`${ctx.tenantId}::uuid`
  const wire = { holder: 'Fund SCSp', bank: 'Bank of Tests', account: 'DE02120300000000202051', bic: 'BYLADEM1001' }
  await ctx.db.execute(sql`update funds set wire_sealed = ${encryption.seal(JSON.stringify(wire), aboutFundWire(fund.id))},
    wire_mask = '•••• 2051' where tenant_id = ${t} and id = ${fund.id}::uuid`)
  await ctx.db.execute(sql`update investors set contacts = jsonb_build_array(
      jsonb_build_object('name', 'Ada', 'email', 'told-' || right(id::text, 8) || '@investors.test', 'notices', true),
      jsonb_build_object('name', 'Bob', 'email', 'untold-' || right(id::text, 8) || '@investors.test', 'notices', false))
    where tenant_id = ${t} and id = any(${fund.investors.map(({ id }) => id)}::uuid[])`)
  return { fund, callId: await issue(ctx, fund) }
}

const issue = (ctx: Ctx, fund: TestFund): Promise<string> =>
  ctx.db.transaction(async () => {
    const t = sql`${ctx.tenantId}::uuid`
    const callId = randomUUID()
    const withIds = components.map((component) => ({ ...component, id: randomUUID() }))
    const inMinor = (decimal: string) => toMinor(decimal, fund.currency)
    const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
    const total = decimal(sumOf(withIds.map(({ amount }) => inMinor(amount))))
    await ctx.db.execute(sql`insert into capital_calls (tenant_id, id, fund_id, number, title, purpose, state, amount, notice_date, due_date,
        issued_at) values (${t}, ${callId}::uuid, ${fund.id}::uuid, 1, 'First call', 'Buys the Series B', 'ISSUED', ${total}::numeric,
        '2026-07-01', '2026-07-15', now())`)
    await ctx.db.execute(sql`insert into call_components (tenant_id, id, call_id, position, kind, label, amount, inside_commitment)
      select ${t}, c.id, ${callId}::uuid, row_number() over (), c.kind::"CallComponentKind", c.label, c.amount, c.inside
      from jsonb_to_recordset(${JSON.stringify(withIds)}::jsonb) as c(id uuid, kind text, label text, amount numeric, inside boolean)`)
    const { lines } = allocateCall(
      withIds.map(({ id, amount, inside }) => ({ id, amount: inMinor(amount), insideCommitment: inside })),
      fund.investors.map(({ id, commitment }) => ({
        ...{ id, commitment, unfunded: commitment, defaulted: false, excused: {} },
        carries: Object.fromEntries(withIds.map((component) => [component.id, zero])),
      })),
    )
    const unit = rational(1n, 10n ** BigInt(exponentOf(fund.currency)))
    const rows = lines.map(({ investorId, amount, insideCommitment, components: parts }, index) => ({
      investorId,
      reference: `F1-C1-${index + 1}`,
      due: decimal(amount),
      inside: decimal(insideCommitment),
      outside: decimal(amount - insideCommitment),
      before: decimal(fund.investors.find(({ id }) => id === investorId)?.commitment ?? 0n),
      components: parts.map(({ componentId, amount: part, proof }) => ({
        componentId,
        amount: decimal(part),
        ideal: decimalOf(times(proof.ideal, unit), 8),
        floor: decimal(proof.floor),
        extraCent: proof.extraCent,
        takenBack: decimal(proof.takenBack),
      })),
    }))
    await ctx.db.execute(sql`insert into capital_call_lines (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside,
        outside, components, unfunded_before)
      select ${t}, uuidv7(), ${callId}::uuid, ${fund.id}::uuid, l."investorId", l.reference, '2026-07-15', l.due, l.inside, l.outside,
        l.components, l.before
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l("investorId" uuid, reference text, due numeric, inside numeric,
        outside numeric, components jsonb, before numeric)`)
    await happen(
      ctx,
      await holdFund(ctx, fund.id),
      lines.map(({ investorId, amount, insideCommitment }) => ({
        investorId,
        source: { kind: 'capital_call' as const, id: callId },
        event: {
          ...{ kind: 'called' as const, date: '2026-07-01', callId, recalled: 0n },
          ...{ insideCommitment, outsideCommitment: amount - insideCommitment },
        },
      })),
    )
    return callId
  })

export interface Struck {
  asOf: string
  contributions?: string
  distributions?: string
  fees?: string
  unrealised?: string
  revision?: number
}

/** Strikes net assets after each other: every investor has the same movements. */
export async function strike(ctx: Ctx, fund: TestFund, struck: readonly Struck[], before = '0.00'): Promise<void> {
  let ending = toMinor(before, fund.currency)
  for (const { asOf, contributions = '0', distributions = '0', fees = '0', unrealised = '0', revision = 1 } of struck) {
    const beginning = ending
    ending += sumOf([contributions, distributions, fees, unrealised].map((text) => toMinor(text, fund.currency)))
    const decimal = (amount: bigint) => fromMinor(amount, fund.currency)
    await ctx.db.execute(sql`with period as (insert into nav_periods (tenant_id, id, fund_id, as_of, revision, nav, kind)
        values (${ctx.tenantId}::uuid, uuidv7(), ${fund.id}::uuid, ${asOf}::date, ${revision},
          ${decimal(ending * BigInt(fund.investors.length))}::numeric, 'final') returning id)
      insert into nav_shares (tenant_id, period_id, investor_id, beginning, contributions, distributions, income, fees, unrealised, ending)
      select ${ctx.tenantId}::uuid, period.id, i, ${decimal(beginning)}::numeric, ${contributions}::numeric, ${distributions}::numeric, 0,
        ${fees}::numeric, ${unrealised}::numeric, ${decimal(ending)}::numeric
      from period, unnest(${fund.investors.map(({ id }) => id)}::uuid[]) i`)
  }
}
