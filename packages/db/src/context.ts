// Who does what, for whom: the first argument of every service, the same from a route, a job and a test.
import { type Permission, permissions, permissionsOf, type Role } from '@throughline/contracts'
import type { Database, PlatformDb, TenantDb } from './database.ts'

export interface Actor {
  kind: 'user' | 'platform' | 'system'
  /** The user's id; null for the system itself. */
  id: string | null
  role: Role | null
}

/** The part of pino that services use. */
export interface Log {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

interface Common {
  readonly actor: Actor
  readonly permissions: ReadonlySet<Permission>
  readonly requestId: string | null
  readonly traceparent: string | null
  readonly log: Log
  readonly now: () => Date
}

/** Work inside one tenant. */
export interface Ctx extends Common {
  readonly tenantId: string
  readonly db: TenantDb
}

/** Work of platform staff across tenants, always by explicit id. */
export interface PlatformCtx extends Common {
  readonly database: Database
  readonly db: PlatformDb
}

export interface CtxInput {
  actor: Actor
  requestId?: string | null
  traceparent?: string | null
  log: Log
  now?: () => Date
}

export const systemActor: Actor = { kind: 'system', id: null, role: null }

function common({ actor, requestId = null, traceparent = null, log, now = () => new Date() }: CtxInput): Common {
  const allowed = actor.kind === 'system' ? permissions : actor.role ? permissionsOf[actor.role] : []
  return { actor, permissions: new Set(allowed), requestId, traceparent, log, now }
}

/** The context of work in one tenant. The permissions follow from the actor's role; the system may do all. */
export const tenantCtx = (database: Database, { tenantId, ...input }: CtxInput & { tenantId: string }): Ctx => ({
  ...common(input),
  tenantId,
  db: database.tenant(tenantId),
})

/** The context of work that crosses tenants. */
export const platformCtx = (database: Database, input: CtxInput): PlatformCtx => ({
  ...common(input),
  database,
  db: database.platform,
})
