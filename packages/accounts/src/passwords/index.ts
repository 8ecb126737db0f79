export { checkPassword } from './common-passwords.ts'
export { hashPassword, needsRehash, passwordMatches } from './passwords.ts'
