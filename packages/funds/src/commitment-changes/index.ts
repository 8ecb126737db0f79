export { changeCommitment, createCommitment } from './commitments.service.ts'
export { transferCommitment } from './transfers.service.ts'
