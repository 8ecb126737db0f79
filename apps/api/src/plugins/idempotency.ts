// Every change happens once, however often it is asked for. Key, effect, audit, events and the answer commit in one
// transaction, so there is no moment in which one of them exists without the others. No route has to opt in.
import { setTimeout } from 'node:timers/promises'
import { AppError, kindOf } from '@throughline/contracts'
import { asIs, type Ctx, type Database, type Db, platformScope, tenantCtx } from '@throughline/db'
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'
import { enterTenant } from './guards.ts'
import {
  isAnsweredAlready,
  type KeyScope,
  readTaken,
  type StoredAnswer,
  storeAnswer,
  type TakenRow,
  takeKey,
} from './idempotency.repo.ts'
import { contentOf, keyOf } from './idempotency.request.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `after-upload`: streams first and calls `request.idempotently` itself. `none`: `because` says why. */
    idempotency?: 'after-upload' | 'none'
    /** The answer holds what nobody may read twice (a key, a code): it is kept encrypted. */
    secretAnswer?: boolean
    /** For staff: the firm that the change is about; its own transaction does it. @throws AppError not_found */
    tenantOf?(request: FastifyRequest): Promise<string>
  }
  interface FastifyInstance {
    /** For staff routes without idempotency: the context of the firm that the route names by `tenantOf`. */
    tenantCtxOf(request: FastifyRequest): Promise<Ctx>
  }
  interface FastifyRequest {
    /** For routes that stream: runs and answers like any other change; `parts` stand for the body that was streamed. */
    idempotently(reply: FastifyReply, parts: readonly string[], work: () => Promise<unknown>): Promise<FastifyReply>
  }
}

const keepSeconds = 72 * 60 * 60
/** A double click: the same person, the same route, the same body. */
const doubleClickSeconds = 10
const waitMs = 50
const waitTries = 40
const keptHeaders = ['location', 'etag'] as const

interface Place {
  db: Db
  scope: Pick<KeyScope, 'tenantId' | 'actorId'>
}

/** Where the change happens: in the caller's firm, in the firm that a staff route is about, or on the platform. */
async function placeOf(request: FastifyRequest, { database }: Resources): Promise<Place> {
  const { guard, tenantOf } = request.routeOptions.config
  if (guard === 'tenant') {
    const { db, tenantId, actor } = request.ctx
    if (!actor.id) throw new Error('a request without an actor')
    return { db, scope: { tenantId, actorId: actor.id } }
  }
  const actorId = request.session.userId
  if (!tenantOf) return { db: database.platform, scope: { tenantId: platformScope, actorId } }
  const ctx = await enterTenantOf(request, database)
  return { db: ctx.db, scope: { tenantId: ctx.tenantId, actorId } }
}

/** Staff enter the one firm that the route is about; from here on `request.ctx` is there. @throws AppError not_found */
async function enterTenantOf(request: FastifyRequest, database: Database): Promise<Ctx> {
  const { tenantOf } = request.routeOptions.config
  if (!tenantOf) throw new Error('the route does not say which firm it is about')
  const tenantId = await tenantOf(request)
  const { actor, requestId, address, traceparent, log } = request.platform
  const ctx = tenantCtx(database, { tenantId, actor, requestId, address, traceparent, log })
  enterTenant(request, ctx)
  return ctx
}

/** What the response schema makes of it: fields are chosen, never a whole row. */
function textOf(reply: FastifyReply, payload: unknown): string {
  if (payload === undefined || payload === null) return ''
  if (typeof payload === 'string') return payload
  return String(reply.serializeInput(payload as Record<string, unknown>, String(reply.statusCode)))
}

function answerOf(reply: FastifyReply, payload: unknown, fingerprint: string): StoredAnswer {
  const body = textOf(reply, payload)
  const headers = Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = reply.getHeader(name)
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
  return { fingerprint, statusCode: reply.statusCode, headers, body }
}

function send(reply: FastifyReply, { statusCode, headers, body }: StoredAnswer): FastifyReply {
  reply.code(statusCode).headers(headers)
  if (body === '') return reply.send()
  return reply
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(body)
}

