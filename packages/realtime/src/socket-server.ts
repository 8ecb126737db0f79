// Socket.IO for browsers: a hint that something is new. What a client missed it reads over HTTP by number.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import type { Config } from '@throughline/config'
import type { AccessClaims } from '@throughline/contracts'
import type { Database, Log } from '@throughline/db'
import { Redis } from 'ioredis'
import { Server, type Socket } from 'socket.io'
import * as z from 'zod'
import { EventBridge } from './bridge.ts'
import { type FundsThere, openFundRooms } from './fund-rooms.ts'
import { briefly, createRefuse, guardConnections, originOf, type Refuse, type SocketRefusal } from './refusals.ts'
import { roomsOf, sessionRoom } from './rooms.ts'

export interface SocketServerOptions {
  httpServer: HttpServer
  config: Pick<Config, 'api' | 'redis'>
  database: Database
  /** Reads the token of a handshake. @throws when there is none or it is not valid */
  authenticate(request: IncomingMessage, token: string | undefined): Promise<AccessClaims>
  /** Asked before a socket may hear of a fund. */
  fundsThere: FundsThere
  log: Log
  /** Tells which session has just ended, however this node came to know: its sockets are closed. */
  whenSessionEnds(listener: (sessionId: string) => void): void
  /** Told of everything that is turned away, to be counted; it is logged already. */
  onRefused(reason: SocketRefusal): void
}

export interface SocketServer {
  io: Server
  close(): Promise<void>
}

/** Clients send nothing but a join at most; a large frame is an attack. */
const maxFrameBytes = 64 * 1024
const paths = ['/socket.io', '/api/socket.io']
const handshakeAuth = z.object({ token: z.string().max(4096).optional() }).catch({})

const originAllowed = (origin: string | undefined, allowed: readonly string[]): boolean =>
  // No Origin: not a browser, so no cookie that a foreign page could ride on.
  origin === undefined || allowed.includes(origin)

/** The portals' same-origin path and the bare one are the same door. */
function onePath(httpServer: HttpServer): void {
  const rewrite = (request: IncomingMessage) => {
    if (request.url?.startsWith(`${paths[1]}`)) request.url = request.url.slice('/api'.length)
  }
  httpServer.prependListener('request', rewrite)
  httpServer.prependListener('upgrade', rewrite)
}

/** Opens the socket server on the API's own HTTP server and connects it with the other nodes. */
export async function createSocketServer(options: SocketServerOptions): Promise<SocketServer> {
  const { httpServer, config, database, log } = options
  const refuse = createRefuse(log, options.onRefused)
  const publisher = new Redis(config.redis.url, { maxRetriesPerRequest: null })
  const connections = [publisher, publisher.duplicate(), publisher.duplicate()] as const
  const [, adapterSubscriber, subscriber] = connections
  for (const connection of connections)
    connection.on('error', (error) => log.warn({ reason: error.message }, 'redis (sockets)'))

  const io = new Server(httpServer, {
    path: paths[0],
    addTrailingSlash: false,
    maxHttpBufferSize: maxFrameBytes,
    serveClient: false,
    allowRequest: (request, done) => done(null, originAllowed(request.headers.origin, config.api.corsOrigins)),
    cors: { origin: [...config.api.corsOrigins], credentials: true },
    adapter: createAdapter(publisher, adapterSubscriber, { key: `${config.redis.prefix}:socket.io` }),
  })

  guardConnections(io, httpServer, refuse)
  // After Engine.IO has put itself in front of every listener: the rewriting comes first.
  onePath(httpServer)

  const authenticate = (socket: Socket) =>
    options.authenticate(socket.request, handshakeAuth.parse(socket.handshake.auth).token)
  io.use((socket, next) => {
    authenticate(socket).then(
      (claims) => {
        socket.data = { claims }
        next()
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : 'unknown'
        refuse('token', { ...originOf(socket.request), why })
        next(new Error('unauthenticated'))
      },
    )
  })

  const bridge = new EventBridge({ io, subscriber, prefix: config.redis.prefix, database, log })
  io.on(
    'connection',
    (socket) => void welcome(socket, { authenticate, bridge, refuse, fundsThere: options.fundsThere, log }),
  )
  await bridge.start()
  options.whenSessionEnds((sessionId) => io.local.in(sessionRoom(sessionId)).disconnectSockets(true))

  return {
    io,
    async close() {
      await bridge.close()
      await io.close()
      for (const connection of connections) connection.disconnect()
    },
  }
}

/** A client names no room: what it may hear follows from its token, and from the fund that it shows. */
function refuseMessages(socket: Socket, { sub: userId, tenantId }: AccessClaims, refuse: Refuse): void {
  const from = { userId, tenantId, ...originOf(socket.request) }
  socket.onAny((event: string) => {
    if (event !== 'join' && event !== 'leave') refuse('message', { ...from, event: briefly(event) })
  })
  socket.on('error', () => refuse('frame', from))
}

interface Hall {
  authenticate(socket: Socket): Promise<AccessClaims>
  bridge: EventBridge
  refuse: Refuse
  fundsThere: FundsThere
  log: Log
}

async function welcome(socket: Socket, { bridge, ...hall }: Hall): Promise<void> {
  const { claims }: { claims: AccessClaims } = socket.data
  refuseMessages(socket, claims, hall.refuse)
  openFundRooms({ socket, claims, ...hall })
  const untilExpiry = claims.exp * 1000 - Date.now()
  const expiry = setTimeout(() => socket.disconnect(true), untilExpiry)
  expiry.unref()
  socket.on('disconnect', () => clearTimeout(expiry))
  if (claims.tenantId) await bridge.watch(claims.tenantId)
  await socket.join(roomsOf(claims))
  // A session that ended since the door had no socket in its room to be closed.
  const isStillIn = await hall.authenticate(socket).then(
    () => true,
    () => false,
  )
  if (!isStillIn) return void socket.disconnect(true)
  // From here on it hears everything; what happened before, it reads by number.
  socket.emit('ready')
}
