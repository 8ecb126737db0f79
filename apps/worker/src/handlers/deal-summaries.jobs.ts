import { type dealSummaryJob, giveUpDealSummary, type SummaryTools, summariseDeal } from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'

/** What the `llm` profile does for the fund desk. */
export const dealSummaryHandlers = (tools: SummaryTools): Handlers<{ dealSummary: typeof dealSummaryJob }> => ({
  dealSummary: { run: (job) => summariseDeal(job, tools), onDead: giveUpDealSummary },
})
