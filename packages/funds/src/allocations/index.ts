export { readAllocation, readAllocationsOfDeal, readFundsWithRoom, writeCallOfAllocation } from './allocations.repo.ts'
export {
  cancelAllocation,
  createAllocation,
  createAllocationHeld,
  holdAllocatedDeals,
  listAllocations,
} from './allocations.service.ts'
export { dealToSee } from './seen-deal.ts'
export {
  holdDeals,
  milestonesOf,
  readDeals,
  readDealsNamed,
  readDealTitles,
  readWonDeals,
  releaseDeals,
  type WonDeal,
} from './won-deals.repo.ts'
