import {
  failDealImport,
  type ImportResources,
  inspectDealImport,
  type inspectDealImportJob,
  type revertDealImportJob,
  revertImport,
  runDealImport,
  type runDealImportJob,
} from '@throughline/crm'
import type { Handlers } from '@throughline/jobs'

type DealImportJobs = {
  inspectDealImport: typeof inspectDealImportJob
  runDealImport: typeof runDealImportJob
  revertDealImport: typeof revertDealImportJob
}

/** What the `documents` profile does for the deal desk. */
export const dealImportHandlers = (resources: ImportResources): Handlers<DealImportJobs> => ({
  inspectDealImport: {
    run: (job) => inspectDealImport(job, resources.storage),
    onDead: (ctx, { importId }) =>
      failDealImport(ctx, importId, { message: 'The file could not be read. Try again later.' }),
  },
  runDealImport: {
    run: (job) => runDealImport(job, resources),
    onDead: (ctx, { importId }) =>
      failDealImport(ctx, importId, { message: 'The import did not end. Nothing was changed.' }),
  },
  // Whole or not at all: one that did not end has left the import as it was, and can be asked for again.
  revertDealImport: { run: revertImport },
})
