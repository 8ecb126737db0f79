export * from './activities/index.ts'
export * from './knowledge/index.ts'
export * from './reviews/index.ts'
export { seedContent } from './seed.ts'
