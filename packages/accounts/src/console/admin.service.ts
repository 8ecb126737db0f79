// What a superadmin does to firms and people. Every act leaves a row in the platform's chain, and in the firm's when it
// is about one.
import { type AdminTenantView, type AdminUserView, AppError } from '@throughline/contracts'
import type { PlatformCtx } from '@throughline/db'
import { audit, auditPlatform } from '../audit/index.ts'
import type { SessionsEnded } from '../members/index.ts'
import { endSessionsOf, revokeSessionsIn } from '../sessions/index.ts'
import { holdSuperadmins, readTenant, readUser, storeTenantStatus, storeUserDisabled } from './console.repo.ts'
import { toTenantView, toUserView } from './console.views.ts'

async function findTenant({ db }: PlatformCtx, tenantId: string): Promise<AdminTenantView> {
  const row = await readTenant(db, tenantId)
  if (!row) throw new AppError('not_found')
  return toTenantView(row)
}

/** Writes it down for the platform and for the firm. */
function auditBoth(platform: PlatformCtx, tenantId: string, action: string, after?: object): void {
  const { db, actor, requestId, address } = platform
  const entry = { action, subject: 'tenant', subjectId: tenantId, after }
  auditPlatform(platform, entry)
  audit({ db, tenantId, actor, requestId, address }, entry)
}

/** One firm. Looking at it is written down. @throws AppError not_found */
export const viewTenant = (platform: PlatformCtx, tenantId: string): Promise<AdminTenantView> =>
  platform.db.transaction(async () => {
    const tenant = await findTenant(platform, tenantId)
    auditPlatform(platform, { action: 'tenant.viewed', subject: 'tenant', subjectId: tenantId })
    return tenant
  })

/** Nobody of this firm gets in any more; its people, machines and sockets are out within seconds. @throws AppError not_found */
export const suspendTenant = (
  platform: PlatformCtx,
  { tenantId, reason }: { tenantId: string; reason: string },
  sessionsEnded: SessionsEnded,
): Promise<AdminTenantView> =>
  platform.db.transaction(async () => {
    const { db } = platform
    await findTenant(platform, tenantId)
    if (await storeTenantStatus(db, tenantId, 'SUSPENDED')) {
      const ended = await revokeSessionsIn(db, tenantId)
      db.afterCommit(() => sessionsEnded(ended))
      auditBoth(platform, tenantId, 'tenant.suspended', { reason, sessionsEnded: ended.length })
    }
    return findTenant(platform, tenantId)
  })

/** @throws AppError not_found */
export const reactivateTenant = (platform: PlatformCtx, tenantId: string): Promise<AdminTenantView> =>
  platform.db.transaction(async () => {
    await findTenant(platform, tenantId)
    if (await storeTenantStatus(platform.db, tenantId, 'ACTIVE')) auditBoth(platform, tenantId, 'tenant.reactivated')
    return findTenant(platform, tenantId)
  })

/**
 * Shuts a person out of every firm and portal, or lets them in again.
 * @throws AppError not_found; conflict for oneself; forbidden for a superadmin who was shut out a moment ago
 */
export const setUserDisabled = (
  platform: PlatformCtx,
  { userId, disabled, reason }: { userId: string; disabled: boolean; reason?: string },
  sessionsEnded: SessionsEnded,
): Promise<AdminUserView> =>
  platform.db.transaction(async () => {
    const { db, actor } = platform
    if (userId === actor.id) throw new AppError('conflict', { message: 'Nobody shuts themselves out.' })
    // Two who shut each other out would leave nobody who could let anybody in.
    if (!actor.id || !(await holdSuperadmins(db)).includes(actor.id)) throw new AppError('forbidden')
    if (await storeUserDisabled(db, userId, disabled)) {
      const ended = disabled ? await endSessionsOf({ db, sessionsEnded }, userId, null) : 0
      const action = disabled ? 'user.disabled' : 'user.enabled'
      auditPlatform(platform, { action, subject: 'user', subjectId: userId, after: { reason, sessionsEnded: ended } })
    }
    const row = await readUser(db, userId)
    if (!row) throw new AppError('not_found')
    return toUserView(row)
  })
