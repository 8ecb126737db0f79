export { type BlogWriterPayload, blogWriterJob } from './activities.jobs.ts'
export { findDraft, insertVersion, type LockedActivity, lockActivity, viewColumns } from './activities.repo.ts'
export { checkStep, countWords, titleOf } from './activities.rules.ts'
export {
  cancelActivity,
  getActivity,
  holdActivity,
  listActivities,
  requestBlogPost,
  retryActivity,
  startRevision,
  takeStep,
} from './activities.service.ts'
export { giveUpBlogPost, type WriterTools, writeBlogPost } from './write-blog-post.ts'
