// Real listeners: a canary on the loopback addresses that must never be reached, and an outside that may be.
import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { AppError } from '@throughline/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFetchOutside, type FetchOutside } from './fetch-outside.ts'

const inside = '127.0.0.1'
/** Stands for the internet: let through by name, because no test may leave this machine. */
const outside = '127.0.0.3'

const servers: { close(done: () => void): unknown }[] = []
let port: number
let outsidePort: number
let reached = 0
let seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string } | undefined
const secret = 'the secret of the inside'

async function listen(server: Server, host: string, at = 0): Promise<number> {
  server.listen(at, host)
  await once(server, 'listening')
  servers.push({
    close: (done) => {
      server.closeAllConnections()
      server.close(done)
    },
  })
  return (server.address() as AddressInfo).port
}

const canary = () =>
  createServer((_request, response) => response.end(secret)).on('connection', () => {
    reached += 1
  })

/** What the outside answers, by path. */
const answers: Record<string, RequestListener> = {
  '/hook?x=1': (request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen = { url: request.url, headers: request.headers, body }
      response.writeHead(201, { 'x-answer': 'yes', 'set-cookie': ['a=1', 'b=2'] }).end('taken')
    })
  },
  '/redirect': (request, response) => {
    const status = Number(request.headers['x-status'])
    response.writeHead(status, { location: `http://${inside}:${port}/` }).end()
  },
  '/endless': (_request, response) => {
    response.on('close', () => clearInterval(timer))
    const timer = setInterval(() => response.write('x'.repeat(1024)), 1)
  },
  '/large': (_request, response) => void response.end('x'.repeat(5000)),
  '/drip': (_request, response) => {
    response.writeHead(200)
    response.write('x')
  },
  '/silent': () => undefined,
  '/long-headers': (_request, response) => void response.writeHead(200, { 'x-long': 'x'.repeat(30_000) }).end(),
  '/gone': (request) => void request.socket.destroy(),
}

beforeAll(async () => {
  port = await listen(canary(), inside)
  await listen(canary(), '::1', port)
  outsidePort = await listen(
    createServer((request, response) => answers[request.url ?? '']?.(request, response)),
    outside,
  )
})
afterAll(() => Promise.all(servers.map((server) => new Promise<void>((done) => server.close(done)))))
beforeEach(() => {
  reached = 0
})

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
/** Names of this test; the second and later answers of the second kind differ from the first. */
const names: Record<string, LookupAddress[][]> = {
  'private.test': [at('10.0.0.7')],
  'loopback.test': [at(inside)],
  'loopback6.test': [at('::1')],
  'mapped.test': [at(`::ffff:${inside}`)],
  'metadata.test': [at('169.254.169.254')],
  'nat64.test': [at('64:ff9b::7f00:1')],
  'localhost.': [at(inside)],
  'any.test': [at('0.0.0.0')],
  'mixed.test': [at(outside, inside)],
  'outside.test': [at(outside)],
  'rebinding.test': [at(outside), at(inside)],
  'empty.test': [[]],
}
const asked: string[] = []

const rules = () => ({
  allowHttp: true,
  ports: [port, outsidePort],
  allowAddresses: [outside],
  async lookup(name: string) {
    const before = asked.filter((known) => known === name).length
    asked.push(name)
    const known = names[name]
    if (!known) throw new Error(`ENOTFOUND ${name}`)
    return known[Math.min(before, known.length - 1)] ?? []
  },
})
const fetchOutside: FetchOutside = (url, request) => createFetchOutside(rules())(url, request)

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it was let through'),
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw error
}

