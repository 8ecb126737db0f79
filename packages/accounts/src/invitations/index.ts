export { acceptInvitation, previewInvitation } from './accept-invitation.ts'
export { inviteMember, listInvitations, resendInvitation, revokeInvitation } from './invitations.service.ts'
