import type { Portal } from './platform.ts'

/** The pages of each portal that have an address of their own, and somebody who may see them all. */
export const pages: Record<Portal, { email: string; paths: string[] }> = {
  dashboard: {
    email: 'owner@acme.test',
    paths: [
      '/pipeline',
      '/deals',
      '/companies',
      '/contacts',
      '/duplicates',
      '/deals/calendar',
      '/leads',
      '/reports',
      '/funds',
      '/investors',
      '/imports',
      '/exports',
      '/content',
      '/settings',
      '/settings/pipeline',
      '/settings/fields',
      '/settings/members',
      '/settings/security',
      '/settings/api-keys',
      '/settings/webhooks',
      '/settings/audit',
      '/account',
    ],
  },
  dm: { email: 'reviewer2@throughline.test', paths: ['/queue', '/history', '/account'] },
  manage: {
    email: 'superadmin@throughline.test',
    paths: ['/', '/tenants', '/users', '/audit', '/mail', '/jobs', '/dead-letters', '/queues', '/health', '/account'],
  },
}
export const portals = Object.keys(pages) as Portal[]
