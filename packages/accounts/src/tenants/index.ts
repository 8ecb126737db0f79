export { readActiveTenantIds } from './tenant-ids.repo.ts'
export { getSettings, membersSeeAll, updateSettings } from './tenants.service.ts'
