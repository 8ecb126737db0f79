export { addToCommitment, commitmentsOf, findCommitment, insertCommitment } from './commitments.repo.ts'
export { datedFunds, standings, totalsJson } from './figures.repo.ts'
export { findInvestor } from './investors.repo.ts'
export {
  createInvestor,
  getInvestor,
  listInvestors,
  noSuchInvestor,
  revealInvestorBank,
  setInvestorBank,
  updateInvestor,
} from './investors.service.ts'
export { getFundPosition, listFundInvestors, listPositionEvents } from './positions.service.ts'
