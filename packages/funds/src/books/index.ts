export type { HeldFund } from './funds.repo.ts'
export { fundsThere, takeNumbers } from './funds.repo.ts'
export { noInvestor } from './ledger.repo.ts'
export { eventOf, type KeptPosition } from './position-json.rules.ts'
export {
  type Beside,
  happen,
  type PositionHappening,
  readHappenings,
  readPositions,
  rebuildPositions,
} from './positions.ts'
export { fundToRead, holdFund, type Posting, post, reverse, type Source } from './post.ts'
