// What the socket server refuses is counted and logged, and a connection that goes on asking is closed.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Log } from '@throughline/db'
import type { Server, Socket } from 'socket.io'

/**
 * Why something was refused; few, because each is a label of a metric.
 * - `origin`: a page that is not ours
 * - `handshake`: a transport, version or session that does not exist
 * - `token`: none, or one that is not valid (any more)
 * - `namespace`: one that does not exist
 * - `room`: a room by its name, or of a fund that is not for this token
 * - `message`: anything else that a client said
 * - `frame`: too large, or not of the protocol
 * - `flood`: too many packets; the connection was closed
 */
export type SocketRefusal = 'origin' | 'handshake' | 'token' | 'namespace' | 'room' | 'message' | 'frame' | 'flood'

export type Refuse = (reason: SocketRefusal, details: object) => void

type Connection = Socket['conn']

/**
 * A client says hello, goodbye, and which fund it shows; whoever says more than this at once is not one of ours. Each
 * second gives one back, so that a tab which goes from fund to fund for days is none.
 */
export const maxPackets = 20
const giveBackMs = 1_000
/** Engine.IO's code for a handshake that `allowRequest` has turned down. */
const forbidden = 4
/** What `ws` calls a frame that is too large or no frame at all. */
const brokenFrame = /RangeError|Invalid WebSocket frame/

export const createRefuse =
  (log: Log, onRefused: (reason: SocketRefusal) => void): Refuse =>
  (reason, details) => {
    onRefused(reason)
    log.warn({ reason, ...details }, 'a socket was refused')
  }

/** Where a request came from, for the log. */
export const originOf = ({ socket, headers }: IncomingMessage) => ({
  address: socket.remoteAddress,
  forwardedFor: headers['x-forwarded-for'],
  origin: headers.origin,
})

/** What a client sent, short enough for a log line. It can be anything: to make text of an object may throw. */
export const briefly = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : typeof value)

/** Refuses what does not even become a socket: handshakes, namespaces, frames, floods. */
export function guardConnections(io: Server, httpServer: HttpServer, refuse: Refuse): void {
  io.engine.on('connection_error', ({ req, code, message }: { req: IncomingMessage; code: number; message: string }) =>
    refuse(code === forbidden ? 'origin' : 'handshake', { ...originOf(req), message }),
  )
  io.engine.on('connection', (connection: Connection) => guardConnection(connection, refuse))
  // Asked for every namespace that does not exist, which is every one but the first.
  io.of((namespace, _auth, next) => {
    refuse('namespace', { namespace: briefly(namespace) })
    next(null, false)
  })
  httpServer.prependListener('request', (request, response) => {
    // Long polling answers a body that is too large by itself and tells nobody.
    if (!request.url?.startsWith(io.path())) return
    response.once('finish', () => response.statusCode === 413 && refuse('frame', originOf(request)))
  })
}

function guardConnection(connection: Connection, refuse: Refuse): void {
  const from = originOf(connection.request)
  let packets = 0
  let since = Date.now()
  connection.on('packet', ({ type }: { type: string }) => {
    // The answer to our own heartbeat.
    if (type === 'pong') return
    const givenBack = Math.min(packets, Math.floor((Date.now() - since) / giveBackMs))
    since = givenBack === packets ? Date.now() : since + givenBack * giveBackMs
    packets += 1 - givenBack
    if (packets <= maxPackets) return
    refuse('flood', { ...from, packets })
    connection.close(true)
  })
  connection.on('close', (why: string, error?: Error) => {
    if (why === 'parse error' || brokenFrame.test(error?.message ?? '')) refuse('frame', { ...from, why })
  })
}
