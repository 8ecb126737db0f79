export * from './payment-events/index.ts'
