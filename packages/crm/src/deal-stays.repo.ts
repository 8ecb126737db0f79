// How long a deal has been in a stage. What it has left stands in a column a stage, which the trigger `deal_kept` counts up.
import type { OpenStage } from '@throughline/contracts'
import { type Sql, sql } from '@throughline/db'

const leftAfter = {
  LEAD: sql`d.lead_seconds`,
  QUALIFIED: sql`d.qualified_seconds`,
  NEGOTIATION: sql`d.negotiation_seconds`,
} as const satisfies Record<OpenStage, Sql>

/** Whether a deal `d` is in the stage, or has been. */
export const hasBeenIn = (stage: OpenStage): Sql =>
  sql`(d.stage = ${stage}::"DealStage" or ${leftAfter[stage]} is not null)`

/** All the time of a deal `d` in the stage, in seconds; null when it has never been in it. One that lasts ends now. */
export const secondsIn = (stage: OpenStage, now: Date): Sql => sql`case when d.stage = ${stage}::"DealStage"
  then coalesce(${leftAfter[stage]}, 0) + greatest(0, extract(epoch from ${now}::timestamptz - d.stage_entered_at))
  else ${leftAfter[stage]} end`
