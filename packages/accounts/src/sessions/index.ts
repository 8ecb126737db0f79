export { Revocations } from './revocations.ts'
export { endSession, refreshSession, type SessionStart, type SignedInSession, signIn } from './sessions.service.ts'
export { describeUser } from './users.repo.ts'
