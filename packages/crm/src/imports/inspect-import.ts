// The first look at a file: how it is written, what its columns are, and its first rows.
import { type CsvSample, FileRefused, proposeOptions, readSample, shownCell } from '@throughline/cells'
import type { ImportField, ImportPreview, RecordKind } from '@throughline/contracts'
import type { TenantDb } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'
import { readCustomFields } from '../custom-fields/index.ts'
import { proposeMapping } from './import-headers.rules.ts'
import { canStart, mappingIssues } from './import-mapping.rules.ts'
import { findImportFile } from './imports.repo.ts'
import { advanceImport, failDealImport, queueImport } from './imports.service.ts'
import type { CustomFieldRule } from './more-values.rules.ts'
import { findSourceOf } from './sources.repo.ts'

const shownRows = 20

function styleOf({ rows, delimiter }: CsvSample, mapping: ImportPreview['mapping'], own: readonly CustomFieldRule[]) {
  const ofType = (type: CustomFieldRule['type']): ImportField[] =>
    own.filter((field) => field.type === type).map(({ key }) => `custom.${key}` as const)
  const cells = (fields: readonly ImportField[]) =>
    mapping.flatMap((field, column) => (field && fields.includes(field) ? rows.map((row) => row[column] ?? '') : []))
  const amounts = cells(['value', ...ofType('NUMBER')])
  return proposeOptions({ amounts, dates: cells(['expectedCloseDate', ...ofType('DATE')]), delimiter })
}

/** Mapping and options as they were saved for files with these headers, else as they look. */
async function propose(db: TenantDb, kind: RecordKind, sample: CsvSample): Promise<ImportPreview> {
  const { headers, rows } = sample
  const own = await readCustomFields(db, kind)
  const saved = await findSourceOf(db, kind, headers)
  const isGood = saved && mappingIssues({ kind, headers, own: own.map(({ key }) => key) }, saved.mapping).length === 0
  const mapping = isGood ? saved.mapping : proposeMapping(headers, rows, { kind, own })
  return {
    ...sample,
    rows: rows.slice(0, shownRows).map((row) => row.map(shownCell)),
    mapping,
    options: isGood ? saved.options : styleOf(sample, mapping, own),
    source: isGood ? { id: saved.id, name: saved.name } : null,
    customFields: own.map(({ key, label }) => ({ key, label })),
  }
}

/** Job: looks at the file, then waits for a person to confirm the mapping, or goes straight on. */
export async function inspectDealImport(
  job: RunningJob<{ importId: string; start: 'auto' | 'confirmed' }>,
  storage: Storage,
): Promise<Committed> {
  const { ctx, data } = job
  const source = await findImportFile(ctx.db, data.importId)
  if (source?.state !== 'INSPECTING') return job.commit(async () => ({ state: source?.state ?? 'GONE' }))
  try {
    const preview = await propose(ctx.db, source.kind, await readSample(() => storage.get(source.storageKey)))
    return await job.commit(async () => {
      const inspected = { from: ['INSPECTING'], to: 'MAPPING', changes: { preview } } as const
      if (!(await advanceImport(ctx, data.importId, inspected))) return { state: 'CANCELLED' }
      const { decimal, dateOrder } = preview.options
      if (data.start === 'confirmed' || !decimal || !dateOrder || !canStart(source.kind, preview))
        return { state: 'MAPPING' }
      const start = { mapping: preview.mapping, options: { decimal, dateOrder }, dryRun: false, saveAs: null }
      await queueImport(ctx, data.importId, start, preview.source?.id)
      return { state: 'QUEUED' }
    })
  } catch (error) {
    // The file is at fault, not the job: trying again would change nothing.
    if (!(error instanceof FileRefused)) throw error
    return job.commit(() => failDealImport(ctx, data.importId, { message: error.message, line: error.line }))
  }
}
