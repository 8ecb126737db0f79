import {
  beginOwnSecondFactor,
  changePassword,
  confirmOwnSecondFactor,
  disableOwnSecondFactor,
  ownSecondFactor,
  renewOwnRecoveryCodes,
} from '@throughline/accounts'
import {
  beginSecondFactor,
  changePassword as changePasswordBody,
  confirmSecondFactor,
  proveSecondFactor,
  recoveryCodes,
  secondFactorSetup,
  secondFactorStatus,
} from '@throughline/contracts'
import type { FastifyRequest } from 'fastify'
import type { Resources } from '../../resources.ts'
import { noContent, refusals, type TypedApp } from '../typed.ts'
import { authContext } from './context.ts'

const tags = ['account']
const own = ({ session }: FastifyRequest) => ({ userId: session.userId, sessionId: session.id })

/** One's own password and second factor. */
export function registerAccountRoutes(app: TypedApp, resources: Resources): void {
  const guess = { name: 'proof', perMinute: resources.config.rateLimits.loginPerMinute }
  const config = { permission: 'account:manage', limit: guess } as const

  app.post(
    '/password/change',
    {
      config,
      schema: {
        tags,
        summary: 'Change one’s password; other sessions end',
        body: changePasswordBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await changePassword(authContext(request, resources), own(request), request.body)
      reply.code(204)
    },
  )
  app.get(
    '/second-factor',
    {
      config: { permission: 'session:own' },
      schema: { tags, summary: 'Whether a second factor is on', response: { 200: secondFactorStatus, ...refusals } },
    },
    (request) => ownSecondFactor(authContext(request, resources), request.session.userId),
  )
  app.post(
    '/second-factor/begin',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Begin to set up an authenticator app',
        body: beginSecondFactor,
        response: { 200: secondFactorSetup, ...refusals },
      },
    },
    (request) => beginOwnSecondFactor(authContext(request, resources), own(request), request.body.password),
  )
  app.post(
    '/second-factor/confirm',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Turn the second factor on with its first code; answers recovery codes once',
        body: confirmSecondFactor,
        response: { 200: recoveryCodes, ...refusals },
      },
    },
    (request) => confirmOwnSecondFactor(authContext(request, resources), own(request), request.body.code),
  )
  app.post(
    '/second-factor/disable',
    {
      config,
      schema: {
        tags,
        summary: 'Turn the second factor off',
        body: proveSecondFactor,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await disableOwnSecondFactor(authContext(request, resources), own(request), request.body)
      reply.code(204)
    },
  )
  app.post(
    '/second-factor/recovery-codes',
    {
      config: { ...config, secretAnswer: true },
      schema: {
        tags,
        summary: 'Ten new recovery codes; the earlier ones are void',
        body: proveSecondFactor,
        response: { 200: recoveryCodes, ...refusals },
      },
    },
    (request) => renewOwnRecoveryCodes(authContext(request, resources), own(request), request.body),
  )
}
