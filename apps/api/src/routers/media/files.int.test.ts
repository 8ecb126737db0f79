// Files on their way in and out: what is taken, how it is handed out, and what a link is good for.
import { randomInt, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { linkSigner } from '@throughline/accounts'
import { errorBody, fileLink, importAccepted } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { storageKey } from '@throughline/storage'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let manager: Caller
let stranger: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  manager = await api.as(acme, 'manager')
  stranger = await api.as(globex, 'owner')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const content = 'Title,Value\nSecret,1\n'

async function stored(tenant: TestTenant, name = 'deals.csv', contentType = 'text/csv'): Promise<string> {
  const key = storageKey(tenant.id, new Date())
  const { sizeBytes, sha256 } = await api.resources.storage.put(key, Readable.from([Buffer.from(content)]), {
    contentType,
    maxBytes: 1e6,
  })
  const data = { tenantId: tenant.id, storageKey: key, name, contentType, sizeBytes: BigInt(sizeBytes), sha256 }
  return (await tenant.ctx('manager').db.prisma.file.create({ data, select: { id: true } })).id
}

const linkTo = async (fileId: string) => fileLink.parse((await manager.post(`/media/v1/files/${fileId}/link`)).json())
const open = (url: string) => api.app.inject({ url })
/** What an answer says, without the id that every answer has. */
const told = ({ statusCode, json }: Awaited<ReturnType<typeof open>>) => {
  const { error } = json<{ error: Record<string, unknown> }>()
  return { statusCode, error: { ...error, requestId: '' } }
}
const nothing = async () => told(await open('/media/v1/no/such/address'))

describe('a download', () => {
  it.each([
    ['deals.csv', `attachment; filename="deals.csv"; filename*=UTF-8''deals.csv`],
    ['Grün "x".csv', `attachment; filename="Gr_n _x_.csv"; filename*=UTF-8''Gr%C3%BCn%20%22x%22.csv`],
    [
      'a\r\nSet-Cookie: a=1.csv',
      `attachment; filename="aSet-Cookie_ a_1.csv"; filename*=UTF-8''aSet-Cookie_%20a%3D1.csv`,
    ],
    ['inv\u202Efdp.html', `attachment; filename="invfdp.html"; filename*=UTF-8''invfdp.html`],
    ['\uD83D.csv', `attachment; filename="_.csv"; filename*=UTF-8''%EF%BF%BD.csv`],
  ])('of %j is kept and never shown', async (name, disposition) => {
    const fileId = await stored(acme, name, 'text/html')
    const { url } = await linkTo(fileId)
    for (const answer of [await manager.get(`/media/v1/files/${fileId}`), await open(url)]) {
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toBe(content)
      expect(answer.headers).toMatchObject({
        'content-disposition': disposition,
        'content-type': 'text/html',
        'content-length': String(content.length),
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      })
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

describe('a link', () => {
  it('opens one file for whoever holds it, for five minutes, and says who made it', async () => {
    const fileId = await stored(acme)
    const before = Date.now()
    const answer = await manager.post(`/media/v1/files/${fileId}/link`)
    expect(answer.statusCode).toBe(200)
    const { url, expiresAt } = fileLink.parse(answer.json())
    const lifeMs = new Date(expiresAt).getTime() - before
    expect(lifeMs).toBeGreaterThanOrEqual(300_000)
    expect(new Date(expiresAt).getTime()).toBeLessThanOrEqual(Date.now() + 300_000)
    expect((await open(url)).body).toBe(content)
    expect((await open(`/api${url}`)).body).toBe(content)
    const entries = await acme.ctx('owner').db.query(sql`
      select actor_id as "actorId", action, subject_id as "subjectId" from audit_entries
      where tenant_id = ${acme.id}::uuid and action = 'file.link_created' and subject_id = ${fileId}::uuid`)
    expect(entries).toEqual([{ actorId: acme.members.manager.id, action: 'file.link_created', subjectId: fileId }])
  })

  it('is made by those who may read the file, and by nobody of another firm', async () => {
    const fileId = await stored(acme)
    expect((await api.app.inject({ method: 'POST', url: `/media/v1/files/${fileId}/link` })).statusCode).toBe(401)
    const foreign = await stranger.post(`/media/v1/files/${fileId}/link`)
    const absent = await stranger.post(`/media/v1/files/${randomUUID()}/link`)
    expect(told(foreign)).toEqual(told(absent))
    expect(foreign.statusCode).toBe(404)
    expect((await (await api.as(acme, 'viewer')).post(`/media/v1/files/${fileId}/link`)).statusCode).toBe(200)
  })

  it('names its firm under its seal: with another firm, another file or another time it is nothing', async () => {
    const [ours, theirs] = [await stored(acme), await stored(globex)]
    const { secret } = world.config.tokens
    const signer = linkSigner(secret)
    const soon = new Date(Date.now() + 60_000)
    const at = (token: string) => open(`/media/v1/links/${token}`)
    expect((await at(signer.sign({ tenantId: acme.id, fileId: ours, expiresAt: soon }))).statusCode).toBe(200)
    expect((await at(signer.sign({ tenantId: globex.id, fileId: theirs, expiresAt: soon }))).statusCode).toBe(200)
    const refused = [
      signer.sign({ tenantId: globex.id, fileId: ours, expiresAt: soon }),
      signer.sign({ tenantId: acme.id, fileId: theirs, expiresAt: soon }),
      signer.sign({ tenantId: randomUUID(), fileId: ours, expiresAt: soon }),
      signer.sign({ tenantId: acme.id, fileId: randomUUID(), expiresAt: soon }),
      signer.sign({ tenantId: acme.id, fileId: ours, expiresAt: new Date(Date.now() - 1) }),
      linkSigner('another secret').sign({ tenantId: acme.id, fileId: ours, expiresAt: soon }),
      'x',
      'a'.repeat(96),
      '__proto__',
    ]
    for (const token of refused) expect(told(await at(token)), token).toEqual(await nothing())
  })

  it('is refused 2,000 times of 2,000 when anything in it is changed', async () => {
    const { url } = await linkTo(await stored(acme))
    const token = url.slice(url.lastIndexOf('/') + 1)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const mutated = () => {
      const at = randomInt(token.length)
      const others = alphabet.replace(token.charAt(at), '')
      const character = others.charAt(randomInt(others.length))
      const kinds = [
        token.slice(0, at) + character + token.slice(at + 1),
        token.slice(0, at) + character + token.slice(at),
        token.slice(0, at) + token.slice(at + 1),
        token.slice(0, at),
      ]
      return kinds[randomInt(kinds.length)] ?? ''
    }
    const expected = await nothing()
    let accepted = 0
    for (let n = 0; n < 2000; n++) {
      const answer = await open(`/media/v1/links/${mutated()}`)
      if (answer.statusCode === 200) accepted += 1
      else expect(told(answer)).toEqual(expected)
    }
    expect(accepted).toBe(0)
    expect((await open(url)).statusCode).toBe(200)
  })

  it('ends with its file, in the database or in storage, and rests while the firm is suspended', async () => {
    const [deleted, lost, kept] = [await stored(acme), await stored(acme), await stored(acme)]
    const links = [await linkTo(deleted), await linkTo(lost), await linkTo(kept)]
    for (const { url } of links) expect((await open(url)).statusCode).toBe(200)
    const { db } = acme.ctx('owner')
    const file = await db.queryOne<{ key: string }>(
      sql`select storage_key as key from files where tenant_id = ${acme.id}::uuid and id = ${lost}::uuid`,
    )
    await api.resources.storage.delete(file?.key ?? '')
    await world.database.platform.execute(
      sql`delete from files where tenant_id = ${acme.id}::uuid and id = ${deleted}::uuid`,
    )
    const setStatus = (status: string) =>
      world.database.platform.execute(
        sql`update tenants set status = ${status}::"TenantStatus" where id = ${acme.id}::uuid`,
      )
    for (const { url } of links.slice(0, 2)) expect(told(await open(url))).toEqual(await nothing())
    await setStatus('SUSPENDED')
    expect(told(await open(links[2]?.url ?? ''))).toEqual(await nothing())
    await setStatus('ACTIVE')
    expect((await open(links[2]?.url ?? '')).statusCode).toBe(200)
  })

  it('still opens its file when the secret has been changed once', async () => {
    const { url } = await linkTo(await stored(acme))
    const { tokens } = world.config
    const rotated = await createTestApp({
      ...world,
      config: { ...world.config, tokens: { ...tokens, secret: 'n'.repeat(40), previousSecret: tokens.secret } },
    })
    try {
      expect((await rotated.app.inject({ url })).body).toBe(content)
    } finally {
      await rotated.close()
    }
  })
})

describe('an upload of deals', () => {
  let address: string
  beforeAll(async () => {
    address = await api.app.listen({ host: '127.0.0.1', port: 0 })
  })
  const everything = async () => {
    const entries = await readdir(world.config.storage.dir, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  }
  /** Over a real connection: a refusal in the middle must reach whoever is still sending. */
  async function upload(bytes: Buffer | string, { name = 'deals.csv', type = 'text/csv' } = {}) {
    const form = new FormData()
    form.append('file', new File([Buffer.from(bytes)], name, { type }))
    const headers = { authorization: `Bearer ${manager.token}` }
    const response = await fetch(`${address}/tenant/v1/deal-imports`, { method: 'POST', body: form, headers })
    const body: unknown = await response.json()
    return { status: response.status, body }
  }

  it.each<[string, Buffer]>([
    ['a PDF', Buffer.from('%PDF-1.7\n%%EOF')],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a spreadsheet', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(2_000_000, 'x')])],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0\x03'), Buffer.alloc(1000)])],
    ['text with a NUL far behind', Buffer.from(`Title\n${'A deal\n'.repeat(200_000)}\0\n${'B\n'.repeat(200_000)}`)],
  ])('is refused when it is %s, whatever its name and declared type, and nothing is left', async (_what, bytes) => {
    const before = await everything()
    const { status, body } = await upload(bytes)
    expect([status, errorBody.parse(body).error.code]).toEqual([415, 'unsupported_media_type'])
    expect(await everything()).toBe(before)
    const rows = await acme.ctx('owner').db.query(sql`select 1 from deal_imports where tenant_id = ${acme.id}::uuid`)
    expect(rows).toEqual([])
  })

  it('is taken when it is a table, whatever its name and declared type, under a name that is safe', async () => {
    const names = [
      ['deals.png', 'deals.png'],
      ['evil\u202Evsc.exe', 'evilvsc.exe'],
      ['..\\..\\a:b.csv', '_.._a_b.csv'],
      [`${'ü'.repeat(300)}.csv`, `${'ü'.repeat(125)}.csv`],
    ] as const
    for (const [name, kept] of names) {
      const { status, body } = await upload(`Title\n${randomUUID()}\n`, { name, type: 'image/png' })
      expect(status).toBe(202)
      const { fileName } = importAccepted.parse(body).import
      expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255)
      expect([kept, 'a_b.csv']).toContain(fileName)
    }
    const types = await acme.ctx('owner').db.query(sql`
      select distinct f.content_type as type from files f join deal_imports i on i.tenant_id = f.tenant_id and i.file_id = f.id
      where f.tenant_id = ${acme.id}::uuid`)
    expect(types).toEqual([{ type: 'text/csv' }])
  })
})
