import type { Actor, Log, PlatformDb } from '@throughline/db'
import { platformScope } from '@throughline/db'
import type { JobOrigin } from '@throughline/jobs'
import { type AuditInput, audit } from '../audit/index.ts'
import type { Encryption } from '../encryption/index.ts'
import type { Throttle } from '../throttle/index.ts'

/** What signing in and one's own account need: nobody is in a firm yet, so it is the platform's database. */
export interface AuthContext {
  db: PlatformDb
  log: Log
  requestId: string | null
  traceparent: string | null
  /** Where the request came from. */
  address: string
  throttle: Throttle
  encryption: Encryption
  now: () => Date
  /** Tells every node which sessions have ended. */
  sessionsEnded(ids: readonly string[]): Promise<void>
}

export interface SessionOfEntry extends Partial<Pick<Actor, 'role' | 'impersonatorId'>> {
  /** The firm that the session works in: its administrators see who signs in and out. */
  tenantId?: string | null
}

/** An audit row in the name of this user: in the chain of the session's firm, else in the platform's own. */
export const auditUser = (
  { db, requestId, address }: AuthContext,
  userId: string | null,
  input: AuditInput,
  { role = null, impersonatorId, tenantId }: SessionOfEntry = {},
): void =>
  audit(
    {
      db,
      tenantId: tenantId ?? platformScope,
      requestId,
      address,
      actor: { kind: 'user', id: userId, role, impersonatorId },
    },
    input,
  )

/** For jobs about an account, which belong to no firm. */
export const jobOriginOf = ({ db, requestId, traceparent }: AuthContext, userId: string | null): JobOrigin => ({
  db,
  tenantId: platformScope,
  actor: { kind: 'user', id: userId, role: null },
  requestId,
  traceparent,
})
