export { getSettings, listMembers, updateSettings } from './tenants.service.ts'
