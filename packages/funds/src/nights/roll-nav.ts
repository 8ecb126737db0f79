import { AppError } from '@throughline/contracts'
import type { Committed, RunningJob } from '@throughline/jobs'
import { strikeNav } from '../valuation/index.ts'

/** Job: net assets at the end of the day before. What nobody shares yet has none, and that is no error. */
export async function rollNav(job: RunningJob<{ fundId: string; on: string }>): Promise<Committed> {
  const { ctx, data } = job
  return job.commit(async () => {
    try {
      const { nav, revision } = await strikeNav(ctx, data.fundId, data.on, 'daily')
      return { nav, revision }
    } catch (error) {
      if (error instanceof AppError && error.code === 'unprocessable') return { skipped: error.message }
      throw error
    }
  })
}
