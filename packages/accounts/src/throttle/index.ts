export { groupOf, Throttle } from './throttle.ts'
