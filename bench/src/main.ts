// `npm run bench -- [--quick] [--deals=10000] [--only=requests,imports,exports,events] [--save]`
import { parseArgs } from 'node:util'
import { measureEvents } from './events.ts'
import { measureExport } from './exports.ts'
import { type Filled, fillDatabase, password, tenFirms } from './fill.ts'
import { measureImport } from './imports.ts'
import { installed, startBaseline, startThroughline, startWorker, stopAll } from './processes.ts'
import { type Results, save, toMarkdown } from './report.ts'
import { measureRequests } from './requests.ts'
import { signIn } from './sign-in.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    deals: { type: 'string', default: '10000' },
    only: { type: 'string', default: 'requests,imports,events' },
    save: { type: 'boolean', default: false },
  },
})
const parts = values.only.split(',')
const say = (line: string) => process.stdout.write(`${line}\n`)

async function requests(filled: Filled) {
  const api = await startThroughline(installed(filled))
  const baselines = [
    await startBaseline('Fastify + pg', 'fastify-pg.ts', filled),
    await startBaseline('Express + Prisma', 'express-prisma.ts', filled),
  ]
  const rows = await measureRequests(
    [api, ...baselines],
    filled,
    await signIn(api, { email: filled.email, password }),
    values.quick ? 3 : 8,
  )
  for (const server of [...baselines, api]) await server.stop()
  return rows
}

async function background(filled: Filled): Promise<Pick<Results, 'imports' | 'exports' | 'events'>> {
  // A process of its own: what the load before has left in memory is not the import's.
  const api = await startThroughline(installed(filled), { env: { EXPORT_EVERY_SECONDS: '0' } })
  const util = await startWorker(installed(filled), 'util')
  const worker = await startWorker(installed(filled), 'documents')
  const token = await signIn(api, { email: filled.email, password })
  const events = parts.includes('events') ? await measureEvents(api, token, values.quick ? 100 : 300) : undefined
  const exports = parts.includes('exports') ? await measureExport(api, worker, filled, token) : undefined
  // Just under 50 MB, the largest upload that is taken.
  const imports = parts.includes('imports')
    ? await measureImport({ api, worker }, filled, token, values.quick ? 50_000 : 500_000)
    : undefined
  for (const server of [util, worker, api]) await server.stop()
  return { imports, exports, events }
}

process.on('SIGINT', () => {
  stopAll()
  process.exit(130)
})
try {
  const deals = Number(values.deals)
  say(`filling a database with 10 x ${deals} deals`)
  const filled = await fillDatabase(tenFirms(deals))
  const results: Results = { deals }
  if (parts.includes('requests')) results.requests = await requests(filled)
  if (['imports', 'exports', 'events'].some((part) => parts.includes(part)))
    Object.assign(results, await background(filled))
  const markdown = toMarkdown(results)
  say(`\n${markdown}`)
  if (values.save) save(markdown)
} finally {
  stopAll()
}
