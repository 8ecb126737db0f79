// What the pages about members ask the API.
import {
  type Invite,
  invitationList,
  invitationView,
  memberList,
  memberView,
  type UpdateMember,
} from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readMembers = (signal: AbortSignal) => apiFetch('/tenant/v1/members', { schema: memberList, signal })
export const patchMember = (id: string, version: number, body: UpdateMember) =>
  apiFetch(`/tenant/v1/members/${id}`, { method: 'PATCH', body, ifMatch: version, schema: memberView })

export const readInvitations = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/invitations', { schema: invitationList, signal })
export const postInvitation = (body: Invite) =>
  apiFetch('/tenant/v1/invitations', { method: 'POST', body, schema: invitationView })
export const postInvitationAct = (id: string, act: 'resend' | 'revoke') =>
  apiFetch(`/tenant/v1/invitations/${id}/${act}`, { method: 'POST', body: {}, schema: invitationView })
