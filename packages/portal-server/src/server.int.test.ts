import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createLogger } from '@throughline/telemetry'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PortalServerOptions, startPortalServer } from './server.ts'

const log = createLogger({ level: 'silent', name: 'test' })
const api = createServer(async (request, response) => {
  let bytes = 0
  for await (const chunk of request) bytes += chunk.length
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ url: request.url, portal: request.headers['x-throughline-portal'], bytes }))
})
api.on('upgrade', (request, socket) => {
  socket.end(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nx-portal: ${request.headers['x-throughline-portal']}\r\n\r\n`,
  )
})

/** What Next would have been given. */
const seen: IncomingHttpHeaders[] = []
const start = (apiUrl: string, mode: PortalServerOptions['config']['mode'] = 'production') =>
  startPortalServer({
    portal: 'dm',
    config: { host: '127.0.0.1', port: 0, apiUrl, logLevel: 'silent', mode },
    log,
    dev: false,
    handlePage: async (request, response) => {
      seen.push(request.headers)
      response.end('a page')
    },
  })
let portal: Awaited<ReturnType<typeof start>>
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  portal = await start(`http://127.0.0.1:${(api.address() as AddressInfo).port}`)
  url = `http://127.0.0.1:${portal.port}`
})
afterAll(async () => {
  await portal.close()
  await new Promise((resolve) => api.close(resolve))
})

it('serves pages with headers that keep others out', async () => {
  const response = await fetch(`${url}/queue`)
  expect(await response.text()).toBe('a page')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'permissions-policy': expect.stringContaining('camera=()'),
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': expect.stringContaining('max-age=31536000'),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  })
})

it('asks browsers for TLS in production only', async () => {
  const demo = await start('http://127.0.0.1:9', 'demo')
  const response = await fetch(`http://127.0.0.1:${demo.port}/queue`)
  expect(response.headers.has('strict-transport-security')).toBe(false)
  await demo.close()
})

it('makes a nonce for each request, and tells Next the same policy as the browser', async () => {
  seen.length = 0
  const policies: (string | null)[] = []
  for (let i = 0; i < 500; i++) policies.push((await fetch(`${url}/queue`)).headers.get('content-security-policy'))
  expect(seen.map((headers) => headers['content-security-policy'])).toEqual(policies)
  expect(policies.every((policy, i) => policy?.includes(`script-src 'self' 'nonce-${seen[i]?.['x-nonce']}'`))).toBe(
    true,
  )
  expect(new Set(policies).size).toBe(500)
})

it('drops what a browser claims about the policy', async () => {
  seen.length = 0
  const claimed = "script-src 'nonce-known' 'unsafe-inline'"
  const response = await fetch(`${url}/queue`, {
    headers: {
      'content-security-policy': claimed,
      'content-security-policy-report-only': claimed,
      'x-nonce': 'known',
    },
  })
  expect(seen[0]?.['content-security-policy']).toBe(response.headers.get('content-security-policy'))
  expect(seen[0]).not.toHaveProperty('content-security-policy-report-only')
  expect(JSON.stringify([...response.headers, seen])).not.toContain('known')
})

it('opens sockets to the host of the page only, and takes no directive from its name', async () => {
  const policyFor = (host: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(portal.port, '127.0.0.1', () =>
        socket.write(`GET /queue HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      )
      socket.once('data', (data) => resolve(/content-security-policy: (.*)\r\n/.exec(data.toString())?.[1] ?? ''))
      socket.once('error', reject)
    })
  expect(await policyFor('desk.firm.example:8443')).toContain(
    "connect-src 'self' ws://desk.firm.example:8443 wss://desk.firm.example:8443;",
  )
  for (const host of ["x; script-src 'unsafe-inline'", "x 'unsafe-inline'", 'x, script-src *'])
    expect(await policyFor(host)).toContain("connect-src 'self';")
})

it('brings calls to the API under its own name, whatever the browser claims', async () => {
  const body = Buffer.alloc(3_000_000)
  const response = await fetch(`${url}/api/tenant/v1/x?y=1`, {
    method: 'POST',
    body,
    headers: { 'x-throughline-portal': 'manage' },
  })
  expect(await response.json()).toEqual({ url: '/api/tenant/v1/x?y=1', portal: 'dm', bytes: body.length })
})

it('brings websockets to the API', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(portal.port, '127.0.0.1', () =>
      socket.write('GET /api/socket.io?EIO=4 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    )
    socket.once('data', (data) => resolve(data.toString()))
    socket.once('error', reject)
  })
  expect(answer).toContain('101 Switching Protocols')
  expect(answer).toContain('x-portal: dm')
})

it('says in the one error shape that the API is away', async () => {
  const alone = await start('http://127.0.0.1:9')
  const response = await fetch(`http://127.0.0.1:${alone.port}/api/x`)
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({ error: { code: 'bad_gateway' } })
  await alone.close()
})
