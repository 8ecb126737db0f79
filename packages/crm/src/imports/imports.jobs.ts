import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Reads header and first rows. A queue of its own: a person waits for it, and must not wait for long imports. */
export const inspectDealImportJob = defineJob({
  name: 'documents__deal-import-inspect',
  queue: 'documents__deal-import-inspect',
  profile: 'documents',
  payload: z.object({
    importId: id,
    /** `auto` goes straight on with the proposed mapping. */
    start: z.enum(['auto', 'confirmed']),
  }),
})

/** Brings the rows in. */
export const runDealImportJob = defineJob({
  name: 'documents__deal-import',
  queue: 'documents__deal-import',
  profile: 'documents',
  payload: z.object({ importId: id }),
  concurrency: 1,
})

/** Takes an import back. In the queue of the imports: the two never change the same firm's records at once. */
export const revertDealImportJob = defineJob({
  name: 'documents__deal-import-revert',
  queue: 'documents__deal-import',
  profile: 'documents',
  payload: z.object({ importId: id }),
  concurrency: 1,
})
