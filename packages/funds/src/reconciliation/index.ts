export { reconcileFundJob } from './reconciliation.jobs.ts'
export {
  beginNight,
  failReconciliation,
  getBreak,
  getReconciliation,
  listBreaks,
  listReconciliations,
  noteMissedNight,
  reconcileFund,
  requestReconciliation,
  updateBreak,
} from './reconciliation.service.ts'
export { repairBreak } from './repair.service.ts'