/** Ways to write an address of the inside; a bare `fetch` gets through with every one of the first group. */
const loopbackForms = [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0x0.0x0.0x1',
  '017700000001',
  '0177.0.0.01',
  '0177.0.0x0.1',
  '127.1',
  '127.0.1',
  '127.1.',
  '127。0。0。1',
  '１２７.0.0.1',
  '①②⑦.0.0.1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0x0',
  'localhost',
  'LOCALHOST',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::]',
]
const otherForms = [
  '127.0.0.2',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '168.63.129.16',
  '100.100.100.200',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[::7f00:1]',
  '[::127.0.0.1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[ff02::1]',
  '[fec0::1]',
]

describe('an address of the inside', () => {
  it.each(loopbackForms)('written as %s is refused, though fetch would have got through', async (host) => {
    const url = `http://${host}:${port}/`
    expect(await (await fetch(url)).text()).toBe(secret)
    reached = 0
    const { lookup: _, ...withSystemLookup } = rules()
    expect(await refusal(createFetchOutside(withSystemLookup)(url))).toMatchObject({ code: 'address_refused' })
    expect(reached).toBe(0)
  })

  it.each(otherForms)('written as %s is refused', async (host) => {
    const { lookup: _, ...withSystemLookup } = rules()
    const error = await refusal(createFetchOutside(withSystemLookup)(`http://${host}:${port}/`))
    expect(error).toMatchObject({ code: 'address_refused' })
    expect(reached).toBe(0)
  })

  it.each(Object.keys(names).filter((name) => !/^(outside|rebinding|empty)/.test(name)))(
    'behind the name %s is refused',
    async (name) => {
      expect(await refusal(fetchOutside(`http://${name}:${port}/`))).toMatchObject({ code: 'address_refused' })
      expect(reached).toBe(0)
    },
  )
})

describe('a name that changes its answer', () => {
  it('is asked for once a request, and the socket goes to the address that was checked', async () => {
    const url = `http://rebinding.test:${outsidePort}/large`
    expect(await fetchOutside(url)).toMatchObject({ status: 200 })
    expect(asked.filter((name) => name === 'rebinding.test')).toHaveLength(1)
    expect(await refusal(fetchOutside(url))).toMatchObject({ code: 'address_refused' })
    expect(await refusal(fetchOutside(`http://rebinding.test:${port}/`))).toMatchObject({ code: 'address_refused' })
    expect(reached).toBe(0)
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %i to the inside is an answer, and nobody goes there', async (status) => {
    const headers = { 'x-status': String(status) }
    const answer = await fetchOutside(`http://outside.test:${outsidePort}/redirect`, { headers })
    expect(answer).toMatchObject({ status, headers: { location: `http://${inside}:${port}/` } })
    expect(reached).toBe(0)
  })
})

describe('a URL', () => {
  const placed = (pattern: string) => pattern.replace('PORT', String(port)).replace('OUT', String(outsidePort))
  it.each([
    'http://user:password@outside.test:OUT/large',
    'http://outside.test@127.0.0.1:PORT/',
    'http://outside.test:80@127.0.0.1:PORT/',
    'http://outside.test%00@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT\\@outside.test:OUT/',
    'http://127.0.0.1:PORT#@outside.test/',
    'http:127.0.0.1:PORT',
    'http:\\\\127.0.0.1:PORT',
    ' http://127.0.0.1:PORT/',
    'ht\ntp://127.0.0.1:PORT/',
    'file:///etc/passwd',
    'ftp://127.0.0.1:PORT/',
    'gopher://127.0.0.1:PORT/_GET',
    'data:text/plain,x',
    'ws://127.0.0.1:PORT/',
    'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
    'javascript:fetch("http://127.0.0.1:PORT")',
    '//127.0.0.1:PORT/',
    '127.0.0.1:PORT',
    'http://',
    'http://[::1%25lo]:PORT/',
    'http://outside.test:22/',
    'http://outside.test:6379/',
    'http://outside.test:5432/',
    'http://outside.test:65536/',
  ])('%j is refused', async (pattern) => {
    expect(await refusal(fetchOutside(placed(pattern)))).toMatchObject({ code: 'address_refused' })
    expect(reached).toBe(0)
  })

  it('of 3,000 characters is refused', async () => {
    expect(await refusal(fetchOutside(`http://outside.test:${outsidePort}/${'x'.repeat(3000)}`))).toMatchObject({
      code: 'address_refused',
    })
  })

  it('without TLS is refused where the installation asks for it', async () => {
    const strict = createFetchOutside({ ...rules(), allowHttp: false })
    expect(await refusal(strict(`http://outside.test:${outsidePort}/large`))).toMatchObject({ code: 'address_refused' })
  })
})

