// Who may pass. A router has one guard; a route adds the permission it needs and nothing else.
import { AppError, type Permission, type PlatformRole, type Role, roleAllows } from '@throughline/contracts'
import { type Ctx, type PlatformCtx, platformCtx, tenantCtx } from '@throughline/db'
import { newTraceparent, parseTraceparent } from '@throughline/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'
import { refuse } from './errors.ts'
import { accessCookie, portalOf } from './tokens.ts'

/** `tenant`: a member of a firm. `reviewer`, `superadmin`: staff. `anyone`: whoever is signed in. */
export type Guard = 'tenant' | 'reviewer' | 'superadmin' | 'anyone' | 'public'

declare module 'fastify' {
  interface FastifyContextConfig {
    guard?: Guard
    permission?: Permission
    /** For a public route, or one without idempotency: why that is right. */
    because?: string
  }
  interface FastifyRequest {
    /** Work inside the caller's firm. */
    readonly ctx: Ctx
    /** Work of staff across firms. */
    readonly platform: PlatformCtx
    /** The session of whoever is signed in. */
    readonly session: { id: string; userId: string; tenantId: string | null; role: Role }
  }
}

interface State {
  ctx?: Ctx
  platform?: PlatformCtx
  session?: FastifyRequest['session']
}
const states = new WeakMap<FastifyRequest, State>()

function stateOf<K extends keyof State>(request: FastifyRequest, key: K): NonNullable<State[K]> {
  const value = states.get(request)?.[key]
  if (!value) throw new Error(`${key} was asked for in a router whose guard does not give it`)
  return value
}

/** Lets a staff route work inside the one firm that it is about. */
export function enterTenant(request: FastifyRequest, ctx: Ctx): void {
  states.set(request, { ...states.get(request), ctx })
}

const staffRoles: Record<'reviewer' | 'superadmin', readonly PlatformRole[]> = {
  reviewer: ['reviewer', 'dm_admin', 'super_admin'],
  superadmin: ['super_admin'],
}
const cookiePortal = { tenant: 'dashboard', reviewer: 'dm', superadmin: 'manage' } as const
const changes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

function tokenOf(request: FastifyRequest, guard: Guard): { token: string; fromCookie: boolean } {
  const [scheme, bearer] = request.headers.authorization?.split(' ') ?? []
  if (scheme?.toLowerCase() === 'bearer' && bearer) return { token: bearer, fromCookie: false }
  const portal = guard in cookiePortal ? cookiePortal[guard as keyof typeof cookiePortal] : portalOf(request.headers)
  const token = request.cookies[accessCookie(portal)]
  if (!token) throw new AppError('unauthenticated')
  return { token, fromCookie: true }
}

/** A cookie rides along with whatever a foreign page sends: a change by cookie must come from one of our pages. */
function checkOrigin(request: FastifyRequest, allowed: readonly string[]): void {
  const { origin } = request.headers
  if (changes.has(request.method) && origin !== undefined && !allowed.includes(origin))
    throw new AppError('origin_refused')
}

export const guards = fp(
  async (app, { config, database }: Resources) => {
    app.decorateRequest('ctx', {
      getter: function (this: FastifyRequest) {
        return stateOf(this, 'ctx')
      },
    })
    app.decorateRequest('platform', {
      getter: function (this: FastifyRequest) {
        return stateOf(this, 'platform')
      },
    })
    app.decorateRequest('session', {
      getter: function (this: FastifyRequest) {
        return stateOf(this, 'session')
      },
    })

    app.decorate('admit', async (request: FastifyRequest, guard: Exclude<Guard, 'public'>) => {
      const { token, fromCookie } = tokenOf(request, guard)
      const claims = app.verifyAccessToken(token)
      if (fromCookie) checkOrigin(request, config.api.corsOrigins)
      const { role, sub, sid } = claims
      const tenantId = claims.tenantId ?? null
      const session = { id: sid, userId: sub, tenantId, role }
      const traceparent = parseTraceparent(request.headers.traceparent) ?? newTraceparent()
      const common = { requestId: request.id, traceparent, log: request.log }
      if (guard === 'tenant') {
        if (tenantId === null) throw new AppError('forbidden')
        const actor = { kind: 'user', id: sub, role } as const
        states.set(request, { session, ctx: tenantCtx(database, { tenantId, actor, ...common }) })
      } else if (guard === 'anyone') {
        states.set(request, { session })
      } else {
        if (!staffRoles[guard].some((allowed) => allowed === role)) throw new AppError('forbidden')
        const actor = { kind: 'platform', id: sub, role } as const
        states.set(request, { session, platform: platformCtx(database, { actor, ...common }) })
      }
      const { permission } = request.routeOptions.config
      if (permission && !roleAllows(role, permission)) throw new AppError('forbidden')
    })
  },
  { name: 'guards', dependencies: ['tokens'] },
)

declare module 'fastify' {
  interface FastifyInstance {
    admit(request: FastifyRequest, guard: Exclude<Guard, 'public'>): Promise<void>
  }
}

/** Puts one guard before every route of a router, and writes on each route that it is there. */
export function guardRouter(app: FastifyInstance, guard: Guard): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, guard }
  })
  if (guard === 'public') return
  app.addHook('onRequest', async (request, reply) => {
    try {
      await app.admit(request, guard)
    } catch (error) {
      // Answered here: a library below this router may have an error handler of its own.
      return refuse(error, request, reply)
    }
  })
}
