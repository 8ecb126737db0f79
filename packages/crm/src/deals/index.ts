export { bulkDeleteDeals, bulkUpdateDeals, undoBatch } from './bulk.service.ts'
export { checkVersion } from './changed-by.ts'
export { dealOrder } from './deal-page.repo.ts'
export { type DealScope, dealCondition, dealWhere } from './deal-where.repo.ts'
export { isClosed, mayChange } from './deals.rules.ts'
export {
  createDeal,
  dealBoard,
  dealCalendar,
  deleteDeal,
  getDeal,
  listDeals,
  moveDeal,
  restoreDeal,
  updateDeal,
} from './deals.service.ts'
