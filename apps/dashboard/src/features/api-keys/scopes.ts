// Scopes as a person reads them: `deal:read`, `deal:create` -> "Deals: read, create".
import { apiKeyScopes, kindOf, type Permission } from '@throughline/contracts'

const areaLabels: Record<string, string> = {
  deal: 'Deals',
  activity: 'Content',
  knowledge: 'Knowledge',
  settings: 'Settings',
  member: 'Members',
  audit: 'Audit log',
  job: 'Jobs',
  event: 'Events',
  file: 'Files',
  notification: 'Notifications',
}

interface ScopeArea<Scope> {
  area: string
  label: string
  scopes: { scope: Scope; verb: string }[]
}

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Scopes by what they are about, in the order that they came in. An area that has no name yet keeps its own. */
export function byArea<Scope extends string>(scopes: readonly Scope[]): ScopeArea<Scope>[] {
  const parts = scopes.map((scope) => {
    const [area = scope, verb = ''] = scope.split(':')
    return { area, scope, verb }
  })
  return [...Map.groupBy(parts, ({ area }) => area)].map(([area, inArea]) => ({
    area,
    label: areaLabels[area] ?? words(area),
    scopes: inArea.map(({ scope, verb }) => ({ scope, verb })),
  }))
}

/** What a key can be given: what only looks, and what changes something. */
export const offeredAreas = byArea<Permission>(apiKeyScopes).map(({ scopes, ...area }) => ({
  ...area,
  looks: scopes.filter(({ scope }) => kindOf(scope) === 'read'),
  changes: scopes.filter(({ scope }) => kindOf(scope) !== 'read'),
}))

/** Every scope that only looks. */
export const readScopes: readonly Permission[] = apiKeyScopes.filter((scope) => kindOf(scope) === 'read')

/** A list that a key with this scope can read, to try it with. */
const examplePaths: Partial<Record<string, string>> = {
  'deal:read': '/tenant/v1/deals?limit=1',
  'activity:read': '/tenant/v1/activities?limit=1',
  'knowledge:read': '/tenant/v1/knowledge?limit=1',
  'settings:read': '/tenant/v1/settings',
  'member:read': '/tenant/v1/members',
  'audit:read': '/tenant/v1/audit?limit=1',
}

/** A line for a terminal that shows whether the key works; undefined when its scopes read nothing to show. */
export function exampleFor(origin: string, key: string, scopes: readonly string[]): string | undefined {
  const path = scopes.map((scope) => examplePaths[scope]).find((each) => each !== undefined)
  return path && `curl -H "Authorization: Bearer ${key}" "${origin}/api${path}"`
}
