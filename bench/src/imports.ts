// A large file through the whole road: upload, outbox, worker, staging, merge. Beside it a bare COPY of the same deals into
// the same table, with its indexes and triggers, and what the API and the worker feel of it meanwhile.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { dealImportView, importAccepted } from '@throughline/contracts'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Filled } from './fill.ts'
import type { Server } from './processes.ts'

export interface ImportFigures {
  rows: number
  megabytes: number
  perSecond: number
  copyPerSecond: number
  /** Of /health/live while the import ran, in ms. */
  healthP50: number
  healthP99: number
  healthN: number
  memoryBefore: number
  memoryMax: number
  workerMemoryBefore: number
  workerMemoryMax: number
}

function* lines(rows: number): Generator<string> {
  yield 'External ID,Deal name,Amount,Stage,Company,Contact,E-mail,Close date\n'
  for (let row = 1; row <= rows; row++)
    yield `bench-${row},Deal N${row},${row % 90000}.50,Qualified,Company N${row % 2000},Person ${row % 5000},p${row % 5000}@import.test,2027-03-31\n`
}

const fileOf = (rows: number): Blob => new Blob([...lines(rows)], { type: 'text/csv' })

const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Asks every 10 ms until it is told to stop. */
async function watch(api: Server, worker: Server, signal: AbortSignal) {
  const times: number[] = []
  let memoryMax = 0
  let workerMemoryMax = 0
  while (!signal.aborted) {
    const at = performance.now()
    await (await fetch(`${api.url}/health/live`)).text()
    times.push(performance.now() - at)
    memoryMax = Math.max(memoryMax, api.memory())
    workerMemoryMax = Math.max(workerMemoryMax, worker.memory())
    await setTimeout(10)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const [healthP50, healthP99] = [percentile(sorted, 0.5), percentile(sorted, 0.99)]
  return { healthP50, healthP99, healthN: times.length, memoryMax, workerMemoryMax }
}

async function importFile(api: Server, token: string, file: Blob, rows: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const form = new FormData()
  form.append('file', file, 'bench.csv')
  const response = await fetch(`${api.url}/tenant/v1/deal-imports?start=auto`, { method: 'POST', headers, body: form })
  if (response.status !== 202) throw new Error(`the upload was refused: ${await response.text()}`)
  const accepted = importAccepted.parse(await response.json())
  for (;;) {
    const answer = await fetch(`${api.url}/tenant/v1/deal-imports/${accepted.import.id}`, { headers })
    const state = dealImportView.parse(await answer.json())
    if (state.state === 'SUCCEEDED' && state.rowsCreated === rows) return
    if (['SUCCEEDED', 'FAILED', 'MAPPING', 'CANCELLED'].includes(state.state))
      throw new Error(`the import ended as ${JSON.stringify(state)}`)
    await setTimeout(100)
  }
}

/** The columns that an import fills, as another firm would have them. */
const columns =
  'tenant_id, id, title, value, currency, stage, priority, company_id, contact_id, expected_close_date, import_key'

/** @returns rows a second */
async function copyRows({ adminUrl, tenantId }: Filled, rows: number): Promise<number> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'throughline-copy-'))
  const file = path.join(dir, 'deals')
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`create unlogged table bench_rows as
      with other as (select id from tenants where id <> '${tenantId}' order by slug limit 1),
        c as (select k.tenant_id, k.company_id, k.id, row_number() over () as n from contacts k join other o on o.id = k.tenant_id)
      select c.tenant_id, uuidv7() as id, d.title, d.value, d.currency, d.stage, d.priority, c.company_id, c.id as contact_id,
        d.expected_close_date, d.import_key
      from (select *, 1 + row_number() over () % 500 as n from deals
        where tenant_id = '${tenantId}' and import_key like 'id:bench-%') d join c using (n)`)
    await pipeline(client.query(copyTo(`copy bench_rows (${columns}) to stdout`)), createWriteStream(file))
    const at = performance.now()
    await pipeline(createReadStream(file), client.query(copyFrom(`copy deals (${columns}) from stdin`)))
    return rows / ((performance.now() - at) / 1000)
  } finally {
    await client.query('drop table if exists bench_rows')
    await client.end()
    await rm(dir, { recursive: true })
  }
}

/** @param rows of the file; about 100 bytes each. The database needs a second firm, for the bare COPY. */
export async function measureImport(
  { api, worker }: Record<'api' | 'worker', Server>,
  filled: Filled,
  token: string,
  rows: number,
): Promise<ImportFigures> {
  const file = fileOf(rows)
  const [memoryBefore, workerMemoryBefore] = [api.memory(), worker.memory()]
  const stop = new AbortController()
  const watching = watch(api, worker, stop.signal)
  const at = performance.now()
  await importFile(api, token, file, rows)
  const seconds = (performance.now() - at) / 1000
  stop.abort()
  const felt = await watching
  return {
    rows,
    megabytes: file.size / 1e6,
    perSecond: rows / seconds,
    copyPerSecond: await copyRows(filled, rows),
    memoryBefore,
    workerMemoryBefore,
    ...felt,
  }
}
