export * from './allocate-call.rules.ts'
export * from './call-amounts.rules.ts'
export * from './carry.rules.ts'
export { type AllocatedLine, type Proof, shareOut } from './largest-remainder.rules.ts'
