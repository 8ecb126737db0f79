export * from './investor-account.rules.ts'
export * from './match-receipts.rules.ts'
