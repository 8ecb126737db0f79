import { id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Tells the contacts of an investor about a document. The links are made when the mail is sent, so that no job holds one. */
export const documentMailJob = defineJob({
  name: 'util__fund-document-mail',
  queue: 'util__fund-mail',
  profile: 'util',
  attempts: 6,
  concurrency: 4,
  payload: z.object({ documentId: id }),
})
