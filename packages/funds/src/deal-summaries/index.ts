export { dealSummaryJob } from './deal-summaries.jobs.ts'
export { getDealSummary, listDealDocuments, requestDealSummary } from './deal-summaries.service.ts'
export { giveUpDealSummary, type SummaryTools, summariseDeal } from './summarise-deal.ts'
