// What the field runs: Express and Prisma with includes, as its documentation shows it.
import { createHmac, randomBytes } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { passwordMatches } from '@throughline/accounts'
import express from 'express'
import { PrismaClient } from '../../../packages/db/src/generated/client.ts'

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.BENCH_DATABASE_URL, max: 10 }),
})
const tenantId = process.env.BENCH_TENANT_ID ?? ''
const secret = randomBytes(32)
const include = {
  owner: { select: { id: true, name: true } },
  company: { select: { id: true, name: true, domain: true } },
  contact: { select: { id: true, name: true, email: true } },
} as const

const app = express()
app.use(express.json())
app.get('/deals', async (_request, response) => {
  const data = await prisma.deal.findMany({
    where: { tenantId, stage: 'QUALIFIED' },
    orderBy: [{ leadScore: 'desc' }, { id: 'desc' }],
    take: 50,
    include,
  })
  response.json({ data })
})
app.get('/deals/:id', async (request, response) => {
  response.json(await prisma.deal.findUnique({ where: { tenantId_id: { tenantId, id: request.params.id } }, include }))
})
app.post('/deals', async (request, response) => {
  const { title, value } = request.body
  response.status(201).json(await prisma.deal.create({ data: { tenantId, title, value, currency: 'USD' } }))
})
app.post('/deals/:id/move', async (request, response) => {
  const deal = await prisma.deal.update({
    where: { tenantId_id: { tenantId, id: request.params.id } },
    data: { stage: request.body.stage, closedAt: null, lostReason: null, version: { increment: 1 } },
  })
  response.json(deal)
})
app.get('/statistics', async (_request, response) => {
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
app.listen(Number(process.env.PORT), '127.0.0.1')
