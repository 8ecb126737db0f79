import type { PlatformRole, Role, TenantRole } from './auth.ts'

/**
 * What a permission is about. A superadmin who acts as somebody else may neither move money nor touch identity; a
 * machine is never given identity; money needs an Idempotency-Key.
 */
export type PermissionKind = 'read' | 'write' | 'money' | 'identity'

/** What a route may ask for. The one list; a route that names another does not compile. */
export const permissionKinds = {
  'deal:read': 'read',
  'deal:create': 'write',
  'deal:update': 'write',
  'deal:delete': 'write',
  'deal:bulk_delete': 'write',
  'deal:import': 'write',
  'deal:export': 'read',
  'company:read': 'read',
  'company:create': 'write',
  'company:update': 'write',
  'contact:read': 'read',
  'contact:create': 'write',
  'contact:update': 'write',
  'record:merge': 'write',
  'record:purge': 'write',
  'view:share': 'write',
  'lead:create': 'write',
  'lead:review': 'write',
  'webhook:manage': 'identity',
  'fund:read': 'read',
  'fund:update': 'write',
  'investor:update': 'write',
  'investor:bank': 'identity',
  'commitment:change': 'money',
  'allocation:change': 'money',
  'capital_call:draft': 'write',
  'capital_call:approve': 'money',
  'capital_call:issue': 'money',
  'payment:record': 'money',
  'payment:reverse': 'money',
  'distribution:draft': 'write',
  'distribution:approve': 'money',
  'distribution:issue': 'money',
  'ledger:post': 'money',
  'fund_document:create': 'write',
  'fund_import:commit': 'money',
  'reconciliation:repair': 'money',
  'activity:read': 'read',
  'activity:create': 'write',
  'knowledge:read': 'read',
  'knowledge:update': 'write',
  'settings:read': 'read',
  'settings:update': 'write',
  'member:read': 'read',
  'member:manage': 'identity',
  'api_key:manage': 'identity',
  'security:manage': 'identity',
  'audit:read': 'read',
  'job:read': 'read',
  'event:read': 'read',
  'file:read': 'read',
  'notification:read': 'read',
  'review:read': 'read',
  'review:decide': 'write',
  'platform:read': 'read',
  'platform:replay': 'write',
  'platform:manage': 'identity',
  'platform:impersonate': 'identity',
  'session:own': 'read',
  'account:manage': 'identity',
} as const satisfies Record<string, PermissionKind>
export type Permission = keyof typeof permissionKinds
export const kindOf = (permission: Permission): PermissionKind => permissionKinds[permission]
export const permissions = Object.keys(permissionKinds) as [Permission, ...Permission[]]

const own: readonly Permission[] = ['session:own', 'account:manage']
const viewer: readonly Permission[] = [
  'deal:read',
  'fund:read',
  'company:read',
  'contact:read',
  'activity:read',
  'knowledge:read',
  'settings:read',
  'member:read',
  'job:read',
  'event:read',
  'file:read',
  'notification:read',
  ...own,
]
const member: readonly Permission[] = [
  ...viewer,
  'deal:create',
  'deal:update',
  'deal:delete',
  'deal:export',
  'company:create',
  'company:update',
  'contact:create',
  'contact:update',
  'activity:create',
]
const manager: readonly Permission[] = [
  ...member,
  'deal:bulk_delete',
  'deal:import',
  'record:merge',
  'view:share',
  'lead:review',
  'knowledge:update',
  'fund:update',
  'investor:update',
  'commitment:change',
  'allocation:change',
  'capital_call:draft',
  'capital_call:approve',
  'capital_call:issue',
  'payment:record',
  'payment:reverse',
  'distribution:draft',
  'distribution:approve',
  'distribution:issue',
  'fund_document:create',
  'fund_import:commit',
]
const admin: readonly Permission[] = [
  ...manager,
  'lead:create',
  'record:purge',
  'settings:update',
  'member:manage',
  'api_key:manage',
  'webhook:manage',
  'security:manage',
  'audit:read',
  'investor:bank',
  'ledger:post',
  'reconciliation:repair',
]
const reviewer: readonly Permission[] = ['review:read', 'review:decide', ...own]

/** The one map from role to permissions. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  owner: admin,
  admin,
  manager,
  member,
  viewer,
  reviewer,
  dm_admin: reviewer,
  super_admin: [...reviewer, 'platform:read', 'platform:replay', 'platform:manage', 'platform:impersonate'],
} satisfies Record<TenantRole | PlatformRole, readonly Permission[]>

/** Whether a role includes a permission. */
export const roleAllows = (role: Role, permission: Permission): boolean => permissionsOf[role].includes(permission)

/** Whether somebody who acts as another may use a permission. */
export const allowedWhileImpersonating = (permission: Permission): boolean =>
  kindOf(permission) === 'read' || kindOf(permission) === 'write'

/** What an API key can be given: all that an administrator may do in a firm, but nothing of identity. */
export const apiKeyScopes = admin.filter(
  (permission) => kindOf(permission) !== 'identity' && permission !== 'session:own',
) as [Permission, ...Permission[]]

/** Who may give which role to whom: an administrator makes everybody but owners, an owner also those. */
export const rolesGivenBy: Readonly<Record<TenantRole, readonly TenantRole[]>> = {
  owner: ['owner', 'admin', 'manager', 'member', 'viewer'],
  admin: ['admin', 'manager', 'member', 'viewer'],
  manager: [],
  member: [],
  viewer: [],
}
