export * from './allocation/index.ts'
export * from './calls/index.ts'
export * from './payment-events/index.ts'
export * from './performance/index.ts'
