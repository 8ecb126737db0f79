// Bytes that are no request, or more than one: sent as they are, over a connection of their own.
import { connect } from 'node:net'
import { errorBody } from '@throughline/contracts'
import fc from 'fast-check'
import type { Complaint } from './judge.ts'
import { leaksOf } from './leaks.ts'

const lines = fc.constantFrom(
  'GET / HTTP/1.1',
  'POST /tenant/v1/deals HTTP/1.1',
  'GET /tenant/v1/deals HTTP/1.0',
  'GET /tenant/v1/deals HTTP/9.9',
  'GET  /x HTTP/1.1',
  'get /health/live HTTP/1.1',
  'FOO /health/live HTTP/1.1',
  'CONNECT evil.test:443 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET http://evil.test/health/live HTTP/1.1',
  'GET //evil.test/health/live HTTP/1.1',
  'GET /%E0%A4%A HTTP/1.1',
  'GET /tenant/v1/deals/\u00ff\u0001 HTTP/1.1',
  'GET /socket.io/?EIO=4&transport=polling HTTP/1.1',
  'GET /socket.io/?EIO=9&transport=x HTTP/1.1',
  'POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1',
  `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  'GET /health/live',
  '\0\0\0',
  '\x16\x03\x01\x02\x00\x01',
  '',
)
const header = fc.constantFrom(
  'host: x',
  'host: x\r\nhost: y',
  'host:',
  'content-length: 5',
  'content-length: -1',
  'content-length: 99999999999',
  'content-length: 5\r\ncontent-length: 6',
  'transfer-encoding: chunked',
  'transfer-encoding: chunked\r\ncontent-length: 3',
  'transfer-encoding: gzip, chunked',
  'transfer-encoding: x',
  'content-type: application/json',
  'upgrade: websocket\r\nconnection: upgrade',
  'upgrade: h2c\r\nconnection: upgrade, http2-settings',
  'expect: 100-continue',
  'expect: x',
  'x: a\0b',
  'x: a\rb',
  ' folded: x',
  ': empty',
  'no colon',
  `x: ${'a'.repeat(20_000)}`,
  Array.from({ length: 3_000 }, (_, n) => `x${n}: 1`).join('\r\n'),
)
const bodies = fc.constantFrom(
  '',
  '{}',
  'hello',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\nhello\r\n',
  '-1\r\n',
  'ffffffffff\r\n',
  '\0',
)

/** What a connection may be sent instead of a request. */
export const brokenRequest: fc.Arbitrary<string> = fc
  .tuple(lines, fc.array(header, { maxLength: 4 }), bodies)
  .map(([line, headers, body]) => `${[line, ...headers].join('\r\n')}\r\nconnection: close\r\n\r\n${body}`)

const patienceMs = 5_000

/** Everything that comes back until either side closes. */
export function sendBytes(url: URL, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(url.port), url.hostname)
    socket.setEncoding('latin1').setTimeout(patienceMs, () => socket.destroy())
    socket.on('data', (text) => {
      answer += text
    })
    // A connection that is cut has been answered all the same, by cutting it.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(answer))
    socket.end(bytes, 'latin1')
  })
}

/** The body of the first answer: a connection may carry several. */
function firstBody(head: string, rest: string): string {
  const length = head.match(/^content-length: (\d+)/im)?.[1]
  return length === undefined ? rest.replace(/^[\da-f]+\r\n|\r\n0$|^0$/g, '') : rest.slice(0, Number(length))
}

function isRefusal(body: string): boolean {
  try {
    return errorBody.strict().safeParse(JSON.parse(body)).success
  } catch {
    return false // no JSON
  }
}

/** What is wrong with the first answer; nothing at all is a right answer to what is no request. */
export function complaintsOfBytes(bytes: string, answer: string): { status: number; complaints: Complaint[] } {
  const status = Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0)
  const complaints: Complaint[] = leaksOf(answer).map((kind) => ({ kind: `a refusal tells ${kind}`, detail: answer }))
  if (status >= 500) complaints.push({ kind: `status ${status}`, detail: answer })
  const [head = '', rest = ''] = answer.split('\r\n\r\n', 2)
  const body = firstBody(head, rest)
  // Node itself answers without a body where a request names no host, or expects what nobody knows; the socket server
  // has a protocol of its own.
  const isOurs = status >= 400 && body !== '' && !bytes.includes('/socket.io')
  if (isOurs && !isRefusal(body)) complaints.push({ kind: 'shape of a refusal', detail: answer })
  return { status, complaints }
}
