// A node of the socket server on a test world, and tokens for it.
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccessClaims } from '@throughline/contracts'
import { sql } from '@throughline/db'
import type { TestTenant, TestWorld } from '@throughline/testing'
import type { SocketRefusal } from './refusals.ts'
import { createSocketServer } from './socket-server.ts'

export interface TestNode {
  url: string
  /** Everything that it has turned away, in order. */
  refused: SocketRefusal[]
  endSession(sessionId: string): void
  /** Ends it as soon as its next socket was let in, before that is in any room. */
  endBehindTheDoor(sessionId: string): void
  close(): Promise<void>
}

/** Tokens of the test: what a real one would say, as JSON. Their signature is the API's business and is tested there. */
export const tokenOf = (claims: Partial<AccessClaims>): string => JSON.stringify(claims)

export const claimsOf = (tenant: TestTenant | null, sid = crypto.randomUUID(), lifeSeconds = 60): AccessClaims =>
  ({
    sub: tenant ? tenant.members.manager.id : crypto.randomUUID(),
    sid,
    jti: crypto.randomUUID(),
    type: 'access',
    iat: 0,
    exp: Date.now() / 1000 + lifeSeconds,
    ...(tenant ? { role: 'manager', tenantId: tenant.id } : { role: 'reviewer' }),
  }) as AccessClaims

export async function startTestNode({ config, database, log }: TestWorld): Promise<TestNode> {
  const refused: SocketRefusal[] = []
  const ends = new EventEmitter<{ session: [string] }>()
  const ended = new Set<string>()
  const endsBehindTheDoor = new Set<string>()
  const endSession = (sessionId: string) => {
    ended.add(sessionId)
    ends.emit('session', sessionId)
  }
  const http = createServer((_request, response) => void response.writeHead(404).end())
  const sockets = await createSocketServer({
    httpServer: http,
    config,
    database,
    log,
    fundsThere: async (tenantId, fundIds) =>
      (
        await database
          .tenant(tenantId)
          .query<{ id: string }>(
            sql`select id from funds where tenant_id = ${tenantId}::uuid and id = any(${[...fundIds]}::uuid[])`,
          )
      ).map(({ id }) => id),
    whenSessionEnds: (listener) => void ends.on('session', listener),
    onRefused: (reason) => refused.push(reason),
    async authenticate(_request, token) {
      if (!token) throw new Error('no token')
      const claims: AccessClaims = JSON.parse(token)
      if (claims.exp * 1000 < Date.now()) throw new Error('expired')
      if (ended.has(claims.sid)) throw new Error('ended')
      if (endsBehindTheDoor.delete(claims.sid)) endSession(claims.sid)
      return claims
    },
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    refused,
    endSession,
    endBehindTheDoor: (sessionId) => void endsBehindTheDoor.add(sessionId),
    async close() {
      await sockets.close()
      http.close()
    },
  }
}
