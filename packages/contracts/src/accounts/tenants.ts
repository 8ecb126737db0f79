import * as z from 'zod'
import { currency, id, instant, line, pageQuery, text, version } from '../common.ts'
import { platformRoles, tenantRoles } from './auth.ts'

export const settingsView = z
  .object({
    name: z.string(),
    timezone: z.string(),
    currency,
    brandVoice: z.string(),
    /** Members see every deal of the firm, or only what is assigned to them. */
    membersSeeAll: z.boolean(),
    version,
  })
  .meta({ id: 'Settings' })
export type SettingsView = z.infer<typeof settingsView>

const timezone = z.string().refine((value) => Intl.supportedValuesOf('timeZone').includes(value) || value === 'UTC', {
  message: 'must be an IANA time zone like Europe/Amsterdam',
})
export const updateSettings = z
  .strictObject({
    name: line(120),
    timezone,
    currency,
    brandVoice: text(4000),
    membersSeeAll: z.boolean(),
    version: version.optional(),
  })
  .partial()
  .meta({ id: 'UpdateSettings' })
export type UpdateSettings = z.infer<typeof updateSettings>

export const notificationView = z
  .object({
    id,
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    link: z.string().nullable(),
    readAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Notification' })
export type NotificationView = z.infer<typeof notificationView>

export const adminTenantView = z
  .object({
    id,
    name: z.string(),
    slug: z.string(),
    status: z.enum(['ACTIVE', 'SUSPENDED']),
    timezone: z.string(),
    currency,
    members: z.number().int(),
    deals: z.number().int(),
    activities: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'AdminTenant' })
export type AdminTenantView = z.infer<typeof adminTenantView>

export const adminUserView = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    platformRole: z.enum(platformRoles).nullable(),
    memberships: z.array(z.object({ tenantId: id, tenantName: z.string(), role: z.enum(tenantRoles) })),
    lastUsedAt: instant.nullable(),
    disabledAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'AdminUser' })
export type AdminUserView = z.infer<typeof adminUserView>
/** `q` is part of a name or an e-mail address. */
export const listAdminUsers = pageQuery.extend({ q: z.string().trim().max(100).optional() })
export type ListAdminUsers = z.infer<typeof listAdminUsers>

export const suspendTenant = z.strictObject({ reason: line(500) }).meta({ id: 'SuspendTenant' })
export const disableUser = z.strictObject({ reason: line(500) }).meta({ id: 'DisableUser' })
export const impersonate = z
  .strictObject({ tenantId: id, userId: id, reason: z.string().trim().min(10).max(500) })
  .meta({ id: 'Impersonate' })
export type Impersonate = z.infer<typeof impersonate>
/** Where to go on as the other person; the link is good once and for a minute. */
export const impersonationStarted = z.object({ url: z.string(), endsAt: instant }).meta({ id: 'ImpersonationStarted' })
export type ImpersonationStarted = z.infer<typeof impersonationStarted>

export const mailView = z
  .object({
    id: z.string(),
    to: z.string(),
    from: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    sentAt: z.string(),
  })
  .meta({ id: 'Mail' })
export type MailView = z.infer<typeof mailView>
export const mailSummary = mailView.omit({ text: true, html: true }).meta({ id: 'MailSummary' })
export type MailSummary = z.infer<typeof mailSummary>
