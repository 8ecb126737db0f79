export * from './position.rules.ts'
export type { Recall, RecallableLot } from './recallable.rules.ts'
export * from './transfer.rules.ts'
