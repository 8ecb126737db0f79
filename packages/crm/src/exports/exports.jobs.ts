import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Writes what a view shows to a file. */
export const exportRecordsJob = defineJob({
  name: 'documents__export',
  queue: 'documents__exports',
  profile: 'documents',
  payload: z.object({ exportId: id }),
})
