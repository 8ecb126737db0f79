// Every door: what comes in is named by a schema, and what is refused is refused in the one shape.
import { once } from 'node:events'
import { connect } from 'node:net'
import { errorBody } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import type { LightMyRequestResponse, RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Caller, createTestApp, type TestApp } from './testing.ts'

let world: TestWorld
let api: TestApp
let north: TestTenant
let owner: Caller
let superadmin: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  north = await world.tenant('north')
  await world.tenant('south')
  owner = await api.as(north, 'owner')
  superadmin = await api.asStaff(await world.staff('super_admin'), 'super_admin')
  await api.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const refusal = (response: LightMyRequestResponse) => {
  const { error } = errorBody.parse(response.json())
  return { status: response.statusCode, code: error.code, details: error.details }
}
const unknown = (...paths: string[]) => ({
  status: 422,
  code: 'unknown_field',
  details: { issues: paths.map((path) => ({ path, message: 'is not known here' })) },
})

describe('a field that no schema names', () => {
  it('is refused in a write, with its name', async () => {
    const response = await owner.post('/tenant/v1/deals', { title: 'Deal', tenantId: north.id, isAdmin: true })
    expect(refusal(response)).toEqual(unknown('body.tenantId', 'body.isAdmin'))
    expect((await owner.get('/tenant/v1/deals')).json()).toMatchObject({ data: [] })
  })

  it('is refused where it is nested, and where the route takes no body', async () => {
    const options = { decimal: 'point', dateOrder: 'ymd', tenantId: north.id }
    const url = `/tenant/v1/deal-imports/${north.id}`
    expect(refusal(await owner.post(`${url}/start`, { mapping: ['title'], options }))).toEqual(
      unknown('body.options.tenantId'),
    )
    expect(refusal(await owner.post(`${url}/cancel`, { force: true }))).toEqual(unknown('body.force'))
  })

  it('is refused by sign-in as by every other write', async () => {
    const body = { email: 'a@b.test', password: 'x', role: 'owner' }
    expect(refusal(await owner.post('/auth/v1/login', body))).toEqual(unknown('body.role'))
  })

  it('is told together with whatever else is wrong, as one refusal of the fields', async () => {
    const response = refusal(await owner.post('/tenant/v1/deals', { title: '', tenantId: north.id }))
    expect(response).toMatchObject({ status: 400, code: 'validation_failed' })
    expect(response.details).toMatchObject({
      issues: expect.arrayContaining([{ path: 'body.tenantId', message: 'is not known here' }]),
    })
  })

  it('is refused in a query, also of a route that takes none', async () => {
    expect(refusal(await owner.get('/tenant/v1/deals?tenantId=1'))).toEqual(unknown('query.tenantId'))
    expect(refusal(await owner.get('/tenant/v1/settings?tenantId=1'))).toEqual(unknown('query.tenantId'))
    expect(refusal(await owner.get('/tenant/v1/deals?__proto__=1'))).toEqual(unknown('query.__proto__'))
    expect(refusal(await owner.get('/tenant/v1/settings?__proto__=1'))).toEqual(unknown('query.__proto__'))
  })

  it('is told a hundred times and not ten thousand', async () => {
    const body = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, 1]))
    const { details } = refusal(await owner.post('/tenant/v1/deals', { title: 'Deal', ...body }))
    expect(details).toEqual({ issues: expect.objectContaining({ length: 100 }) })
  })
})

describe('text that no database could keep', () => {
  it.for([
    ['NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800b'],
  ])('is refused wherever it stands: %s', async ([, bad]) => {
    for (const body of [{ title: bad }, { title: 'Deal', notes: bad }, { [`${bad}`]: 1 }])
      expect(refusal(await owner.post('/tenant/v1/deals', body))).toMatchObject({ code: 'validation_failed' })
    const file = { name: bad, domain: 'acme.com' }
    expect(refusal(await owner.post('/tenant/v1/companies', file))).toMatchObject({
      details: { issues: [{ path: 'body.name' }] },
    })
  })

  it('is refused in a query', async () => {
    const response = await owner.get('/tenant/v1/deals?q=%00')
    expect(refusal(response)).toMatchObject({ status: 400, details: { issues: [{ path: 'query.q' }] } })
  })
})

