import type { PlatformRole, Role, TenantRole } from './auth.ts'

/** What a route may ask for. The one list; a route that names another does not compile. */
export const permissions = [
  'deal:read',
  'deal:create',
  'deal:update',
  'deal:import',
  'activity:read',
  'activity:create',
  'knowledge:read',
  'knowledge:update',
  'settings:read',
  'settings:update',
  'member:read',
  'job:read',
  'event:read',
  'file:read',
  'notification:read',
  'review:read',
  'review:decide',
  'platform:read',
  'platform:replay',
  'session:own',
] as const
export type Permission = (typeof permissions)[number]

const viewer: readonly Permission[] = [
  'deal:read',
  'activity:read',
  'knowledge:read',
  'settings:read',
  'member:read',
  'job:read',
  'event:read',
  'file:read',
  'notification:read',
  'session:own',
]
const member: readonly Permission[] = [...viewer, 'deal:create', 'deal:update', 'activity:create']
const manager: readonly Permission[] = [...member, 'deal:import', 'knowledge:update']
const admin: readonly Permission[] = [...manager, 'settings:update']
const reviewer: readonly Permission[] = ['review:read', 'review:decide', 'session:own']

/** The one map from role to permissions. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  owner: admin,
  admin,
  manager,
  member,
  viewer,
  reviewer,
  dm_admin: reviewer,
  super_admin: [...reviewer, 'platform:read', 'platform:replay'],
} satisfies Record<TenantRole | PlatformRole, readonly Permission[]>

/** Whether a role includes a permission. */
export const roleAllows = (role: Role, permission: Permission): boolean => permissionsOf[role].includes(permission)
