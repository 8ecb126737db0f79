import { rolesGivenBy, type SessionUser, type TenantRole, tenantRoles } from '@throughline/contracts'

export const roleLabels: Record<TenantRole, string> = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  member: 'Member',
  viewer: 'Viewer',
}

/** What a role is for, in a line. */
export const roleHints: Record<TenantRole, string> = {
  owner: 'Everything that an admin does, and decides who is an owner.',
  admin: 'Everything that a manager does, and members, keys, security, settings and the audit log.',
  manager: 'Everything that a member does, and imports, knowledge and the deals of others.',
  member: 'Writes deals down, works on their own, and asks for content.',
  viewer: 'Sees the work of the firm and changes nothing.',
}

/** Which roles this person may give, and whose role they may decide about. */
export function rolesOf(user: SessionUser | undefined): readonly TenantRole[] {
  const own = tenantRoles.find((role) => role === user?.role)
  return own ? rolesGivenBy[own] : []
}
