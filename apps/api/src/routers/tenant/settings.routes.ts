import { getSettings, updateSettings } from '@throughline/accounts'
import { settingsView, updateSettings as updateSettingsBody } from '@throughline/contracts'
import { refusals, type TypedApp, versionOf } from '../typed.ts'

const tags = ['settings']

/** The firm: its name, zone, currency and brand voice. */
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
}
