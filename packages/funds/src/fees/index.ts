export * from './late-interest.rules.ts'
export * from './management-fee.rules.ts'
