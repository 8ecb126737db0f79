import { audit } from '@throughline/accounts'
import {
  AppError,
  type ImportSourceView,
  type ListImportSources,
  type Page,
  type UpdateImportSource,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import * as z from 'zod'
import { readCustomFields } from '../custom-fields/index.ts'
import { invalid } from '../invalid.ts'
import { mappingIssues } from './import-mapping.rules.ts'
import { changeSource, deleteSource, findSource, findSources, isNameTaken } from './sources.repo.ts'

/** By name. */
export async function listImportSources(ctx: Ctx, query: ListImportSources): Promise<Page<ImportSourceView>> {
  const { kind, limit, cursor } = query
  const after = cursor ? decodeCursor(cursor, z.tuple([z.string(), z.uuid()])) : null
  const rows = await findSources(ctx.db, { kind, limit, after })
  return toPage(rows, limit, ({ name, id }) => [name, id], asIs)
}

async function getSource(ctx: Ctx, sourceId: string): Promise<ImportSourceView> {
  const source = await findSource(ctx.db, sourceId)
  if (!source) throw new AppError('not_found', { message: 'There is no such source.' })
  return source
}

/** Its headers stay: they are by what it is known. @throws AppError not_found, conflict, validation_failed */
export const updateImportSource = (ctx: Ctx, sourceId: string, input: UpdateImportSource): Promise<ImportSourceView> =>
  ctx.db.transaction(async () => {
    const before = await getSource(ctx, sourceId)
    const { kind, headers } = before
    const source = { ...before, ...input }
    const own = (await readCustomFields(ctx.db, kind)).map(({ key }) => key)
    const issues = mappingIssues({ kind, headers, own }, source.mapping)
    if (issues.length > 0) throw invalid(...issues)
    if (await isNameTaken(ctx.db, source))
      throw new AppError('conflict', { message: 'Another source has this name.', details: { field: 'name' } })
    await changeSource(ctx.db, source)
    audit(ctx, {
      action: 'import_source.updated',
      subject: 'import_source',
      subjectId: sourceId,
      before,
      after: source,
    })
    return getSource(ctx, sourceId)
  })

/** @throws AppError not_found */
export const deleteImportSource = (ctx: Ctx, sourceId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const before = await getSource(ctx, sourceId)
    await deleteSource(ctx.db, sourceId)
    audit(ctx, { action: 'import_source.deleted', subject: 'import_source', subjectId: sourceId, before })
  })
