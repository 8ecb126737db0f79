// What a list shows as a file, of every deal of a firm: asked for, written by the worker, there. Beside it a bare COPY of
// the same table, read and thrown away.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { dataExportView, exportAccepted, type RequestExport } from '@throughline/contracts'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Filled } from './fill.ts'
import type { Server } from './processes.ts'

export interface ExportFigures {
  rows: number
  megabytes: number
  /** From the request to the file, the outbox and the queue included. */
  perSecond: number
  copyPerSecond: number
  /** Of the worker, in MiB. */
  memoryBefore: number
  memoryMax: number
}

const definition: RequestExport = {
  kind: 'DEAL',
  columns: [
    ...(['id', 'title', 'value', 'currency', 'stage', 'priority', 'leadScore', 'leadSource', 'ownerEmail'] as const),
    ...(['companyName', 'companyDomain', 'contactName', 'contactEmail', 'expectedCloseDate', 'notes', 'tags'] as const),
  ],
}

async function exportAll(api: Server, worker: Server, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify(definition)
  // A key of its own: the same wish twice within a few seconds would be taken for a double click.
  const asked = { ...headers, 'idempotency-key': randomUUID() }
  const response = await fetch(`${api.url}/tenant/v1/exports`, { method: 'POST', headers: asked, body })
  if (response.status !== 202) throw new Error(`the export was refused: ${await response.text()}`)
  const accepted = exportAccepted.parse(await response.json())
  let memoryMax = 0
  for (;;) {
    memoryMax = Math.max(memoryMax, worker.memory())
    const answer = await fetch(`${api.url}/tenant/v1/exports/${accepted.export.id}`, { headers })
    const found = dataExportView.parse(await answer.json())
    if (found.state === 'SUCCEEDED') return { rows: found.rows, bytes: found.sizeBytes ?? 0, memoryMax }
    if (found.state === 'FAILED') throw new Error('the export failed')
    await setTimeout(50)
  }
}

/** @returns rows a second */
async function copyAll(adminUrl: string, tenantId: string, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const at = performance.now()
  const statement = `copy (select * from deals where tenant_id = '${tenantId}') to stdout with (format csv)`
  for await (const _chunk of client.query(copyTo(statement)));
  const seconds = (performance.now() - at) / 1000
  await client.end()
  return rows / seconds
}

/** Twice in turn, the better of each: the first reads the disk for the second. */
export async function measureExport(
  { api, worker }: { api: Server; worker: Server },
  { adminUrl }: Filled,
  { tenantId, token }: { tenantId: string; token: string },
): Promise<ExportFigures> {
  const memoryBefore = worker.memory()
  const runs: ExportFigures[] = []
  for (let round = 0; round < 2; round++) {
    const at = performance.now()
    const { rows, bytes, memoryMax } = await exportAll(api, worker, token)
    const perSecond = rows / ((performance.now() - at) / 1000)
    const copyPerSecond = await copyAll(adminUrl, tenantId, rows)
    runs.push({ rows, megabytes: bytes / 1e6, perSecond, copyPerSecond, memoryBefore, memoryMax })
  }
  const most = (pick: (run: ExportFigures) => number) => Math.max(...runs.map(pick))
  const [first] = runs
  if (!first) throw new Error('nothing was measured')
  return {
    ...first,
    perSecond: most((run) => run.perSecond),
    copyPerSecond: most((run) => run.copyPerSecond),
    memoryMax: most((run) => run.memoryMax),
  }
}
