import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Reads the documents of a deal and writes one version of its summary. */
export const dealSummaryJob = defineJob({
  name: 'agent__deal-summary',
  queue: 'agent__deal-summary',
  profile: 'llm',
  payload: z.object({ summaryId: id }),
})
export type DealSummaryPayload = z.infer<(typeof dealSummaryJob)['payload']>
