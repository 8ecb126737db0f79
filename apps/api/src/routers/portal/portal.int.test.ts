import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { portalView } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

/** A document of an investor with a file, and a link to it. */
async function linked() {
  const { db } = acme.systemCtx()
  const [fund, investor, document, file] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const token = randomBytes(32).toString('base64url')
  const key = `${acme.id}/fund-documents/${document}`
  const body = (async function* () {
    yield Buffer.from('%PDF-1.7 %%EOF')
  })()
  const { sizeBytes, sha256 } = await api.resources.storage.put(key, body, {
    contentType: 'application/pdf',
    maxBytes: 1000,
  })
  await db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${acme.id}::uuid, ${fund}::uuid, ${fund}, 'Fund SCSp', 'EUR', 'Europe/Berlin', 2025, '{}')`)
  await db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
    values (${acme.id}::uuid, ${investor}::uuid, ${investor}, 'Investor', 'ENTITY')`)
  await db.execute(sql`insert into files (tenant_id, id, storage_key, name, content_type, size_bytes, sha256)
    values (${acme.id}::uuid, ${file}::uuid, ${key}, 'notice.pdf', 'application/pdf', ${sizeBytes}, ${sha256})`)
  await db.execute(sql`insert into fund_documents (tenant_id, id, fund_id, investor_id, kind, subject, state, name, file_id, size_bytes,
      sha256, ready_at)
    values (${acme.id}::uuid, ${document}::uuid, ${fund}::uuid, ${investor}::uuid, 'CALL_NOTICE', ${randomUUID()}, 'READY', 'Notice',
      ${file}::uuid, ${sizeBytes}, ${sha256}, now())`)
  await db.execute(sql`insert into portal_links (tenant_id, id, fund_id, investor_id, document_id, token_hash, sent_to, expires_at)
    values (${acme.id}::uuid, uuidv7(), ${fund}::uuid, ${investor}::uuid, ${document}::uuid,
      ${createHash('sha256').update(token).digest('hex')}, 'a@investor.test', now() + interval '1 day')`)
  return { token, documentId: document }
}

const post = (url: string, payload: object) => api.app.inject({ method: 'POST', url: `/portal/v1/${url}`, payload })

describe('the portal of investors', () => {
  it('needs no sign-in, is kept by no cache, and answers what the link is for', async () => {
    const { token, documentId } = await linked()
    const opened = await post('open', { token })
    expect(opened.statusCode).toBe(200)
    expect(opened.headers['cache-control']).toBe('private, no-store')
    expect(portalView.parse(opened.json())).toMatchObject({
      firm: 'Acme',
      documents: [{ id: documentId, isOwn: true }],
    })
    const file = await post('file', { token, documentId })
    expect([file.statusCode, file.headers['content-type'], file.body]).toEqual([
      200,
      'application/pdf',
      '%PDF-1.7 %%EOF',
    ])
    expect((await post('wire', { token })).json()).toEqual({ details: [], reference: null })
  })

  it('answers a token that is not good, and a document of nobody, with the same 404', async () => {
    const { token } = await linked()
    const forged = randomBytes(32).toString('base64url')
    const answers = [
      await post('open', { token: forged }),
      await post('wire', { token: forged }),
      await post('file', { token: forged, documentId: randomUUID() }),
      await post('file', { token, documentId: randomUUID() }),
    ]
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json().error).toMatchObject({
        code: 'not_found',
        message: 'This link is not valid. Ask the sender for a new one.',
      })
    }
  })

  it('takes no token in an address, and no tenant from anybody', async () => {
    const { token } = await linked()
    for (const url of [`/portal/v1/open?token=${token}`, `/portal/v1/${token}`])
      expect([404, 405]).toContain((await api.app.inject({ method: 'GET', url })).statusCode)
    expect((await post('open', { token, tenantId: acme.id })).statusCode).toBe(422)
    for (const wrong of [{}, { token: '' }, { token: 'short' }, { token: "' or 1=1 --".padEnd(43) }, { token: 7 }])
      expect((await post('open', wrong)).statusCode).toBe(400)
  })

  it('is counted by itself, so that nobody tries tokens for long', async () => {
    const world_ = await createTestWorld({ env: { LOGIN_RATE_LIMIT_MAX: '5' } })
    const node = await createTestApp(world_)
    try {
      const statuses = new Set<number>()
      for (let times = 0; times < 61; times++) {
        const token = randomBytes(32).toString('base64url')
        statuses.add((await node.app.inject({ method: 'POST', url: '/portal/v1/open', payload: { token } })).statusCode)
      }
      expect([...statuses]).toEqual([404, 429])
    } finally {
      await node.close()
      await world_.close()
    }
  })
})
