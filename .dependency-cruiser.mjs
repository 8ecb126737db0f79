// The direction of dependence (docs/architecture.md): what is written later may use what is written earlier.
const layers = [
  ['contracts', 'config'],
  ['cells', 'db', 'storage', 'ai', 'mail', 'telemetry', 'outbound'],
  ['jobs', 'realtime'],
  ['accounts'],
  ['webhooks'],
  ['crm', 'funds', 'content'],
]
const inPackages = (names) => `^packages/(${names.join('|')})/`

const upward = layers.slice(0, -1).map((names, index) => ({
  name: `${names.join('-')}-knows-nothing-above`,
  severity: 'error',
  from: { path: inPackages(names), pathNot: '\\.test\\.ts$' },
  to: { path: inPackages(layers.slice(index + 1).flat()) },
}))

export default {
  forbidden: [
    ...upward,
    {
      name: 'desks-do-not-know-each-other',
      comment: 'A desk speaks to another through events and jobs, or through accounts.',
      severity: 'error',
      from: { path: '^packages/(crm|funds|content)/' },
      to: { path: '^packages/(crm|funds|content)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-do-not-know-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|bench|e2e)/' },
    },
    {
      name: 'browser-code-touches-no-server-package',
      comment: 'Portals and ui know contracts, api-client and ui; their server is portal-server.',
      severity: 'error',
      from: { path: '^(apps/(dashboard|dm|manage)|packages/(ui|api-client))/' },
      to: {
        path: '^packages/(cells|db|storage|ai|mail|telemetry|outbound|jobs|realtime|accounts|webhooks|crm|funds|content|config)/',
      },
    },
    {
      name: 'routes-and-handlers-do-not-touch-tables',
      comment: 'A route or a job handler calls a service; SQL and Prisma live in *.repo.ts of the desks.',
      severity: 'error',
      from: { path: '^apps/(api/src/routers|worker/src/handlers)/', pathNot: '\\.test\\.ts$' },
      to: { path: '(^packages/db/src/generated|node_modules/(pg|@prisma))/' },
    },
    {
      name: 'the-admin-door-is-for-preparing-and-testing',
      severity: 'error',
      from: {
        pathNot: '(^packages/(db|testing)/|\\.test\\.ts$|^bench/|^apps/api/src/plugins/health|^packages/accounts/)',
      },
      to: { path: '^packages/db/src/(admin|provision|migrations/)' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: '(\\.test\\.ts$|testing\\.ts$|/testing/|^packages/testing/|^apps/api/src/sweep/)',
      },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'a-module-speaks-through-its-index',
      comment: 'Another module of the same desk is used by its index.ts only.',
      severity: 'error',
      from: { path: '^packages/(crm|funds|content|accounts)/src/([^/]+)/' },
      to: {
        path: '^packages/(crm|funds|content|accounts)/src/[^/]+/',
        pathNot: ['^packages/$1/src/$2/', '/index\\.ts$', '/testing\\.ts$', '\\.events\\.ts$', '\\.jobs\\.ts$'],
      },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { pathNot: 'generated' } } },
    {
      name: 'no-unresolved',
      comment: "`@/` is the portals' own source, which the compiler resolves.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(src/generated|\\.next|next-env\\.d\\.ts|schema\\.d\\.ts)' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
