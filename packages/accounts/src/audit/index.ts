export { keepPartitions, readChainIds } from './audit.repo.ts'
export { listAudit, listPlatformAudit } from './audit.service.ts'
export { type AuditContext, type AuditInput, audit, auditPlatform } from './audit.ts'
export { readSeals, sealAudit, verifyChain } from './audit-seals.ts'
