import {
  getSecurityPolicy,
  inviteMember,
  listInvitations,
  listMembers,
  resendInvitation,
  revokeInvitation,
  updateMember,
  updateSecurityPolicy,
} from '@throughline/accounts'
import {
  idParam,
  invitationList,
  invitationView,
  invite,
  memberList,
  memberView,
  securityPolicy,
  updateMember as updateMemberBody,
  updateSecurityPolicy as updateSecurityPolicyBody,
} from '@throughline/contracts'
import type { Resources } from '../../resources.ts'
import { noBody, refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['members']
const invitationParams = idParam('invitationId')

/** Who works in the firm, who is asked to, and what the firm asks of them. */
export function registerMemberRoutes(app: TypedApp, { revocations, throttle }: Resources): void {
  const sessionsEnded = (ids: readonly string[]) => revocations.publish(ids)

  app.get(
    '/members',
    {
      config: { permission: 'member:read' },
      schema: { tags, summary: 'Everybody who works in the firm', response: { 200: memberList, ...refusals } },
    },
    async (request) => ({ data: await listMembers(request.ctx) }),
  )
  app.patch(
    '/members/:memberId',
    {
      config: { permission: 'member:manage' },
      schema: {
        tags,
        summary: 'Change a member’s role, or put them out of the firm and back',
        params: idParam('memberId'),
        body: updateMemberBody,
        response: { 200: memberView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const member = await updateMember(
        request.ctx,
        request.params.memberId,
        { ...request.body, version },
        sessionsEnded,
      )
      reply.header('etag', `"${member.version}"`)
      return member
    },
  )
  app.get(
    '/invitations',
    {
      config: { permission: 'member:manage' },
      schema: { tags, summary: 'Invitations, newest first', response: { 200: invitationList, ...refusals } },
    },
    async (request) => ({ data: await listInvitations(request.ctx) }),
  )
  app.post(
    '/invitations',
    {
      config: { permission: 'member:manage' },
      schema: {
        tags,
        summary: 'Invite somebody into the firm',
        body: invite,
        response: { 201: invitationView, ...refusals },
      },
    },
    async (request, reply) => {
      const invitation = await inviteMember(request.ctx, request.body, throttle)
      reply.code(201)
      return invitation
    },
  )
  app.post(
    '/invitations/:invitationId/resend',
    {
      config: { permission: 'member:manage' },
      schema: {
        tags,
        summary: 'Send another link',
        params: invitationParams,
        body: noBody,
        response: { 200: invitationView, ...refusals },
      },
    },
    (request) => resendInvitation(request.ctx, request.params.invitationId, throttle),
  )
  app.post(
    '/invitations/:invitationId/revoke',
    {
      config: { permission: 'member:manage' },
      schema: {
        tags,
        summary: 'Call an invitation off',
        params: invitationParams,
        body: noBody,
        response: { 200: invitationView, ...refusals },
      },
    },
    (request) => revokeInvitation(request.ctx, request.params.invitationId),
  )
  app.get(
    '/security-policy',
    {
      config: { permission: 'member:read' },
      schema: { tags, summary: 'What the firm asks of its members', response: { 200: securityPolicy, ...refusals } },
    },
    async (request, reply) => {
      const policy = await getSecurityPolicy(request.ctx)
      reply.header('etag', `"${policy.version}"`)
      return policy
    },
  )
  app.put(
    '/security-policy',
    {
      config: { permission: 'security:manage' },
      schema: {
        tags,
        summary: 'Ask every member for a second factor, or no longer',
        body: updateSecurityPolicyBody,
        response: { 200: securityPolicy, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const policy = await updateSecurityPolicy(request.ctx, { ...request.body, version }, sessionsEnded)
      reply.header('etag', `"${policy.version}"`)
      return policy
    },
  )
}
