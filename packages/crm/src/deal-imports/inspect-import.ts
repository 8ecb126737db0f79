// The first look at a file: how it is written, what its columns are, and its first rows.
import type { Readable } from 'node:stream'
import type { ImportPreview } from '@throughline/contracts'
import type { Committed, RunningJob } from '@throughline/jobs'
import { restored, type Storage } from '@throughline/storage'
import { decoded, detectEncoding } from './csv-encoding.ts'
import { type Delimiter, FileRefused, readRecords, sniffDelimiter } from './csv-records.ts'
import { findImportSource } from './deal-imports.repo.ts'
import { advanceImport, failDealImport, queueImport } from './deal-imports.service.ts'
import { proposeMapping } from './import-headers.rules.ts'
import { canStart } from './import-mapping.rules.ts'
import { proposeOptions } from './import-values.rules.ts'

const shownRows = 20
/** Enough to see how amounts and dates are written. */
const sampledRows = 1000
const sniffedCharacters = 64 * 1024
const maxShownCharacters = 200

async function sniff(open: () => Promise<Readable>, encoding: ImportPreview['encoding']): Promise<Delimiter> {
  const source = await open()
  let head = ''
  for await (const text of decoded(source, encoding)) {
    head += String(text)
    if (head.length >= sniffedCharacters) break
  }
  source.destroy()
  return sniffDelimiter(head)
}

/** @throws FileRefused when the file cannot be read as a table with a header and rows */
export async function readPreview(open: () => Promise<Readable>): Promise<ImportPreview> {
  const encoding = await detectEncoding(await open())
  const delimiter = await sniff(open, encoding)
  const source = await open()
  const rows: string[][] = []
  let headers: string[] | undefined
  for await (const { cells } of readRecords(decoded(source, encoding), delimiter)) {
    if (headers) rows.push(cells.map(restored))
    else headers = cells.map((cell) => restored(cell).trim().slice(0, maxShownCharacters))
    if (rows.length >= sampledRows) break
  }
  source.destroy()
  if (!headers) throw new FileRefused('The file is empty.')
  if (rows.length === 0) throw new FileRefused('The file has a header but no rows.', 1)
  const mapping = proposeMapping(headers, rows)
  const column = (field: 'value' | 'expectedCloseDate') => {
    const index = mapping.indexOf(field)
    return index < 0 ? [] : rows.map((row) => row[index] ?? '')
  }
  const options = proposeOptions({ amounts: column('value'), dates: column('expectedCloseDate'), delimiter })
  const shown = rows.slice(0, shownRows).map((row) => row.map((cell) => cell.slice(0, maxShownCharacters)))
  return { encoding, delimiter, headers, rows: shown, mapping, options }
}

/** Job: looks at the file, then waits for a person to confirm the mapping, or goes straight on. */
export async function inspectDealImport(
  job: RunningJob<{ importId: string; start: 'auto' | 'confirmed' }>,
  storage: Storage,
): Promise<Committed> {
  const { ctx, data } = job
  const source = await findImportSource(ctx.db, data.importId)
  if (source?.state !== 'INSPECTING') return job.commit(async () => ({ state: source?.state ?? 'GONE' }))
  try {
    const preview = await readPreview(() => storage.get(source.storageKey))
    return await job.commit(async () => {
      const inspected = { from: ['INSPECTING'], to: 'MAPPING', changes: { preview } } as const
      if (!(await advanceImport(ctx, data.importId, inspected))) return { state: 'CANCELLED' }
      if (data.start === 'confirmed' || !canStart(preview)) return { state: 'MAPPING' }
      await queueImport(ctx, data.importId, { mapping: preview.mapping, options: preview.options })
      return { state: 'QUEUED' }
    })
  } catch (error) {
    // The file is at fault, not the job: trying again would change nothing.
    if (!(error instanceof FileRefused)) throw error
    return job.commit(() => failDealImport(ctx, data.importId, { message: error.message, line: error.line }))
  }
}
