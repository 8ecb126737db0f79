import type { WorkerProfile } from '@throughline/contracts'
import type * as z from 'zod'

export interface JobDefinition<P = unknown> {
  /** Unique; also what logs and the console show. */
  name: string
  /** The BullMQ queue: one a role, so that a slow kind of work does not stand before a quick one. */
  queue: string
  /** Which kind of worker process runs it. */
  profile: WorkerProfile
  /** Ids and a few facts, never a secret or a document. Parsed when it is enqueued and when it is taken up. */
  payload: z.ZodType<P>
  /** Failures after which it is a dead letter. */
  attempts: number
  /** How many run at once in one process. */
  concurrency: number
}

type Defaults = 'attempts' | 'concurrency'

/** Declares a kind of job: four attempts and two at once per process, unless it says otherwise. */
export const defineJob = <P>(
  job: Omit<JobDefinition<P>, Defaults> & Partial<Pick<JobDefinition<P>, Defaults>>,
): JobDefinition<P> => ({ attempts: 4, concurrency: 2, ...job })

/** What can be known of a job without knowing its payload. */
export type AnyJob = Omit<JobDefinition, 'payload'> & { payload: z.ZodType }

/** Every kind of job there is, by its name. */
export type JobCatalog = Record<string, AnyJob>
