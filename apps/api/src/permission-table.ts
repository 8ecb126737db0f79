// Who may call what, as a document: every route, what it asks for, and what each role gets.
import {
  allowedWhileImpersonating,
  apiKeyScopes,
  kindOf,
  permissions,
  type Role,
  roleAllows,
  tenantRoles,
} from '@throughline/contracts'
import type { RouteOptions } from 'fastify'
import type { Guard } from './plugins/guards.ts'

const staff = ['reviewer', 'dm_admin', 'super_admin'] as const
const roles: readonly Role[] = [...tenantRoles, ...staff]
/** Whom each guard lets through, before the permission is asked. */
const audience: Record<Guard, readonly Role[]> = {
  tenant: tenantRoles,
  reviewer: staff,
  superadmin: ['super_admin'],
  anyone: roles,
  public: roles,
}
const mark = (yes: boolean): string => (yes ? '●' : '')
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const rowsOfPermissions = () =>
  permissions.map((permission) => [
    `\`${permission}\``,
    kindOf(permission),
    ...roles.map((role) => mark(roleAllows(role, permission))),
    mark(apiKeyScopes.includes(permission)),
    mark(allowedWhileImpersonating(permission)),
  ])

function rowsOfRoutes(routes: readonly RouteOptions[]) {
  const described = routes.flatMap(({ method, url, config, schema }) => {
    const verb = String([method].flat()[0])
    if (verb === 'HEAD' || verb === 'OPTIONS' || config?.servedByLibrary || schema?.hide || !config?.guard) return []
    const { guard, permission, because } = config
    const may = (role: Role) => audience[guard].includes(role) && (!permission || roleAllows(role, permission))
    const asked = permission ? `\`${permission}\`` : `open: ${because?.replaceAll('|', '\\|')}`
    const machine = guard === 'tenant' && permission !== undefined && apiKeyScopes.includes(permission)
    const cells = [
      `\`${verb} ${url}\``,
      asked,
      ...roles.map((role) => mark(guard === 'public' || may(role))),
      mark(machine),
    ]
    return [{ key: `${url} ${verb}`, cells }]
  })
  return described.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ cells }) => cells)
}

/** @param routes as they were registered, see `knownRoutes` */
export function permissionTable(routes: readonly RouteOptions[]): string {
  const short = roles.map((role) => role.replace('_', ' '))
  return `# Who may do what

Made from \`packages/contracts/src/accounts/permissions.ts\` and the routes by \`npm run documents\`; a test fails when it is
not up to date. The words of \`kind\`: a superadmin who acts as somebody else uses neither \`identity\` nor \`money\`; an API
key is never given \`identity\`; \`money\` needs an \`Idempotency-Key\`.

## Permissions

${table(['permission', 'kind', ...short, 'API key', 'impersonated'], rowsOfPermissions())}

## Routes

The guard of a router says who gets in at all, the permission what for. Which rows a role sees or changes inside of a route
is the desk's rule, for example that members change only their own deals.

${table(['route', 'asks for', ...short, 'API key'], rowsOfRoutes(routes))}
`
}
