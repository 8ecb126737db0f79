import {
  type commitFundImportJob,
  type FundImportResources,
  failFundImport,
  inspectFundImport,
  type inspectFundImportJob,
  runFundImport,
} from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'

type FundImportJobs = { inspectFundImport: typeof inspectFundImportJob; commitFundImport: typeof commitFundImportJob }

/** What the `documents` profile does with files of funds. */
export const fundImportHandlers = (resources: FundImportResources): Handlers<FundImportJobs> => ({
  inspectFundImport: {
    run: (job) => inspectFundImport(job, resources),
    onDead: (ctx, { importId }) =>
      failFundImport(ctx, importId, { message: 'The file could not be read. Try again later.' }),
  },
  commitFundImport: {
    run: (job) => runFundImport(job, resources),
    onDead: (ctx, { importId }) =>
      failFundImport(ctx, importId, { message: 'The import did not end. Nothing was changed.' }),
  },
})
