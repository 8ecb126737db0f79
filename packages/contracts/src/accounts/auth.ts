import * as z from 'zod'
import { currency, id } from '../common.ts'

export const tenantRoles = ['owner', 'admin', 'manager', 'member', 'viewer'] as const
export const platformRoles = ['super_admin', 'dm_admin', 'reviewer'] as const
export const portals = ['dashboard', 'dm', 'manage'] as const
export type TenantRole = (typeof tenantRoles)[number]
export type PlatformRole = (typeof platformRoles)[number]
export type Role = TenantRole | PlatformRole
export type PortalName = (typeof portals)[number]

export const login = z
  .strictObject({ email: z.email().max(254), password: z.string().min(1).max(128) })
  .meta({ id: 'Login' })
export const refresh = z.strictObject({ refreshToken: z.string().min(20).max(200).optional() }).meta({ id: 'Refresh' })

export const tenantSummary = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  timezone: z.string(),
  currency,
})

export const sessionUser = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    role: z.enum([...tenantRoles, ...platformRoles]),
    tenant: tenantSummary.nullable(),
    permissions: z.array(z.string()),
  })
  .meta({ id: 'SessionUser' })
export type SessionUser = z.infer<typeof sessionUser>

/** Browsers get cookies and the user; clients that send `X-Client: api` get the tokens as well. */
export const signedIn = z
  .object({ user: sessionUser, accessToken: z.string().optional(), refreshToken: z.string().optional() })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof signedIn>

const claimsOfEveryone = { sub: id, sid: id, jti: id, type: z.literal('access'), iat: z.number(), exp: z.number() }
export const tenantClaims = z.object({ ...claimsOfEveryone, tenantId: id, role: z.enum(tenantRoles) })
export const platformClaims = z.object({
  ...claimsOfEveryone,
  role: z.enum(platformRoles),
  tenantId: z.undefined().optional(),
})
/** What an access token says. The kinds cannot be mistaken for each other: only one of them has a tenant. */
export const accessClaims = z.union([tenantClaims, platformClaims])
export type TenantClaims = z.infer<typeof tenantClaims>
export type PlatformClaims = z.infer<typeof platformClaims>
export type AccessClaims = z.infer<typeof accessClaims>
