// What the field runs: Express and Prisma with includes, as its documentation shows it.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { passwordMatches } from '@throughline/accounts'
import express from 'express'
import { type Deal, type DealStage, type Prisma, PrismaClient } from '../../../packages/db/src/generated/client.ts'
import { connections } from './connections.ts'
import { tenantOf } from './tenant.ts'

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.BENCH_DATABASE_URL, max: connections }),
})
const secret = randomBytes(32)
const include = {
  owner: { select: { id: true, name: true } },
  company: { select: { id: true, name: true, domain: true } },
  contact: { select: { id: true, name: true, email: true } },
} as const

const app = express()
app.use(express.json())
app.get('/deals', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const data = await prisma.deal.findMany({
    where: { tenantId, stage: 'QUALIFIED' },
    orderBy: [{ leadScore: 'desc' }, { id: 'desc' }],
    take: 50,
    include,
  })
  response.json({ data })
})
app.get('/deals/:id', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  response.json(await prisma.deal.findUnique({ where: { tenantId_id: { tenantId, id: request.params.id } }, include }))
})
app.post('/deals', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const { title, value } = request.body
  response.status(201).json(await prisma.deal.create({ data: { tenantId, title, value, currency: 'USD' } }))
})
app.post('/deals/:id/move', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const deal = await prisma.deal.update({
    where: { tenantId_id: { tenantId, id: request.params.id } },
    data: { stage: request.body.stage, closedAt: null, lostReason: null, version: { increment: 1 } },
  })
  response.json(deal)
})

/** What a change leaves behind beside the deal, in the caller's transaction. */
async function record(
  tx: Prisma.TransactionClient,
  deal: Deal,
  action: string,
  fromStage: DealStage | null,
): Promise<void> {
  const { tenantId } = deal
  const about = { tenantId, requestId: randomUUID() }
  await tx.stageChange.create({ data: { tenantId, dealId: deal.id, fromStage, toStage: deal.stage } })
  // Number and hashes are the database's to give.
  const chained = { seq: 0, prevHash: '', hash: '' }
  const after = { title: deal.title, value: deal.value.toFixed(2), stage: deal.stage }
  await tx.auditEntry.create({
    data: { ...about, ...chained, actorKind: 'user', action, subject: 'deal', subjectId: deal.id, after },
  })
  const { lastSeq: seq } = await tx.eventCounter.upsert({
    where: { tenantId },
    create: { tenantId, lastSeq: 1 },
    update: { lastSeq: { increment: 1 } },
  })
  await tx.event.create({ data: { ...about, seq, type: action, data: { dealId: deal.id, stage: deal.stage } } })
  await tx.outbox.create({ data: { tenantId, kind: 'event', ref: String(seq) } })
  const kept = { fingerprint: about.requestId, statusCode: 200, headers: {}, body: JSON.stringify(deal) }
  const expiresAt = new Date(Date.now() + 72 * 60 * 60 * 1_000)
  await tx.idempotencyKey.create({ data: { tenantId, actorId: tenantId, key: about.requestId, ...kept, expiresAt } })
}

app.post('/recorded/deals', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const { title, value } = request.body
  const created = await prisma.$transaction(async (tx) => {
    const deal = await tx.deal.create({ data: { tenantId, title, value, currency: 'USD' } })
    await record(tx, deal, 'deal.created', null)
    return deal
  })
  response.status(201).json(created)
})
app.post('/recorded/deals/:id/move', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const where = { tenantId_id: { tenantId, id: request.params.id } }
  const moved = await prisma.$transaction(async (tx) => {
    const { stage: before } = await tx.deal.findUniqueOrThrow({ where, select: { stage: true } })
    const data = { stage: request.body.stage, closedAt: null, lostReason: null, version: { increment: 1 } }
    const deal = await tx.deal.update({ where, data })
    await record(tx, deal, 'deal.moved', before)
    return deal
  })
  response.json(moved)
})
app.get('/statistics', async (request, response) => {
  const tenantId = tenantOf(request.headers)
  const groups = await prisma.deal.groupBy({
    by: ['stage', 'currency'],
    where: { tenantId },
    _count: true,
    _sum: { value: true },
    _avg: { leadScore: true },
  })
  response.json({ byStage: groups })
})
app.post('/login', async (request, response) => {
  const user = await prisma.user.findUnique({ where: { email: request.body.email } })
  if (!user || !(await passwordMatches(request.body.password, user.passwordHash))) {
    response.status(401).json({})
    return
  }
  response.json({ accessToken: createHmac('sha256', secret).update(user.id).digest('base64url') })
})
app.get('/nothing', (_request, response) => {
  response.json({})
})
app.listen(Number(process.env.PORT), '127.0.0.1')