describe('a method that an address does not take', () => {
  it('is told so, with those that it takes', async () => {
    const response = await owner.get('/auth/v1/login')
    expect(refusal(response)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    expect(response.headers.allow).toBe('POST')
    const one = await api.app.inject({ method: 'PUT', url: `/api/tenant/deals/${north.id}?x=1` })
    expect(refusal(one).status).toBe(405)
    expect(one.headers.allow).toBe('DELETE, GET, HEAD, PATCH')
  })

  it('is not confused with an address at which nothing is', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'TRACE'] as const)
      expect(refusal(await api.app.inject({ method, url: '/tenant/v1/nothing' }))).toMatchObject({
        status: 404,
        code: 'not_found',
      })
  })
})

describe('what is not even a request', () => {
  /** The whole answer to these bytes. */
  async function send(bytes: string): Promise<string> {
    const address = api.app.server.address()
    if (address === null || typeof address === 'string') throw new Error('the API does not listen')
    const socket = connect(address.port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text
    })
    socket.end(bytes)
    await once(socket, 'close')
    return answer
  }

  it.for([
    ['no HTTP', 'hello\r\n\r\n', 400],
    [
      'an address that is not encoded',
      'GET /tenant/v1/deals/%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      400,
    ],
    [
      'an id that is too long',
      `GET /media/v1/files/${'a'.repeat(500)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      400,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['NUL in a header', 'GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n', 400],
    ['a preflight that says nothing', 'OPTIONS / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 204],
  ] as const)('is answered in the one shape: %s', async ([, bytes, status]) => {
    const answer = await send(bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    if (status === 204) return
    expect(answer.toLowerCase()).toContain('content-type: application/json; charset=utf-8')
    expect(errorBody.safeParse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).success).toBe(true)
  })
})

// Each of these was found by `npm run fuzz`.
describe('an upload that is not whole', () => {
  const part =
    '--b\r\ncontent-disposition: form-data; name="file"; filename="d.csv"\r\ncontent-type: text/csv\r\n\r\ntitle\nx'
  it.for([
    ['without an end', 'b', part],
    ['with another boundary', 'another', `${part}\r\n--b--\r\n`],
    ['with a boundary that is too long', 'b'.repeat(300), `${part}\r\n--b--\r\n`],
    ['without a boundary', '', `${part}\r\n--b--\r\n`],
    ['with nothing in it', 'b', ''],
  ])('is a bad request: %s', async ([, boundary, payload]) => {
    const headers = {
      authorization: `Bearer ${owner.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    }
    const response = await api.app.inject({ method: 'POST', url: '/tenant/v1/deal-imports', headers, payload })
    expect(refusal(response)).toMatchObject({ status: 400, code: 'bad_request' })
  })
})

const hasCursor = z.object({ shape: z.object({ cursor: z.instanceof(z.ZodType) }) })

it('falls over no cursor that somebody made up, in any list', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  const keys = ['a\0b', '\ud800', '0000-01-01T00:00:00Z', '2026-01-01T00:00:00.1234567890123Z', 1e300, null]
  const madeUp = keys.flatMap((key) => [[key], [key, id], ['newest', key, id], ['value', key, id], [key, 'newest', id]])
  const lists = api.app.knownRoutes.filter(
    ({ method, schema }) => method === 'GET' && z.safeParse(hasCursor, schema?.querystring).success,
  )
  expect(lists.length).toBeGreaterThan(10)
  for (const { url } of lists)
    for (const values of madeUp) {
      const cursor = Buffer.from(JSON.stringify(values)).toString('base64url')
      const caller = url.startsWith('/tenant/') ? owner : superadmin
      const { statusCode } = await caller.get(`${url}?cursor=${cursor}`)
      expect({ url, values, answer: statusCode < 500 }).toEqual({ url, values, answer: true })
    }
})

