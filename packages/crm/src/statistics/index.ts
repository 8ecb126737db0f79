export { dealsChanged } from './cache.ts'
export { foldDealTotals } from './fold.repo.ts'
export { keptStageTotals } from './stage-totals.repo.ts'
export { dealStatistics } from './statistics.service.ts'
