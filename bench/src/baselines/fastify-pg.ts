// The ceiling: Fastify and hand-written SQL, prepared. No token, no tenancy, no limit, no log, no audit, no event.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { passwordMatches } from '@throughline/accounts'
import Fastify from 'fastify'
import pg from 'pg'
import { connections } from './connections.ts'
import { nested, statements } from './statements.ts'
import { tenantOf } from './tenant.ts'

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: connections })
const secret = randomBytes(32)
const ask = (name: keyof typeof statements, values: unknown[]) => pool.query({ name, text: statements[name], values })

// What it refuses ends the run; this says why.
const app = Fastify({ logger: { level: 'error', stream: process.stderr } })
app.get('/deals', async ({ headers }) => ({ data: (await ask('list', [tenantOf(headers)])).rows.map(nested) }))
app.get<{ Params: { id: string } }>('/deals/:id', async ({ headers, params }) =>
  nested((await ask('byId', [tenantOf(headers), params.id])).rows[0]),
)
app.post<{ Body: { title: string; value: string } }>('/deals', async ({ headers, body }, reply) => {
  reply.code(201)
  return (await ask('create', [tenantOf(headers), body.title, body.value])).rows[0]
})
app.post<{ Params: { id: string }; Body: { stage: string } }>(
  '/deals/:id/move',
  async ({ headers, params, body }) => (await ask('move', [tenantOf(headers), params.id, body.stage])).rows[0],
)
// The same, leaving behind the rows that Throughline leaves behind.
app.post<{ Body: { title: string; value: string } }>('/recorded/deals', async ({ headers, body }, reply) => {
  reply.code(201)
  return (await ask('createRecorded', [tenantOf(headers), body.title, body.value, randomUUID()])).rows[0]
})
app.post<{ Params: { id: string }; Body: { stage: string } }>(
  '/recorded/deals/:id/move',
  async ({ headers, params, body }) =>
    (await ask('moveRecorded', [tenantOf(headers), params.id, body.stage, randomUUID()])).rows[0],
)
app.get('/statistics', async ({ headers }) => ({ byStage: (await ask('statistics', [tenantOf(headers)])).rows }))
app.post<{ Body: { email: string; password: string } }>('/login', async ({ body }, reply) => {
  const user = (await ask('user', [body.email])).rows[0]
  if (!(await passwordMatches(body.password, user?.passwordHash))) return reply.code(401).send({})
  return { accessToken: createHmac('sha256', secret).update(user.id).digest('base64url') }
})
app.get('/nothing', async () => ({}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
