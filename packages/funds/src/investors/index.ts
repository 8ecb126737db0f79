export {
  addToCommitment,
  commitmentsOf,
  findCommitment,
  insertCommitments,
  type NewCommitment,
} from './commitments.repo.ts'
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
export { type NamedInvestor, readInvestorNames } from './names.repo.ts'
export { getFundPosition, listFundInvestors, listPositionEvents } from './positions.service.ts'
