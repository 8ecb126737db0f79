export { getSettings, updateSettings } from './tenants.service.ts'
