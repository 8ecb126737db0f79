// An export of the audit log is a file like others, and its content is not for everybody who may open files.
import { exportAudit, exportAuditJob, hashPassword } from '@throughline/accounts'
import { closeQueues, createQueues, createRedis, startRelay, startWorkerHost } from '@throughline/jobs'
import { createStorage } from '@throughline/storage'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

const catalog = { exportAudit: exportAuditJob }
let world: TestWorld
let api: TestApp
let acme: TestTenant
let closeWorker: () => Promise<void>

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  const { config, database, log } = world
  const redis = createRedis(config.redis, 'producer', log)
  const queues = createQueues(redis, catalog, config.redis.prefix, log)
  const storage = createStorage(config.storage)
  const tools = { storage, platform: database.platform }
  const handlers = { exportAudit: { run: (job: Parameters<typeof exportAudit>[0]) => exportAudit(job, tools) } }
  const relay = startRelay({ config, database, redis, queues, log })
  const host = startWorkerHost({ config, database, redis, log, catalog, handlers, profiles: ['documents'] })
  closeWorker = async () => {
    await host.close(1_000)
    await relay.close()
    await closeQueues(queues)
    redis.disconnect()
  }
})
afterAll(async () => {
  await closeWorker?.()
  await api?.close()
  await world?.close()
})

it('a verification of the whole chain is dear, so nobody asks for it again and again', async () => {
  const owner = await api.as(acme, 'owner')
  const statuses = []
  for (let n = 0; n < 12; n++) statuses.push((await owner.get('/tenant/v1/audit/verification')).statusCode)
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429])
})

describe('an export of the audit log', () => {
  it('opens for whoever may read the log, and for nobody who only sees its job', async () => {
    const [owner, admin] = [await api.as(acme, 'owner'), await api.as(acme, 'admin')]
    const { jobId } = (await owner.post('/tenant/v1/audit/exports', {})).json()
    const fileId = await expectEventually(async () => {
      const job = (await owner.get(`/tenant/v1/jobs/${jobId}`)).json()
      if (job.state !== 'SUCCEEDED') throw new Error(`the job is ${job.state}`)
      return String(job.result.fileId)
    })
    for (const reader of [owner, admin]) {
      expect((await reader.get(`/media/v1/files/${fileId}`)).body).toContain('audit.exported')
      expect((await reader.post(`/media/v1/files/${fileId}/link`)).statusCode).toBe(200)
    }
    const keyWith = async (...scopes: string[]) =>
      api.with((await owner.post('/tenant/v1/api-keys', { name: scopes.join(), scopes })).json().key)
    expect((await (await keyWith('file:read', 'audit:read')).get(`/media/v1/files/${fileId}`)).statusCode).toBe(200)

    const others = await Promise.all((['manager', 'member', 'viewer'] as const).map((role) => api.as(acme, role)))
    for (const other of [...others, await keyWith('file:read', 'job:read')]) {
      expect((await other.get(`/tenant/v1/jobs/${jobId}`)).statusCode, 'they may follow jobs').toBe(200)
      const nowhere = await other.get('/media/v1/files/00000000-0000-7000-8000-000000000000')
      const refused = await other.get(`/media/v1/files/${fileId}`)
      expect([refused.statusCode, refused.json().error.message]).toEqual([404, nowhere.json().error.message])
      expect((await other.post(`/media/v1/files/${fileId}/link`)).statusCode).toBe(404)
    }
  })
})

describe('an export of the console', () => {
  it('holds all firms and the platform, or one of them, and is for superadmins alone', async () => {
    const [sam, owner] = [
      await api.asStaff(await world.staff('super_admin', 'Sam'), 'super_admin'),
      await api.as(acme, 'owner'),
    ]
    const globex = await world.tenant('Other')
    await owner.post('/tenant/v1/companies', { name: 'Of Acme' })
    await (await api.as(globex, 'owner')).post('/tenant/v1/companies', { name: 'Of another' })
    await sam.get(`/admin/v1/tenants/${acme.id}`)
    const write = async (body: object) => {
      const { jobId } = (await sam.post('/admin/v1/audit/exports', body)).json()
      await expectEventually(async () => {
        const { state, sizeBytes } = (await sam.get(`/admin/v1/audit/exports/${jobId}`)).json()
        expect([state, sizeBytes > 0]).toEqual(['SUCCEEDED', true])
      })
      return String(jobId)
    }
    const all = await write({})
    const file = await sam.get(`/admin/v1/audit/exports/${all}/file`)
    expect(file.headers['content-disposition']).toContain('attachment')
    for (const part of ['Of Acme', 'Of another', 'tenant.viewed', 'audit.exported']) expect(file.body).toContain(part)

    const one = await write({ tenantId: globex.id, action: 'company.created' })
    const { body } = await sam.get(`/admin/v1/audit/exports/${one}/file`)
    expect(body.trim().split('\n')).toHaveLength(2)
    expect(body).toContain('Of another')

    for (const path of ['', '/file']) {
      expect((await owner.get(`/admin/v1/audit/exports/${all}${path}`)).statusCode).toBe(403)
      expect((await sam.get(`/admin/v1/audit/exports/${acme.id}${path}`)).statusCode).toBe(404)
    }
    expect((await owner.get(`/tenant/v1/jobs/${all}`)).statusCode, 'nor is it a job of a firm').toBe(404)
    const own = (await owner.post('/tenant/v1/audit/exports', {}, { 'idempotency-key': 'own' })).json().jobId
    expect((await sam.get(`/admin/v1/audit/exports/${own}`)).statusCode, 'nor a firm’s one of the console').toBe(404)
  })
})
