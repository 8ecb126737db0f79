export { type StartPortalInput, startPortal } from './start.ts'
