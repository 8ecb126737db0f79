import { audit } from '@throughline/accounts'
import type { ImportReport } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { dealsChanged } from '../statistics/index.ts'
import { updateKeysOf } from './import-mapping.rules.ts'
import { findImportFile, type ImportFile } from './imports.repo.ts'
import { advanceImport } from './imports.service.ts'
import { takeBack } from './revert.repo.ts'
import { lockImports, planForManyRows } from './run-import.ts'

/** What an import of before there were reports would have said. */
const emptyReport = ({ kind, start }: ImportFile): ImportReport => ({
  updateKeys: updateKeysOf(kind, start?.mapping ?? []),
  companies: { created: 0, updated: 0 },
  contacts: { created: 0, updated: 0 },
  duplicates: { count: 0, examples: [], partial: false },
  revert: null,
})

async function revert(ctx: Ctx, importId: string) {
  await lockImports(ctx.db)
  const file = await findImportFile(ctx.db, importId)
  // Done by an attempt whose end nobody heard of.
  if (file?.state !== 'SUCCEEDED') return { state: file?.state ?? 'GONE' }
  await planForManyRows(ctx.db)
  const outcome = await takeBack(ctx.db, importId)
  dealsChanged(ctx)
  const report = { ...(file.report ?? emptyReport(file)), revert: outcome }
  const changes = { report, revertedAt: ctx.now() }
  await advanceImport(ctx, importId, { from: ['SUCCEEDED'], to: 'REVERTED', changes })
  const { removed, restored, kept } = outcome
  const after = { removed, restored, kept }
  audit(ctx, { action: 'deal_import.reverted', subject: 'deal_import', subjectId: importId, after })
  return after
}

/** Job: takes an import back, whole or not at all; a second run finds it done. */
export const revertImport = ({ ctx, data, commit }: RunningJob<{ importId: string }>): Promise<Committed> =>
  commit(() => revert(ctx, data.importId))
