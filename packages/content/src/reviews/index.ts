export {
  approveDraft,
  claimNext,
  findReviewTenant,
  getReview,
  heartbeat,
  listHistory,
  listQueue,
  queueStatistics,
  rejectDraft,
  releaseClaim,
  requestRevision,
} from './reviews.service.ts'