it('takes no text where it wants JSON', async () => {
  const headers = { authorization: `Bearer ${owner.token}`, 'content-type': 'text/plain' }
  const response = await api.app.inject({ method: 'POST', url: '/tenant/v1/deals', headers, payload: '{"title":"x"}' })
  expect(refusal(response)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
})

it('names the request also where no route was looked for', async () => {
  const response = await api.app.inject(`/media/v1/files/${'a'.repeat(500)}`)
  const { error } = errorBody.parse(response.json())
  expect(response.headers['x-request-id']).toBe(error.requestId)
})

/** Its method and address, without the HEAD that comes with a GET. */
const addresses = (wanted: (route: RouteOptions) => boolean): string[] => {
  const routes = api.app.knownRoutes.filter(wanted)
  const pairs = routes.flatMap(({ method, url }) => [method].flat().map((one) => `${one} ${url}`))
  return [...new Set(pairs)].filter((pair) => !pair.startsWith('HEAD ')).sort()
}

// Whoever opens another door, or mounts another library, writes it down here.
describe('the doors without our guard or our schemas', () => {
  it('are these, for everybody', () => {
    expect(addresses(({ config }) => config?.guard === 'public' && !config.servedByLibrary)).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /media/v1/links/:token',
      'POST /auth/v1/impersonate',
      'POST /auth/v1/invitations/accept',
      'POST /auth/v1/invitations/preview',
      'POST /auth/v1/login',
      'POST /auth/v1/password/forgot',
      'POST /auth/v1/password/reset',
      'POST /auth/v1/refresh',
      'POST /auth/v1/register',
      'POST /auth/v1/verify-email',
      'POST /pg/v1/:provider',
      'POST /portal/v1/file',
      'POST /portal/v1/open',
      'POST /portal/v1/wire',
    ])
  })

  it('are these pages of libraries', () => {
    const pages = addresses(({ config }) => config?.servedByLibrary === true)
    const board = '/admin/v1/queues/ui'
    expect(pages.filter((page) => !page.includes(board))).toEqual([
      'GET /docs',
      'GET /docs/',
      'GET /docs/js/scalar.js',
      'GET /metrics',
      'GET /openapi.json',
    ])
    expect(pages.filter((page) => page.startsWith(`GET ${board}`)).map((page) => page.slice(4 + board.length))).toEqual(
      [
        '/',
        '/api/job-schedulers',
        '/api/queues',
        '/api/queues/:queueName/:jobId',
        '/api/queues/:queueName/:jobId/flow',
        '/api/queues/:queueName/:jobId/logs',
        '/api/queues/:queueName/default-job-options',
        '/api/queues/:queueName/job-data-schema',
        '/api/queues/:queueName/metrics',
        '/api/queues/:queueName/rate-limit',
        '/api/queues/:queueName/workers',
        '/api/redis/stats',
        '/job-schedulers',
        '/metrics-history',
        '/queue/:queueName',
        '/queue/:queueName/:jobId',
        '/static/*',
      ],
    )
  })

  it('change nothing: what a library would change is refused, also to a superadmin', async () => {
    const changes = addresses(({ config }) => config?.servedByLibrary === true).filter(
      (page) => !page.startsWith('GET '),
    )
    expect(changes.length).toBeGreaterThan(20)
    for (const change of changes) {
      const [method, url = ''] = change.split(' ')
      const headers = { authorization: `Bearer ${superadmin.token}` }
      const response = await api.app.inject({ method: method as 'PUT', url, headers })
      expect({ change, ...refusal(response) }).toMatchObject({ change, status: 403, code: 'forbidden' })
    }
  })
})
