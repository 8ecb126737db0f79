export { readActiveTenantIds } from './tenant-ids.repo.ts'
export { getSettings, ownDealsOnly, updateSettings } from './tenants.service.ts'
