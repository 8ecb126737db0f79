export { getSettings, membersSeeAll, updateSettings } from './tenants.service.ts'
