import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Reads a file of a fund and says what is wrong with it. A person waits for it. */
export const inspectFundImportJob = defineJob({
  name: 'documents__fund-import-inspect',
  queue: 'documents__fund-import-inspect',
  profile: 'documents',
  payload: z.object({ importId: id }),
})

/** Does what the rows of a file say: all of it, or nothing. */
export const commitFundImportJob = defineJob({
  name: 'documents__fund-import',
  queue: 'documents__fund-import',
  profile: 'documents',
  payload: z.object({ importId: id }),
  concurrency: 1,
})
