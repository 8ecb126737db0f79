export * from './allocation/index.ts'
export {
  cancelAllocation,
  createAllocation,
  listAllocations,
} from './allocations/index.ts'
export * from './books/index.ts'
export * from './calls/index.ts'
export * from './capital-calls/index.ts'
export * from './commitment-changes/index.ts'
export * from './commitments/index.ts'
export * from './csv/index.ts'
export * from './deal-summaries/index.ts'
export * from './deal-thread/index.ts'
export * from './distributions/index.ts'
export * from './documents/index.ts'
export * from './fees/index.ts'
export * from './figures/index.ts'
export * from './fund-imports/index.ts'
export * from './funds/index.ts'
export {
  createInvestor,
  getFundPosition,
  getInvestor,
  listFundInvestors,
  listInvestors,
  listPositionEvents,
  revealInvestorBank,
  setInvestorBank,
  updateInvestor,
} from './investors/index.ts'
export * from './ledger/index.ts'
export * from './nights/index.ts'
export * from './payment-events/index.ts'
export * from './payments/index.ts'
export * from './performance/index.ts'
export * from './portal/index.ts'
export * from './receipts/index.ts'
export * from './reconciliation/index.ts'
export { type SeedFunds, seedFunds, type TakenDeal } from './seed.ts'
export * from './trial-balance/index.ts'
export * from './valuation/index.ts'
export * from './waterfall/index.ts'
