export { companyCandidates, contactCandidates } from './candidates.repo.ts'
export { duplicateConflict, listDuplicates, refuseDuplicates } from './duplicates.service.ts'
