// Who does what, for whom: the first argument of every service, the same from a route, a job and a test.
import { type Permission, permissions, permissionsOf, type Role } from '@throughline/contracts'
import type { AnswerStore } from './answer-store.ts'
import type { Database, PlatformDb, TenantDb } from './database.ts'

export interface Actor {
  /** `api_key`: a machine of a firm, whose id is the key's. */
  kind: 'user' | 'platform' | 'system' | 'api_key'
  /** The user's or key's id; null for the system itself. */
  id: string | null
  role: Role | null
  /** The superadmin who acts as this user. */
  impersonatorId?: string
}

/** The member that an actor is; nobody for machines, staff and the system. */
export const memberIdOf = ({ kind, id }: Actor): string | null => (kind === 'user' ? id : null)

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
  /** Where the request came from; null for jobs. */
  readonly address: string | null
  readonly traceparent: string | null
  readonly log: Log
  readonly now: () => Date
}

/** Work inside one tenant. */
export interface Ctx extends Common {
  readonly tenantId: string
  readonly db: TenantDb
  /** Nothing where answers are always computed. */
  readonly answers: AnswerStore | undefined
}

/** Work of platform staff across tenants, always by explicit id. */
export interface PlatformCtx extends Common {
  readonly database: Database
  readonly db: PlatformDb
}

export interface CtxInput {
  actor: Actor
  /** What an API key may do; for everybody else it follows from the role. */
  scopes?: readonly Permission[]
  requestId?: string | null
  address?: string | null
  traceparent?: string | null
  log: Log
  now?: () => Date
}

export const systemActor: Actor = { kind: 'system', id: null, role: null }

function common({ actor, scopes = [], log, now = () => new Date(), ...origin }: CtxInput): Common {
  const { requestId = null, address = null, traceparent = null } = origin
  const allowed = actor.kind === 'system' ? permissions : actor.role ? permissionsOf[actor.role] : scopes
  return { actor, permissions: new Set(allowed), requestId, address, traceparent, log, now }
}

/** Stands where a tenant's id would, for what belongs to no firm: jobs, audit and idempotency of the platform itself. */
export const platformScope = '00000000-0000-0000-0000-000000000000'

/** The context of work in one tenant. The permissions follow from the actor's role; the system may do all. */
export const tenantCtx = (database: Database, { tenantId, ...input }: CtxInput & { tenantId: string }): Ctx => ({
  ...common(input),
  tenantId,
  db: database.tenant(tenantId),
  answers: database.answers,
})

/** The context of work that crosses tenants. */
export const platformCtx = (database: Database, input: CtxInput): PlatformCtx => ({
  ...common(input),
  database,
  db: database.platform,
})
