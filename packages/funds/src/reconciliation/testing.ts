// What tests ask of a fund whatever has happened to it.
import type { Ctx } from '@throughline/db'
import { ranHere } from '../testing.ts'
import { getReconciliation, reconcileFund, requestReconciliation } from './index.ts'

/** The comparisons that do not agree, of today or of a day. */
export async function brokenIn(ctx: Ctx, fundId: string, asOf?: string): Promise<string[]> {
  const { id: runId } = await requestReconciliation(ctx, fundId, { asOf })
  await ranHere(ctx, { runId }, reconcileFund)
  const { checks } = await getReconciliation(ctx, runId)
  return checks.filter(({ breaks }) => breaks > 0).map(({ comparison }) => comparison)
}
