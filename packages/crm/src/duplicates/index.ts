export { companyCandidates, contactCandidates, likelyFrom, sameEmployer } from './candidates.repo.ts'
export { duplicateConflict, listDuplicates, refuseDuplicates } from './duplicates.service.ts'
