// The ceiling: Fastify and hand-written SQL, prepared. No token, no tenancy, no limit, no log, no audit, no event.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { passwordMatches } from '@throughline/accounts'
import Fastify from 'fastify'
import pg from 'pg'
import { nested, statements } from './statements.ts'

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 10 })
const tenantId = process.env.BENCH_TENANT_ID
const secret = randomBytes(32)
const ask = (name: keyof typeof statements, values: unknown[]) => pool.query({ name, text: statements[name], values })

// What it refuses ends the run; this says why.
const app = Fastify({ logger: { level: 'error', stream: process.stderr } })
app.get('/deals', async () => ({ data: (await ask('list', [tenantId])).rows.map(nested) }))
app.get<{ Params: { id: string } }>('/deals/:id', async ({ params }) =>
  nested((await ask('byId', [tenantId, params.id])).rows[0]),
)
app.post<{ Body: { title: string; value: string } }>('/deals', async ({ body }, reply) => {
  reply.code(201)
  return (await ask('create', [tenantId, body.title, body.value])).rows[0]
})
app.post<{ Params: { id: string }; Body: { stage: string } }>(
  '/deals/:id/move',
  async ({ params, body }) => (await ask('move', [tenantId, params.id, body.stage])).rows[0],
)
// The same, leaving behind the rows that Throughline leaves behind.
app.post<{ Body: { title: string; value: string } }>('/recorded/deals', async ({ body }, reply) => {
  reply.code(201)
  return (await ask('createRecorded', [tenantId, body.title, body.value, randomUUID()])).rows[0]
})
app.post<{ Params: { id: string }; Body: { stage: string } }>(
  '/recorded/deals/:id/move',
  async ({ params, body }) => (await ask('moveRecorded', [tenantId, params.id, body.stage, randomUUID()])).rows[0],
)
app.get('/statistics', async () => ({ byStage: (await ask('statistics', [tenantId])).rows }))
app.post<{ Body: { email: string; password: string } }>('/login', async ({ body }, reply) => {
  const user = (await ask('user', [body.email])).rows[0]
  if (!(await passwordMatches(body.password, user?.passwordHash))) return reply.code(401).send({})
  return { accessToken: createHmac('sha256', secret).update(user.id).digest('base64url') }
})
app.get('/nothing', async () => ({}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
