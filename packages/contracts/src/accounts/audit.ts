import * as z from 'zod'
import { id, instant, pageOf, pageQuery } from '../common.ts'
import { jobStates } from '../platform/jobs.ts'

const name = z.string().regex(/^[\w.:-]{1,80}$/, 'must be a name like deal.moved')

/** Every filter narrows; `before` and `after` of an entry are as they were written. */
export const auditFilter = z.strictObject({
  action: name.optional(),
  subject: name.optional(),
  subjectId: id.optional(),
  actorId: id.optional(),
  from: instant.optional(),
  until: instant.optional(),
})
export type AuditFilter = z.infer<typeof auditFilter>
export const listAudit = pageQuery.extend(auditFilter.shape)
export type ListAudit = z.infer<typeof listAudit>
/** The console sees all firms, or one; `platform` is what belongs to none. */
export const listPlatformAudit = listAudit.extend({ tenantId: z.union([id, z.literal('platform')]).optional() })
export type ListPlatformAudit = z.infer<typeof listPlatformAudit>

export const auditEntryView = z
  .object({
    seq: z.string(),
    tenantId: z.string(),
    tenantName: z.string().nullable(),
    actorId: id.nullable(),
    actorKind: z.string(),
    actorName: z.string().nullable(),
    impersonatorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    subjectId: id.nullable(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    hash: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntryView = z.infer<typeof auditEntryView>
export const auditPage = pageOf(auditEntryView).meta({ id: 'AuditPage' })

export const auditExport = auditFilter.meta({ id: 'ExportAudit' })
export const auditExportAccepted = z.object({ jobId: id }).meta({ id: 'AuditExportAccepted' })
/** Of one firm, of what belongs to none, or without `tenantId` of all. */
export const platformAuditExport = auditFilter
  .extend({ tenantId: listPlatformAudit.shape.tenantId })
  .meta({ id: 'ExportPlatformAudit' })
export type PlatformAuditExport = z.infer<typeof platformAuditExport>
/** How an export of the console is doing; it is there to be fetched once it has succeeded. */
export const platformAuditExportState = z
  .object({ state: z.enum(jobStates), sizeBytes: z.number().nullable() })
  .meta({ id: 'PlatformAuditExport' })
export type PlatformAuditExportState = z.infer<typeof platformAuditExportState>

/** Whether the chain of one firm holds, and where it does not. */
export const auditVerification = z
  .object({
    entries: z.number().int(),
    intact: z.boolean(),
    /** The first row that does not fit the one before it, or its own hash, or a seal. */
    broken: z.object({ seq: z.string(), reason: z.string() }).nullable(),
    checkedSeals: z.number().int(),
  })
  .meta({ id: 'AuditVerification' })
export type AuditVerification = z.infer<typeof auditVerification>
