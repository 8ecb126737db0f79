import * as z from 'zod'
import { id, instant, version } from '../common.ts'
import { tenantRoles } from './auth.ts'

export const memberView = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    role: z.enum(tenantRoles),
    disabledAt: instant.nullable(),
    secondFactor: z.boolean(),
    lastUsedAt: instant.nullable(),
    version,
  })
  .meta({ id: 'Member' })
export type MemberView = z.infer<typeof memberView>
export const memberList = z.object({ data: z.array(memberView) }).meta({ id: 'MemberList' })

export const updateMember = z
  .strictObject({ role: z.enum(tenantRoles), disabled: z.boolean(), version })
  .partial()
  .meta({ id: 'UpdateMember' })
export type UpdateMember = z.infer<typeof updateMember>

export const invite = z.strictObject({ email: z.email().max(254), role: z.enum(tenantRoles) }).meta({ id: 'Invite' })
export type Invite = z.infer<typeof invite>
export const invitationView = z
  .object({
    id,
    email: z.string(),
    role: z.enum(tenantRoles),
    invitedBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  })
  .meta({ id: 'Invitation' })
export type InvitationView = z.infer<typeof invitationView>
export const invitationList = z.object({ data: z.array(invitationView) }).meta({ id: 'InvitationList' })

/** What a firm asks of its members. */
export const securityPolicy = z
  .object({ requireSecondFactor: z.boolean(), membersWithout: z.number().int(), version })
  .meta({ id: 'SecurityPolicy' })
export type SecurityPolicy = z.infer<typeof securityPolicy>
export const updateSecurityPolicy = z
  .strictObject({ requireSecondFactor: z.boolean(), version: version.optional() })
  .meta({ id: 'UpdateSecurityPolicy' })
export type UpdateSecurityPolicy = z.infer<typeof updateSecurityPolicy>
