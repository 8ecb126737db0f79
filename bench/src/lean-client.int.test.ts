import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Call, LeanClient } from './lean-client.ts'

let server: http.Server
let client: LeanClient
const connections = new Set<unknown>()
const heard: string[] = []

beforeAll(async () => {
  server = http.createServer((request, response) => {
    connections.add(request.socket)
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${request.headers['x-said']} ${body}`)
      const length = Number(request.url?.slice(1))
      if (request.url === '/cut') request.socket.destroy()
      else if (request.url === '/unknown') response.write('some')
      else
        response.writeHead(request.method === 'GET' ? 200 : 204, { 'content-length': length }).end('x'.repeat(length))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = new LeanClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(async () => {
  client.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
const get = (path: string): Call => ({ kind: 'read', method: 'GET', path, headers: { 'x-said': 'hello' } })

it('knows where each answer ends, from none to many pieces, on one connection', async () => {
  for (const length of [0, 1, 70_000, 3, 1_000_000]) expect(await client.send(get(`/${length}`))).toBe(200)
  expect(connections.size).toBe(1)
})

it('sends what it was given', async () => {
  const body = '{"title":"Zoë"}'
  const headers = { 'x-said': 'hello', 'content-length': String(Buffer.byteLength(body)) }
  expect(await client.send({ kind: 'write', method: 'POST', path: '/0', headers, body })).toBe(204)
  expect(heard.at(-1)).toBe(`POST /0 hello ${body}`)
})

it('opens a connection for each that waits, up to its limit, and all are answered', async () => {
  connections.clear()
  const answers = await Promise.all(Array.from({ length: 700 }, () => client.send(get('/10'))))
  expect(answers).toEqual(Array.from({ length: 700 }, () => 200))
  expect(connections.size).toBeLessThanOrEqual(512)
})

it('says 0 when there was no answer, or one without a length, and goes on', async () => {
  expect(await client.send(get('/cut'))).toBe(0)
  expect(await client.send(get('/unknown'))).toBe(0)
  expect(await client.send(get('/5'))).toBe(200)
})
