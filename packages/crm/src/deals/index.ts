export { isClosed, mayChange, stageProbability } from './deals.rules.ts'
export { createDeal, dealBoard, dealStatistics, getDeal, listDeals, moveDeal, updateDeal } from './deals.service.ts'