class KeyTaken extends Error {}

/** How an answer is kept: as it is, or for nobody else to read. */
function keeperOf(request: FastifyRequest, { actorId, key }: KeyScope, { encryption }: Resources) {
  if (!request.routeOptions.config.secretAnswer) return { seal: asIs<StoredAnswer>, open: asIs<StoredAnswer> }
  const about = `answer:${actorId}:${key}`
  return {
    seal: (answer: StoredAnswer) => ({ ...answer, body: encryption.seal(answer.body, about) }),
    open: (answer: StoredAnswer) => ({ ...answer, body: encryption.open(answer.body, about) }),
  }
}

interface Attempt {
  db: Db
  scope: KeyScope
  keepSeconds: number
  /** The one to store, then those that it may have been stored under. */
  fingerprints: readonly [string, ...string[]]
  keeper: ReturnType<typeof keeperOf>
  run(): Promise<StoredAnswer>
}

const attempt = ({ db, scope, keepSeconds: keep, fingerprints, keeper, run }: Attempt) =>
  db.transactionAfter<TakenRow, { answer: StoredAnswer; replayed: boolean }>(takeKey(scope), async ([row]) => {
    const taken = await readTaken(db, scope, row)
    if (!taken) throw new KeyTaken()
    if (taken.answer) {
      if (!fingerprints.includes(taken.answer.fingerprint)) throw new AppError('idempotency_key_reused')
      return { answer: keeper.open(taken.answer), replayed: true }
    }
    const answer = await run()
    storeAnswer(db, { scope, answer: keeper.seal(answer), keepSeconds: keep })
    return { answer, replayed: false }
  })

async function runOnce(
  resources: Resources,
  { request, reply, parts }: { request: FastifyRequest; reply: FastifyReply; parts: readonly string[] },
  work: () => Promise<unknown>,
): Promise<FastifyReply> {
  const given = keyOf(request.headers['idempotency-key'])
  const { permission } = request.routeOptions.config
  if (!given && permission && kindOf(permission) === 'money') throw new AppError('idempotency_key_required')
  const fingerprints = resources.encryption.fingerprints(contentOf(request, parts))
  const [fingerprint] = fingerprints
  const place = await placeOf(request, resources)
  const scope = { ...place.scope, key: given ?? `same:${fingerprint}` }
  const trial: Attempt = {
    db: place.db,
    scope,
    keepSeconds: given ? keepSeconds : doubleClickSeconds,
    fingerprints,
    keeper: keeperOf(request, scope, resources),
    run: async () => answerOf(reply, await work(), fingerprint),
  }
  for (let tries = 0; tries < waitTries; tries++) {
    try {
      const { answer, replayed } = await attempt(trial)
      if (replayed) reply.header('idempotency-replayed', 'true')
      return send(reply, answer)
    } catch (error) {
      if (!(error instanceof KeyTaken || isAnsweredAlready(error))) throw error
      // The connection is free again while it waits: the one who holds the key may need it.
      await setTimeout(waitMs)
    }
  }
  throw new AppError('request_in_progress')
}

export const idempotency = fp(
  async (app, resources: Resources) => {
    app.decorateRequest(
      'idempotently',
      function (this: FastifyRequest, reply: FastifyReply, parts: readonly string[], work: () => Promise<unknown>) {
        return runOnce(resources, { request: this, reply, parts }, work)
      },
    )
    app.decorate('tenantCtxOf', (request: FastifyRequest) => enterTenantOf(request, resources.database))
    app.addHook('onRoute', (route) => {
      const isChange = [route.method].flat().some((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
      if (!isChange || route.config?.idempotency || route.config?.servedByLibrary) return
      const handler: RouteHandlerMethod = route.handler
      route.handler = function (request, reply) {
        return runOnce(resources, { request, reply, parts: [] }, async () => handler.call(this, request, reply))
      }
    })
  },
  { name: 'idempotency', dependencies: ['guards'] },
)
