export { isPublicAddress } from './addresses.ts'
export { createFetchOutside, type FetchOutside, type OutsideAnswer, type OutsideRequest } from './fetch-outside.ts'
export type { OutboundPolicy } from './policy.ts'
