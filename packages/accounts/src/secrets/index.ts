export { hashOf, newSecret } from './secrets.ts'
