export { listAdminJobs, listTenants, listUsers, readPlatformHealth, replayJob } from './console.service.ts'
