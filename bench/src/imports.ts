// A large file through the whole road: upload, outbox, worker, staging, merge. Beside it a bare COPY of the same rows,
// and what the API feels of it meanwhile.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { dealImportView, importAccepted } from '@throughline/contracts'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
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
}

const notes = 'Met at the spring conference; wants the memorandum and two references before the committee meets again. '

function* lines(rows: number): Generator<string> {
  yield 'External ID,Deal name,Amount,Stage,Company,Contact,E-mail,Close date,Notes\n'
  for (let row = 1; row <= rows; row++)
    yield `bench-${row},Imported deal ${row},${row % 90000}.50,Qualified,Imported company ${row % 2000},Person ${row % 5000},p${row % 5000}@import.test,2027-03-31,${notes}${row}\n`
}

const fileOf = (rows: number): Blob => new Blob([...lines(rows)], { type: 'text/csv' })

const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Asks every 10 ms until it is told to stop. */
async function watch(api: Server, signal: AbortSignal) {
  const times: number[] = []
  let memoryMax = 0
  while (!signal.aborted) {
    const at = performance.now()
    await (await fetch(`${api.url}/health/live`)).text()
    times.push(performance.now() - at)
    memoryMax = Math.max(memoryMax, api.memory())
    await setTimeout(10)
  }
  const sorted = times.toSorted((a, b) => a - b)
  return { healthP50: percentile(sorted, 0.5), healthP99: percentile(sorted, 0.99), healthN: times.length, memoryMax }
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

async function copyRows(filled: Filled, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: filled.adminUrl })
  await client.connect()
  await client.query(
    'create table if not exists bench_copy (a text, b text, c text, d text, e text, f text, g text, h text, i text)',
  )
  const at = performance.now()
  await pipeline(
    Readable.from(lines(rows)),
    client.query(copyFrom('copy bench_copy from stdin with (format csv, header)')),
  )
  const seconds = (performance.now() - at) / 1000
  await client.query('drop table bench_copy')
  await client.end()
  return rows / seconds
}

/** @param rows of the file; about 200 bytes each */
export async function measureImport(api: Server, filled: Filled, token: string, rows: number): Promise<ImportFigures> {
  const file = fileOf(rows)
  const memoryBefore = api.memory()
  const stop = new AbortController()
  const watching = watch(api, stop.signal)
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
    ...felt,
  }
}
