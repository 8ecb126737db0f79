import {
  acceptInvitation,
  forgotPassword,
  previewInvitation,
  registerFirm,
  resetPassword,
  verifyEmail,
} from '@throughline/accounts'
import {
  acceptInvitation as acceptInvitationBody,
  forgotPassword as forgotPasswordBody,
  invitationPreview,
  openInvitation,
  register,
  resetPassword as resetPasswordBody,
  verifyEmail as verifyEmailBody,
} from '@throughline/contracts'
import type { Resources } from '../../resources.ts'
import { noContent, refusals, type TypedApp } from '../typed.ts'
import { authContext } from './context.ts'

const tags = ['auth']

/** Coming in for the first time, and back in without a password: nobody is signed in, and a mailed link is the proof. */
export function registerRegistrationRoutes(app: TypedApp, resources: Resources): void {
  const { registerPerMinute, resetPerMinute, loginPerMinute } = resources.config.rateLimits
  const publicRoute = (because: string, name: string, perMinute: number) => ({
    because,
    idempotency: 'none' as const,
    limit: { name, perMinute },
  })
  const onceByLink = 'nobody is signed in; the link is used up in the transaction of its effect'

  app.post(
    '/register',
    {
      config: publicRoute('nobody is signed in; an address registers once', 'register', registerPerMinute),
      schema: {
        tags,
        summary: 'Register a firm and its owner',
        description: 'The answer is the same whether or not the address has an account; a mail says what to do next.',
        security: [],
        body: register,
        response: { 202: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await registerFirm(authContext(request, resources), request.body)
      reply.code(202)
    },
  )
  app.post(
    '/verify-email',
    {
      config: publicRoute(onceByLink, 'link', loginPerMinute),
      schema: {
        tags,
        summary: 'Confirm an e-mail address by the link of the mail',
        security: [],
        body: verifyEmailBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await verifyEmail(authContext(request, resources), request.body.token)
      reply.code(204)
    },
  )
  app.post(
    '/password/forgot',
    {
      config: publicRoute('nobody is signed in; asking again sends another link', 'reset', resetPerMinute),
      schema: {
        tags,
        summary: 'Ask for a link to choose a new password',
        description: 'The answer is the same for an address that nobody has.',
        security: [],
        body: forgotPasswordBody,
        response: { 202: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await forgotPassword(authContext(request, resources), request.body.email)
      reply.code(202)
    },
  )
  app.post(
    '/password/reset',
    {
      config: publicRoute(onceByLink, 'reset', resetPerMinute),
      schema: {
        tags,
        summary: 'Choose a new password by the link of the mail',
        security: [],
        body: resetPasswordBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await resetPassword(authContext(request, resources), request.body)
      reply.code(204)
    },
  )
  app.post(
    '/invitations/preview',
    {
      config: publicRoute('nobody is signed in; it reads and changes nothing', 'link', loginPerMinute),
      schema: {
        tags,
        summary: 'What an invitation offers',
        security: [],
        body: openInvitation,
        response: { 200: invitationPreview, ...refusals },
      },
    },
    (request) => previewInvitation(authContext(request, resources), request.body.token),
  )
  app.post(
    '/invitations/accept',
    {
      config: publicRoute(onceByLink, 'register', registerPerMinute),
      schema: {
        tags,
        summary: 'Accept an invitation, with a new account or the one there is',
        security: [],
        body: acceptInvitationBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await acceptInvitation(authContext(request, resources), request.body)
      reply.code(204)
    },
  )
}
