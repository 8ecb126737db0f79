// `npm run bench -- [--quick] [--deals=10000] [--only=requests,events,…] [--work=create,move] [--save]`
import { parseArgs } from 'node:util'
import { measureBulk } from './bulk.ts'
import { measureEvents } from './events.ts'
import { measureExport } from './exports.ts'
import { type Filled, fillDatabase, password, tenFirms } from './fill.ts'
import { measureFunds } from './funds.ts'
import { measureImport } from './imports.ts'
import { type MixedRow, measureOurs, measureTheirs } from './mixed/rounds.ts'
import { installed, type Server, startBaseline, startThroughline, startWorker, stopAll } from './processes.ts'
import { type Results, save, toMarkdown } from './report.ts'
import { measureRequests } from './requests.ts'
import { signIn } from './sign-in.ts'
import { comparedSizes, measureSizes } from './sizes.ts'

const known = ['requests', 'events', 'imports', 'exports', 'bulk', 'mixed', 'sizes', 'funds'] as const
type Part = (typeof known)[number]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    deals: { type: 'string', default: '10000' },
    only: { type: 'string', default: known.join(',') },
    /** Of the part `requests`: works with one of these in their names. */
    work: { type: 'string', default: '' },
    save: { type: 'boolean', default: false },
  },
})
const asked = values.only.split(',')
const unknown = asked.filter((part) => !known.some((each) => each === part))
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there are ${known.join(', ')}`)
const wants = (...parts: Part[]): boolean => parts.some((part) => asked.includes(part))
const { quick } = values
const say = (line: string) => process.stdout.write(`${line}\n`)

async function requests(filled: Filled) {
  const api = await startThroughline(installed(filled))
  const baselines = [
    await startBaseline('Fastify + pg', 'fastify-pg.ts', filled),
    await startBaseline('Express + Prisma', 'express-prisma.ts', filled),
  ]
  const token = await signIn(api, { email: filled.email, password })
  const rows = await measureRequests([api, ...baselines], filled, token, {
    seconds: quick ? 3 : 8,
    works: values.work.split(','),
  })
  for (const server of [...baselines, api]) await server.stop()
  return rows
}

/** With the workers beside the API, as an installation runs. */
async function withWorkers<T>(filled: Filled, work: (api: Server, documents: Server) => Promise<T>): Promise<T> {
  // Processes of their own: what the load before has left in memory is not theirs.
  const api = await startThroughline(installed(filled), { env: { EXPORT_EVERY_SECONDS: '0' } })
  const util = await startWorker(installed(filled), 'util')
  const documents = await startWorker(installed(filled), 'documents')
  const result = await work(api, documents)
  for (const server of [util, documents, api]) await server.stop()
  return result
}

const background = (filled: Filled): Promise<Partial<Results>> =>
  withWorkers(filled, async (api, worker) => {
    const token = await signIn(api, { email: filled.email, password })
    const results: Partial<Results> = {}
    if (wants('events')) results.events = await measureEvents(api, token, quick ? 100 : 300)
    if (wants('bulk')) results.bulk = await measureBulk(api, quick ? 10 : 30)
    // The largest file that is taken, just under 50 MB, holds 225,000 of these rows; the limit is raised for more.
    if (wants('imports'))
      results.imports = await measureImport({ api, worker }, filled, token, quick ? 50_000 : 500_000)
    return results
  })

async function mixed(filled: Filled): Promise<MixedRow[]> {
  const round = { seconds: quick ? 20 : 300, say }
  const { everybody, rows } = await withWorkers(filled, (api) => measureOurs(api, filled, round))
  return [...rows, ...(await measureTheirs(filled, everybody, round))]
}

/** Firms of very different size beside each other, and all deals of the largest as a file. */
async function sizes(): Promise<Partial<Results>> {
  say(`filling a database with firms of ${comparedSizes.join(', ')} deals, and ten beside them`)
  const filled = await fillDatabase([...comparedSizes, ...tenFirms(10_000)])
  return withWorkers(filled, async (api, worker) => {
    const results: Partial<Results> = {}
    if (wants('sizes')) results.sizes = await measureSizes(api, quick ? 60 : 200)
    const tenantId = filled.tenantIds[`firm-${comparedSizes.length}`]
    if (wants('exports') && tenantId) {
      const token = await signIn(api, { email: `m1@firm-${comparedSizes.length}.test`, password })
      results.exports = await measureExport({ api, worker }, filled, { tenantId, token })
    }
    return results
  })
}

process.on('SIGINT', () => {
  stopAll()
  process.exit(130)
})
try {
  const deals = Number(values.deals)
  const results: Results = { deals }
  if (wants('requests', 'events', 'imports', 'bulk', 'mixed')) {
    say(`filling a database with 10 x ${deals} deals`)
    const filled = await fillDatabase(tenFirms(deals))
    if (wants('requests')) results.requests = await requests(filled)
    if (wants('mixed')) results.mixed = await mixed(filled)
    if (wants('events', 'imports', 'bulk')) Object.assign(results, await background(filled))
  }
  if (wants('sizes', 'exports')) Object.assign(results, await sizes())
  if (wants('funds')) results.funds = await measureFunds(quick)
  const parts = toMarkdown(results)
  for (const figures of parts.values()) say(`\n${figures}`)
  if (values.save) save(parts)
} finally {
  stopAll()
}
