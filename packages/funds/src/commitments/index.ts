export * from './position.rules.ts'
export * from './transfer.rules.ts'
