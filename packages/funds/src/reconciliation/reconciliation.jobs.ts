import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Compares the books of a fund with everything that is derived from them, and writes the report. */
export const reconcileFundJob = defineJob({
  name: 'util__reconcile-fund',
  queue: 'util__fund-nights',
  profile: 'util',
  payload: z.object({ runId: id }),
  concurrency: 1,
})
