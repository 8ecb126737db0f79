// Who may pass. A router has one guard; a route adds the permission it needs and nothing else.
import { apiKeyPrefix } from '@throughline/accounts'
import {
  AppError,
  allowedWhileImpersonating,
  type Permission,
  type PlatformRole,
  type Role,
  roleAllows,
} from '@throughline/contracts'
import { type Ctx, type PlatformCtx, platformCtx, tenantCtx } from '@throughline/db'
import { newTraceparent, parseTraceparent } from '@throughline/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'
import { refuse } from './errors.ts'
import { portalOf } from './tokens.ts'

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
    readonly session: SessionOfRequest
  }
  interface FastifyInstance {
    /** Answers at once when nothing has to be waited for. @throws AppError when the caller may not pass */
    admit(request: FastifyRequest, guard: Exclude<Guard, 'public'>): Promise<void> | undefined
  }
}

export interface SessionOfRequest {
  id: string
  userId: string
  tenantId: string | null
  role: Role
  /** The superadmin who acts as `userId`. */
  impersonatorId?: string
}

interface State {
  ctx?: Ctx
  platform?: PlatformCtx
  session?: SessionOfRequest
}
/** A property of the request: what a WeakMap keeps of a request costs the garbage collector more than the rest of it. */
const admitted = Symbol('what the guard has found')
type Admitted = FastifyRequest & { [admitted]?: State }

const admit = (request: Admitted, state: State): void => {
  request[admitted] = state
}

function stateOf<K extends keyof State>(request: Admitted, key: K): NonNullable<State[K]> {
  const value = request[admitted]?.[key]
  if (!value) throw new Error(`${key} was asked for in a router whose guard does not give it`)
  return value
}

/** Lets a staff route work inside the one firm that it is about. */
export function enterTenant(request: Admitted, ctx: Ctx): void {
  admit(request, { ...request[admitted], ctx })
}

const staffRoles: Record<'reviewer' | 'superadmin', readonly PlatformRole[]> = {
  reviewer: ['reviewer', 'dm_admin', 'super_admin'],
  superadmin: ['super_admin'],
}
const cookiePortal = { tenant: 'dashboard', reviewer: 'dm', superadmin: 'manage' } as const
const changes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, bearer] = request.headers.authorization?.split(' ') ?? []
  return scheme?.toLowerCase() === 'bearer' ? bearer : undefined
}

/**
 * A cookie rides along with whatever a foreign page sends: a change by cookie must come from one of our pages. So must
 * what sets cookies, or a foreign page could sign somebody in to an account of its own.
 */
export function checkOrigin(request: FastifyRequest, allowed: readonly string[]): void {
  const { origin } = request.headers
  if (changes.has(request.method) && origin !== undefined && !allowed.includes(origin))
    throw new AppError('origin_refused')
}

/** What a context is told about its request. */
const originOf = (request: FastifyRequest) => ({
  requestId: request.id,
  address: request.ip,
  traceparent: parseTraceparent(request.headers.traceparent) ?? newTraceparent(),
  log: request.log,
})

function addAccessors(app: FastifyInstance): void {
  const accessor = <K extends keyof State>(key: K) => ({
    getter(this: FastifyRequest) {
      return stateOf(this, key)
    },
  })
  app.decorateRequest('ctx', accessor('ctx'))
  app.decorateRequest('platform', accessor('platform'))
  app.decorateRequest('session', accessor('session'))
}

/** A machine: its key says which firm, and its scopes what it may do there. */
async function admitMachine(key: string, request: FastifyRequest, guard: Guard, resources: Resources): Promise<void> {
  if (guard !== 'tenant')
    throw new AppError('forbidden', { message: 'An API key works in the routes of its firm only.' })
  const found = await resources.apiKeys.verify(key)
  if (!found)
    throw new AppError('unauthenticated', { message: 'This API key is not known, has ended, or was revoked.' })
  const { permission } = request.routeOptions.config
  if (permission && !found.scopes.includes(permission))
    throw new AppError('forbidden', { message: `This API key lacks the scope ${permission}.` })
  const actor = { kind: 'api_key', id: found.id, role: null } as const
  const scopes = found.scopes as Permission[]
  const ctx = tenantCtx(resources.database, { tenantId: found.tenantId, actor, scopes, ...originOf(request) })
  admit(request, { ctx })
}

function admitPerson(
  app: FastifyInstance,
  request: FastifyRequest,
  guard: Exclude<Guard, 'public'>,
  resources: Resources,
) {
  const { config, database } = resources
  const bearer = bearerOf(request)
  const portal = guard in cookiePortal ? cookiePortal[guard as keyof typeof cookiePortal] : portalOf(request.headers)
  const token = bearer ?? request.cookies[app.sessionCookies(portal).access]
  if (!token) throw new AppError('unauthenticated')
  const { role, sub, sid, tenantId = null, act, enrol } = app.verifyAccessToken(token)
  if (!bearer) checkOrigin(request, config.api.corsOrigins)
  if (enrol && guard !== 'anyone') throw new AppError('second_factor_enrolment_required')
  const session = { id: sid, userId: sub, tenantId, role, impersonatorId: act?.sub }
  if (guard === 'tenant') {
    if (tenantId === null) throw new AppError('forbidden')
    const actor = { kind: 'user', id: sub, role, impersonatorId: act?.sub } as const
    admit(request, { session, ctx: tenantCtx(database, { tenantId, actor, ...originOf(request) }) })
  } else if (guard === 'anyone') {
    admit(request, { session })
  } else {
    if (!staffRoles[guard].some((allowed) => allowed === role)) throw new AppError('forbidden')
    const actor = { kind: 'platform', id: sub, role } as const
    admit(request, { session, platform: platformCtx(database, { actor, ...originOf(request) }) })
  }
  const { permission } = request.routeOptions.config
  if (!permission) return
  if (!roleAllows(role, permission)) throw new AppError('forbidden')
  if (act && !allowedWhileImpersonating(permission)) throw new AppError('impersonation_refused')
}

export const guards = fp(
  async (app, resources: Resources) => {
    addAccessors(app)
    app.decorateRequest(admitted, undefined)
    const countFirm = (request: Admitted) => {
      const tenantId = request[admitted]?.ctx?.tenantId
      return tenantId ? app.countTenant(request, tenantId) : undefined
    }
    app.decorate('admit', (request: FastifyRequest, guard: Exclude<Guard, 'public'>) => {
      const bearer = bearerOf(request)
      if (bearer?.startsWith(apiKeyPrefix))
        return admitMachine(bearer, request, guard, resources).then(() => countFirm(request))
      admitPerson(app, request, guard, resources)
      return countFirm(request)
    })
  },
  { name: 'guards', dependencies: ['tokens', 'limits'] },
)

/** Puts one guard before every route of a router, and writes on each route that it is there. */
export function guardRouter(app: FastifyInstance, guard: Guard): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, guard }
  })
  if (guard === 'public') return
  app.addHook('onRequest', (request, reply, done) => {
    // Answered here: a library below this router may have an error handler of its own.
    const refused = (error: unknown) => void refuse(error, request, reply)
    try {
      const waiting = app.admit(request, guard)
      if (waiting) waiting.then(() => done(), refused)
      else done()
    } catch (error) {
      refused(error)
    }
  })
}
