export { reconcileFundJob } from './reconciliation.jobs.ts'
export {
  failReconciliation,
  getBreak,
  getReconciliation,
  listBreaks,
  listReconciliations,
  reconcileFund,
  requestReconciliation,
  updateBreak,
} from './reconciliation.service.ts'
export { repairBreak } from './repair.service.ts'
