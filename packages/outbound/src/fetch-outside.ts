// Requests to addresses that users gave. The name is resolved once, every address of it is checked, and the socket goes
// to one of these very addresses: there is no second look-up that could answer something else (docs/adr/0009).
import { lookup as systemLookup } from 'node:dns/promises'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { AppError } from '@throughline/contracts'
import { assertAllowed, checkedUrl, hostOf, type OutboundPolicy } from './policy.ts'

export interface OutsideRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** More than this is refused. 1 MiB. */
  maxBytes?: number
  /** Takes the first `maxBytes` of a longer answer instead of refusing it, and does not read on. */
  cut?: boolean
  /** Milliseconds from the look-up to the last byte. 10,000. */
  timeoutMs?: number
  /** Ends the request early; its reason is thrown. */
  signal?: AbortSignal
}

export interface OutsideAnswer {
  /** 3xx as well: a redirect is an answer, and is not followed. */
  status: number
  /** Names in lower case; a header that came more than once is joined by commas. */
  headers: Record<string, string>
  body: Buffer
}

/**
 * Calls a URL that a user gave.
 * @throws AppError address_refused before anything is sent; target_unreachable when there was no answer, or one that is
 * too large or too late. Neither says what stands behind an address.
 */
export type FetchOutside = (url: string, request?: OutsideRequest) => Promise<OutsideAnswer>

const defaultMaxBytes = 1024 * 1024
const defaultTimeoutMs = 10_000
const maxHeaderBytes = 16 * 1024
/** Ours to set: they decide which host is meant, how long the body is, and what becomes of the connection. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'upgrade',
])

const unreachable = (message?: string, cause?: unknown): AppError =>
  new AppError('target_unreachable', { message, cause })

/** All addresses of a name, and none when one of them is not allowed: a mixed answer is an attempt. */
async function resolveAllowed(hostname: string, policy: OutboundPolicy) {
  const lookup = policy.lookup ?? ((name: string) => systemLookup(name, { all: true }))
  const addresses = await lookup(hostname)
  for (const { address } of addresses) assertAllowed(address, policy)
  return addresses
}

/** Node asks it once for each socket, and never for an address, which `checkedUrl` has seen. */
const guardedLookup =
  (policy: OutboundPolicy): LookupFunction =>
  (hostname, { all }, answer) => {
    resolveAllowed(hostname, policy).then(
      (addresses) => {
        const [first] = addresses
        if (!first) answer(new Error(`${hostname} has no address`), [])
        else if (all) answer(null, addresses)
        else answer(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => answer(error, []),
    )
  }

function headersFor({ headers = {}, body }: OutsideRequest): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    ...Object.fromEntries(given.filter(([name]) => !ownHeaders.has(name))),
    // Nothing is unpacked, so a small answer cannot become a large one.
    'accept-encoding': 'identity',
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  }
}

/** Sends the request; settles with the head of the answer. */
function send(url: URL, input: OutsideRequest, { policy, signal }: { policy: OutboundPolicy; signal: AbortSignal }) {
  const isSecure = url.protocol === 'https:'
  const [request, Agent] = isSecure ? ([httpsRequest, HttpsAgent] as const) : ([httpRequest, HttpAgent] as const)
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({
      protocol: url.protocol,
      hostname: hostOf(url),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      method: input.method ?? 'GET',
      headers: headersFor(input),
      maxHeaderSize: maxHeaderBytes,
      lookup: guardedLookup(policy),
      // A connection of its own: none that was opened before, and none through a proxy that resolves names itself.
      agent: new Agent({ keepAlive: false }),
      signal,
    })
    // Stays for as long as the request does: it may fail after its answer has begun.
    sent.on('error', reject)
    sent.on('response', resolve)
    sent.end(input.body)
  })
}

async function readBody(answer: IncomingMessage, maxBytes: number, cut: boolean): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.byteLength
    chunks.push(chunk)
    if (size <= maxBytes) continue
    if (cut) break
    throw unreachable(`The answer is larger than ${maxBytes} bytes.`)
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )

/** The way out for the rules of one installation. */
export function createFetchOutside(policy: OutboundPolicy): FetchOutside {
  return async (text, input = {}) => {
    const { maxBytes = defaultMaxBytes, timeoutMs = defaultTimeoutMs, cut = false } = input
    const url = checkedUrl(text, policy)
    const deadline = AbortSignal.timeout(timeoutMs)
    const signal = input.signal ? AbortSignal.any([input.signal, deadline]) : deadline
    let answer: IncomingMessage | undefined
    try {
      answer = await send(url, input, { policy, signal })
      const body = await readBody(answer, maxBytes, cut)
      return { status: answer.statusCode ?? 0, headers: headersOf(answer), body }
    } catch (error) {
      input.signal?.throwIfAborted()
      if (error instanceof AppError) throw error
      throw unreachable(deadline.aborted ? `There was no answer within ${timeoutMs} ms.` : undefined, error)
    } finally {
      answer?.destroy()
    }
  }
}
