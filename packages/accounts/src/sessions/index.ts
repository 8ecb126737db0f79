export { type AuthContext, auditUser, jobOriginOf } from './auth-context.ts'
export { enterImpersonation, impersonate } from './impersonation.ts'
export { endAllSessions, endOwnSession, endSession, endSessionsOf, listOwnSessions } from './own-sessions.ts'
export { refreshSession } from './refresh.ts'
export { Revocations } from './revocations.ts'
export { revokeSessionsIn } from './sessions.repo.ts'
export {
  describeSession,
  openSession,
  type SessionStart,
  type SignedInSession,
  signIn,
  switchFirm,
} from './sessions.service.ts'
export { findUser, findUserByEmail, storePasswordHash, type UserRow } from './users.repo.ts'
