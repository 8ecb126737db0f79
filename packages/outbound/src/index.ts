export { isPublicAddress } from './addresses.ts'
export { createFetchOutside, type FetchOutside, type OutsideAnswer, type OutsideRequest } from './fetch-outside.ts'
export { checkedUrl, type OutboundPolicy } from './policy.ts'
