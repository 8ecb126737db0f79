const portals = /** @type {const} */ ([
  ['dashboard', 'Dashboard', 'managers and members'],
  ['dm', 'Review desk', 'reviewers'],
  ['manage', 'Console', 'superadmins'],
  ['api', 'API', 'interactive docs at /docs'],
])

/**
 * Addresses and demo accounts, for the end of a start and for `npm run status`.
 * @param {import('./run-file.mjs').RunFile} run
 * @returns {string[]}
 */
export function addressLines(run) {
  const addresses = portals.flatMap(([name, title, who]) =>
    run.urls[name] ? [`  ${title.padEnd(12)} ${run.urls[name]?.padEnd(24)} ${who}`] : [],
  )
  if (run.mode !== 'demo') return ['', ...addresses, '']
  return [
    '',
    ...addresses,
    '',
    '  Demo accounts, all with the password Throughline-demo-1',
    '  Acme Capital   owner@ admin@ manager@ member@ viewer@  acme.test',
    '  Globex Growth  owner@ admin@ manager@ member@ viewer@  globex.test',
    '  Review desk    reviewer@throughline.test, reviewer2@throughline.test',
    '  Console        superadmin@throughline.test',
    '',
  ]
}
