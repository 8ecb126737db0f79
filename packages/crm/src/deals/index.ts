export { isClosed, mayChange, stageProbability } from './deals.rules.ts'
export {
  createDeal,
  dealBoard,
  dealStatistics,
  getDeal,
  getDealText,
  listDeals,
  moveDeal,
  updateDeal,
} from './deals.service.ts'
