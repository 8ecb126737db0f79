import type { Ctx } from '@throughline/db'
import type * as z from 'zod'
import type { JobCatalog } from './definition.ts'
import type { Committed, RunningJob } from './running-job.ts'

export interface JobHandler<P> {
  /** Ends with `job.commit(…)`: what it returns cannot be had otherwise. */
  run(job: RunningJob<P>): Promise<Committed>
  /** In the transaction that makes it a dead letter: says on the desk's own row what has become of it. */
  onDead?(ctx: Ctx, data: P, jobId: string, error: Error): Promise<void>
}

type PayloadOf<J> = J extends { payload: z.ZodType<infer P> } ? P : never

/** One handler for each job of a catalog; a missing one does not compile. */
export type Handlers<Catalog extends JobCatalog> = {
  [Name in keyof Catalog]: JobHandler<PayloadOf<Catalog[Name]>>
}
