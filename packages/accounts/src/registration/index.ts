export { changePassword, forgotPassword, provePassword, resetPassword } from './passwords.service.ts'
export { insertMember, insertUser, markVerified } from './registration.repo.ts'
export { registerFirm, verifyEmail } from './registration.service.ts'
