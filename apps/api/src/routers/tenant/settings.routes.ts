import { getSettings, listMembers, updateSettings } from '@throughline/accounts'
import { memberView, settingsView, updateSettings as updateSettingsBody } from '@throughline/contracts'
import * as z from 'zod'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['settings']

/** The firm: its name, zone, currency, brand voice and people. */
export function registerSettingsRoutes(app: TypedApp): void {
  app.get(
    '/settings',
    {
      config: { permission: 'settings:read' },
      schema: { tags, summary: 'Settings of the firm', response: { 200: settingsView, ...refusals } },
    },
    async (request, reply) => {
      const settings = await getSettings(request.ctx)
      reply.header('etag', `"${settings.version}"`)
      return settings
    },
  )
  app.patch(
    '/settings',
    {
      config: { permission: 'settings:update' },
      schema: {
        tags,
        summary: 'Change settings of the firm',
        body: updateSettingsBody,
        response: { 200: settingsView, ...refusals },
      },
    },
    async (request, reply) => {
      const version = versionOf(request, request.body.version)
      const settings = await updateSettings(request.ctx, { ...request.body, version })
      reply.header('etag', `"${settings.version}"`)
      return settings
    },
  )
  app.get(
    '/members',
    {
      config: { permission: 'member:read' },
      schema: {
        tags,
        summary: 'Everybody who works in the firm',
        response: { 200: z.object({ data: z.array(memberView) }), ...refusals },
      },
    },
    async (request) => ({ data: await listMembers(request.ctx) }),
  )
}
