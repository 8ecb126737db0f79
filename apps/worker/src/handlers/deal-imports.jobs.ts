import {
  failDealImport,
  type ImportResources,
  inspectDealImport,
  type inspectDealImportJob,
  runDealImport,
  type runDealImportJob,
} from '@throughline/crm'
import type { Handlers } from '@throughline/jobs'

type DealImportJobs = { inspectDealImport: typeof inspectDealImportJob; runDealImport: typeof runDealImportJob }

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
})
