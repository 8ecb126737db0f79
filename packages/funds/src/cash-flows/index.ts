export { checkDeal } from './deals.ts'
export { carryPaid, type DealFlow, dealFlows, type InvestorFlow, investorFlows, totalOf } from './flows.ts'
export { type Holding, holdingsOf } from './holdings.rules.ts'
export { soldAtValue, waterfallOf } from './waterfall-flows.rules.ts'