describe('an address that is allowed', () => {
  it('is called with method, headers and body, and its answer comes back', async () => {
    const answer = await fetchOutside(`http://outside.test:${outsidePort}/hook?x=1`, {
      method: 'POST',
      headers: { 'X-Signature': 'abc', Host: 'metadata.test', 'Accept-Encoding': 'gzip', Connection: 'keep-alive' },
      body: '{"grün":1}',
    })
    expect(answer).toMatchObject({ status: 201, headers: { 'x-answer': 'yes', 'set-cookie': 'a=1, b=2' } })
    expect(answer.body.toString()).toBe('taken')
    expect(seen).toMatchObject({
      body: '{"grün":1}',
      headers: {
        'x-signature': 'abc',
        host: `outside.test:${outsidePort}`,
        'accept-encoding': 'identity',
        connection: 'close',
        'content-length': '11',
      },
    })
  })

  it('is cut when the caller wants the beginning only, also when it never ends', async () => {
    for (const path of ['/large', '/endless']) {
      const url = `http://outside.test:${outsidePort}${path}`
      const answer = await fetchOutside(url, { maxBytes: 2048, cut: true, timeoutMs: 3000 })
      expect([answer.status, answer.body.toString()], path).toEqual([200, 'x'.repeat(2048)])
    }
  })

  it.each([
    ['is larger than allowed', '/large', 'larger than 4096 bytes'],
    ['never ends', '/endless', 'larger than 4096 bytes'],
    ['comes too slowly', '/drip', 'within 300 ms'],
    ['does not come', '/silent', 'within 300 ms'],
    ['has endless headers', '/long-headers', 'no proper answer'],
    ['breaks off', '/gone', 'no proper answer'],
  ])('is given up when its answer %s', async (_what, path, message) => {
    const error = await refusal(
      fetchOutside(`http://outside.test:${outsidePort}${path}`, { maxBytes: 4096, timeoutMs: 300 }),
    )
    expect(error).toMatchObject({ code: 'target_unreachable', message: expect.stringContaining(message) })
    expect(error.details).toBeUndefined()
  })

  it.each(['no-such-name', 'empty'])('says no more than that when there is nobody at %s.test', async (name) => {
    const error = await refusal(fetchOutside(`http://${name}.test:${port}/`))
    expect(error).toMatchObject({
      code: 'target_unreachable',
      message: expect.stringMatching(/^[^\n]*proper answer\.$/),
    })
  })

  it('says no more than that when it speaks something else', async () => {
    const server = createTcpServer((socket) => socket.resume().end('-ERR unknown command\r\n'))
    server.listen(0, outside)
    await once(server, 'listening')
    servers.push(server)
    const at = (server.address() as AddressInfo).port
    const call = createFetchOutside({ ...rules(), ports: [at] })
    for (const scheme of ['http', 'https']) {
      const error = await refusal(call(`${scheme}://outside.test:${at}/`))
      expect(error).toMatchObject({ code: 'target_unreachable', message: expect.not.stringContaining('ERR') })
    }
  })

  it('is given up when the caller does not want it any more', async () => {
    const controller = new AbortController()
    const call = fetchOutside(`http://outside.test:${outsidePort}/silent`, { signal: controller.signal })
    controller.abort(new Error('the worker is closing'))
    await expect(call).rejects.toThrow('the worker is closing')
  })
})
