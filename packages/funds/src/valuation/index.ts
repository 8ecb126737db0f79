export { accrueFees, listFees } from './fees.service.ts'
export { book, listHoldings, listMarks, markHolding } from './holdings.service.ts'
export { readPeriodUpTo, readShareUpTo } from './nav.repo.ts'
export { listNav, listNavShares, strikeNav } from './nav.service.ts'
