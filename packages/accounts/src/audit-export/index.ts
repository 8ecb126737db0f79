export { exportAuditJob } from './audit-export.jobs.ts'
export { exportAudit, requestAuditExport } from './audit-export.service.ts'
export {
  getPlatformAuditExport,
  getPlatformAuditFile,
  requestPlatformAuditExport,
} from './platform-audit-export.ts'
