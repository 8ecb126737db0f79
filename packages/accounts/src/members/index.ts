export { isActiveMember, isMemberAddress } from './members.repo.ts'
export {
  checkGives,
  getSecurityPolicy,
  listMembers,
  type SessionsEnded,
  updateMember,
  updateSecurityPolicy,
} from './members.service.ts'
