export { checkDeal, titlesOfSteps } from './deals.ts'
export { type HeldDeal, readFlowsOfHoldings, readPortfolioFlows } from './flows.repo.ts'
export {
  carryPaid,
  type DealFlow,
  dealFlows,
  type InvestorFlow,
  investorFlows,
  investorFlowsByFund,
  toDealFlow,
  totalOf,
} from './flows.ts'
export { type Holding, holdingsOf } from './holdings.rules.ts'
export { sharesView } from './shares-view.ts'
export {
  accruedCarryOf,
  clawbackAtTheEnd,
  soldAtValue,
  type WaterfallResult,
  waterfallOf,
} from './waterfall-flows.rules.ts'
