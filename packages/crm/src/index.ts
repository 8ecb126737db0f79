export * from './companies/index.ts'
export * from './deal-imports/index.ts'
export * from './deals/index.ts'
export { seedDeals } from './seed.ts'
