import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Writes the next version of a blog post: the first one, or the answer to a reviewer's notes. */
export const blogWriterJob = defineJob({
  name: 'agent__blog-writer',
  queue: 'agent__blog-writer',
  profile: 'llm',
  payload: z.object({ activityId: id, version: z.number().int().positive(), notes: z.string().max(4000).nullable() }),
})
export type BlogWriterPayload = z.infer<(typeof blogWriterJob)['payload']>
