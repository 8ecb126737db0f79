import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createLogger } from '@throughline/telemetry'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPortalServer } from './server.ts'

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

const start = (apiUrl: string) =>
  startPortalServer({
    portal: 'dm',
    config: { host: '127.0.0.1', port: 0, apiUrl, logLevel: 'silent' },
    log,
    handlePage: async (_request, response) => void response.end('a page'),
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
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
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
