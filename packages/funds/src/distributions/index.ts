export {
  approveDistribution,
  cancelDistribution,
  declareDistribution,
  payDistribution,
  submitDistribution,
} from './distribution-steps.service.ts'
export {
  draftDistribution,
  getDistribution,
  listDistributionLines,
  listDistributions,
  updateDistribution,
} from './distributions.service.ts'
export { getDistributionWaterfall, previewDistribution } from './proof.service.ts'
export { distributionWaterfallCsv, fundWaterfallCsv } from './waterfall-csv.rules.ts'
