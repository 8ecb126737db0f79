export { reactivateTenant, setUserDisabled, suspendTenant, viewTenant } from './admin.service.ts'
export { listAdminJobs, listTenants, listUsers, readPlatformHealth, replayJob } from './console.service.ts'
