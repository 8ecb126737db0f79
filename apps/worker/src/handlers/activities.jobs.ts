import { type blogWriterJob, giveUpBlogPost, type WriterTools, writeBlogPost } from '@throughline/content'
import type { Handlers } from '@throughline/jobs'

/** What the `llm` profile does for the content desk. */
export const activityHandlers = (tools: WriterTools): Handlers<{ blogWriter: typeof blogWriterJob }> => ({
  blogWriter: { run: (job) => writeBlogPost(job, tools), onDead: giveUpBlogPost },
})
