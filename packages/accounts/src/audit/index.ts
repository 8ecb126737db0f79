export { type AuditInput, audit, auditPlatform } from './audit.ts'
