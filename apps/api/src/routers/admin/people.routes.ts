import { impersonate, reactivateTenant, setUserDisabled, suspendTenant, viewTenant } from '@throughline/accounts'
import {
  adminTenantView,
  adminUserView,
  disableUser,
  idParam,
  impersonate as impersonateBody,
  impersonationStarted,
  suspendTenant as suspendTenantBody,
} from '@throughline/contracts'
import type { Resources } from '../../resources.ts'
import { noBody, refusals, type TypedApp } from '../typed.ts'

const tags = ['admin']
const tenantParams = idParam('tenantId')
const userParams = idParam('userId')

/** What a superadmin does to firms and people; each act is a row in the audit log. */
export function registerPeopleRoutes(app: TypedApp, { revocations, config }: Resources): void {
  const sessionsEnded = (ids: readonly string[]) => revocations.publish(ids)
  const manage = { permission: 'platform:manage' } as const

  app.get(
    '/tenants/:tenantId',
    {
      config: { permission: 'platform:read' },
      schema: { tags, summary: 'One firm', params: tenantParams, response: { 200: adminTenantView, ...refusals } },
    },
    (request) => viewTenant(request.platform, request.params.tenantId),
  )
  app.post(
    '/tenants/:tenantId/suspend',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Shut a firm out, with everybody who is signed in to it',
        params: tenantParams,
        body: suspendTenantBody,
        response: { 200: adminTenantView, ...refusals },
      },
    },
    (request) => suspendTenant(request.platform, { ...request.params, ...request.body }, sessionsEnded),
  )
  app.post(
    '/tenants/:tenantId/reactivate',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Let a firm in again',
        params: tenantParams,
        body: noBody,
        response: { 200: adminTenantView, ...refusals },
      },
    },
    (request) => reactivateTenant(request.platform, request.params.tenantId),
  )
  app.post(
    '/users/:userId/disable',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Shut a person out of everything',
        params: userParams,
        body: disableUser,
        response: { 200: adminUserView, ...refusals },
      },
    },
    (request) =>
      setUserDisabled(request.platform, { ...request.params, ...request.body, disabled: true }, sessionsEnded),
  )
  app.post(
    '/users/:userId/enable',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Let a person in again',
        params: userParams,
        body: noBody,
        response: { 200: adminUserView, ...refusals },
      },
    },
    (request) => setUserDisabled(request.platform, { ...request.params, disabled: false }, sessionsEnded),
  )
  app.post(
    '/impersonations',
    {
      config: {
        permission: 'platform:impersonate',
        idempotency: 'none',
        because: 'its link is a token, which must not be kept; a second call opens a second session',
      },
      schema: {
        tags,
        summary: 'Act as a member of a firm for half an hour, for a reason',
        body: impersonateBody,
        response: { 201: impersonationStarted, ...refusals },
      },
    },
    async (request, reply) => {
      const started = await impersonate(request.platform, request.body, config.portalUrls.dashboard)
      reply.code(201)
      return started
    },
  )
}
