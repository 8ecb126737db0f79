// Who is in the demo. The password is known to everybody: `prepare` seeds this in demo mode only.
import { type PlatformRole, type TenantRole, tenantRoles } from '@throughline/contracts'
import type { SeedFunds } from '@throughline/funds'

export const demoPassword = 'Throughline-demo-1'

export interface DemoTenant {
  id: string
  name: string
  slug: string
  domain: string
  timezone: string
  currency: string
  brandVoice: string
  /** How its fund has come to where it is. */
  fund: SeedFunds['story']
  people: { id: string; role: TenantRole; name: string }[]
}

/** Fixed ids: a seed that was interrupted goes on where it stopped. */
const id = (group: number, member: number) =>
  `0198a000-0000-7000-8000-${String(group).padStart(4, '0')}${String(member).padStart(8, '0')}`

const people = (group: number, names: Record<TenantRole, string>) =>
  tenantRoles.map((role, index) => ({ id: id(group, index + 1), role, name: names[role] }))

export const demoTenants: DemoTenant[] = [
  {
    id: id(1, 0),
    name: 'Acme Capital',
    slug: 'acme',
    domain: 'acme.test',
    timezone: 'America/New_York',
    currency: 'USD',
    fund: 'three-years',
    brandVoice:
      'Measured, precise and plain-spoken. We write for people who read term sheets: short sentences, concrete numbers with their date, no superlatives and no promises about returns. We say "we" and own our opinions.',
    people: people(1, {
      owner: 'Olivia Hart',
      admin: 'Adrian Cole',
      manager: 'Maya Lindqvist',
      member: 'Marcus Webb',
      viewer: 'Vera Stone',
    }),
  },
  {
    id: id(2, 0),
    name: 'Globex Growth',
    slug: 'globex',
    domain: 'globex.test',
    timezone: 'Europe/Amsterdam',
    currency: 'EUR',
    fund: 'first-year',
    brandVoice:
      'Warm, direct and practical. We talk to founders as colleagues: one idea a paragraph, an example for each claim, and always a next step that can be done this week. A little humour is welcome; jargon is not.',
    people: people(2, {
      owner: 'Oskar de Vries',
      admin: 'Amara Okafor',
      manager: 'Milan Novak',
      member: 'Mei Tanaka',
      viewer: 'Victor Ruiz',
    }),
  },
]

export const demoStaff: { id: string; email: string; name: string; role: PlatformRole }[] = [
  { id: id(9, 1), email: 'reviewer@throughline.test', name: 'Rosa Bianchi', role: 'reviewer' },
  { id: id(9, 2), email: 'reviewer2@throughline.test', name: 'Rafael Duarte', role: 'reviewer' },
  { id: id(9, 3), email: 'superadmin@throughline.test', name: 'Sam Archer', role: 'super_admin' },
]
