import * as z from 'zod'
import { currency, id, instant, line } from '../common.ts'

export const tenantRoles = ['owner', 'admin', 'manager', 'member', 'viewer'] as const
export const platformRoles = ['super_admin', 'dm_admin', 'reviewer'] as const
export const portals = ['dashboard', 'dm', 'manage'] as const
export type TenantRole = (typeof tenantRoles)[number]
export type PlatformRole = (typeof platformRoles)[number]
export type Role = TenantRole | PlatformRole
export type PortalName = (typeof portals)[number]

const email = z.email().max(254)
/** Given to sign in: whatever it is, it is compared and nothing else. */
const password = z.string().min(1).max(128)
/** Length is what makes a password; what everybody uses is refused when it is stored. */
export const newPassword = z.string().min(8).max(128)
/** Six digits of an authenticator, or a recovery code. */
const secondFactorCode = z.string().trim().min(6).max(20)
const linkToken = z.string().min(20).max(200)

export const login = z.strictObject({ email, password, code: secondFactorCode.optional() }).meta({ id: 'Login' })
export const refresh = z.strictObject({ refreshToken: z.string().min(20).max(200).optional() }).meta({ id: 'Refresh' })

export const register = z
  .strictObject({ tenantName: line(120), name: line(120), email, password: newPassword })
  .meta({ id: 'Register' })
export type Register = z.infer<typeof register>
export const verifyEmail = z.strictObject({ token: linkToken }).meta({ id: 'VerifyEmail' })
export const forgotPassword = z.strictObject({ email }).meta({ id: 'ForgotPassword' })
export const resetPassword = z.strictObject({ token: linkToken, password: newPassword }).meta({ id: 'ResetPassword' })
export const changePassword = z
  .strictObject({ currentPassword: password, newPassword, endOtherSessions: z.boolean().default(true) })
  .meta({ id: 'ChangePassword' })
export type ChangePassword = z.infer<typeof changePassword>

export const openInvitation = z.strictObject({ token: linkToken }).meta({ id: 'OpenInvitation' })
/** What the invited person sees before they accept. */
export const invitationPreview = z
  .object({ tenantName: z.string(), email: z.string(), role: z.enum(tenantRoles), hasAccount: z.boolean() })
  .meta({ id: 'InvitationPreview' })
export type InvitationPreview = z.infer<typeof invitationPreview>
/** Name and password for a new account; the password alone for whoever has one. */
export const acceptInvitation = z
  .strictObject({ token: linkToken, name: line(120).optional(), password: newPassword })
  .meta({ id: 'AcceptInvitation' })
export type AcceptInvitation = z.infer<typeof acceptInvitation>
export const switchFirm = z.strictObject({ tenantId: id }).meta({ id: 'SwitchFirm' })
export const startImpersonation = z.strictObject({ token: linkToken }).meta({ id: 'StartImpersonation' })

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
    /** The firm asks for a second factor and there is none: nothing else is possible until it is set up. */
    mustEnrol: z.boolean(),
    /** Every firm that this person may work in. */
    firms: z.array(z.object({ id, name: z.string() })),
    /** A superadmin who acts as this person, until when. */
    impersonation: z.object({ by: z.string(), reason: z.string(), endsAt: instant }).nullable(),
  })
  .meta({ id: 'SessionUser' })
export type SessionUser = z.infer<typeof sessionUser>

/** Browsers get cookies and the user; clients that send `X-Client: api` get the tokens as well. */
export const signedIn = z
  .object({ user: sessionUser, accessToken: z.string().optional(), refreshToken: z.string().optional() })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof signedIn>

export const sessionView = z
  .object({
    id,
    portal: z.enum(portals),
    /** "Firefox on Windows", as far as the browser tells. */
    device: z.string(),
    address: z.string().nullable(),
    createdAt: instant,
    lastUsedAt: instant,
    current: z.boolean(),
    impersonated: z.boolean(),
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof sessionView>
export const sessionList = z.object({ data: z.array(sessionView) }).meta({ id: 'SessionList' })

export const secondFactorStatus = z
  .object({ enabled: z.boolean(), required: z.boolean(), recoveryCodesLeft: z.number().int() })
  .meta({ id: 'SecondFactorStatus' })
export type SecondFactorStatus = z.infer<typeof secondFactorStatus>
export const beginSecondFactor = z.strictObject({ password }).meta({ id: 'BeginSecondFactor' })
/** Shown once: the secret to type and the address that the QR code stands for. */
export const secondFactorSetup = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'SecondFactorSetup' })
export type SecondFactorSetup = z.infer<typeof secondFactorSetup>
export const confirmSecondFactor = z.strictObject({ code: secondFactorCode }).meta({ id: 'ConfirmSecondFactor' })
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })
export type RecoveryCodes = z.infer<typeof recoveryCodes>
export const proveSecondFactor = z.strictObject({ password, code: secondFactorCode }).meta({ id: 'ProveSecondFactor' })
export type ProveSecondFactor = z.infer<typeof proveSecondFactor>

const claimsOfEveryone = { sub: id, sid: id, jti: id, type: z.literal('access'), iat: z.number(), exp: z.number() }
export const tenantClaims = z.object({
  ...claimsOfEveryone,
  tenantId: id,
  role: z.enum(tenantRoles),
  /** Good for setting up a second factor and nothing else. */
  enrol: z.literal(true).optional(),
  /** The superadmin who acts as `sub`. */
  act: z.object({ sub: id }).optional(),
})
export const platformClaims = z.object({
  ...claimsOfEveryone,
  role: z.enum(platformRoles),
  tenantId: z.undefined().optional(),
  enrol: z.undefined().optional(),
  act: z.undefined().optional(),
})
/** What an access token says. The kinds cannot be mistaken for each other: only one of them has a tenant. */
export const accessClaims = z.union([tenantClaims, platformClaims])
export type TenantClaims = z.infer<typeof tenantClaims>
export type PlatformClaims = z.infer<typeof platformClaims>
export type AccessClaims = z.infer<typeof accessClaims>
