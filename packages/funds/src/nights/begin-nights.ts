// Begins the nights of funds that are due: books are compared, net assets rolled forward, and nights that were missed are told.
import { accountMailJob, notify } from '@throughline/accounts'
import { type Ctx, type Database, type Log, systemActor, tenantCtx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { holdFund } from '../books/index.ts'
import { addDays } from '../calendar-days.ts'
import { beginNight, noteMissedNight } from '../reconciliation/index.ts'
import { hasNightBegun, type LocalTime, localTime, nightIsLate } from './local-time.rules.ts'
import { rollNavJob } from './nights.jobs.ts'
import { type FundAtNight, readFundsAtNight, readZones } from './nights.repo.ts'

export interface Clock {
  database: Database
  log: Log
  now: Date
}

/** The local times of all zones that there are; one that nobody knows stops no other. */
export async function timesByZone({ database, log, now }: Clock): Promise<Map<string, LocalTime>> {
  const times = new Map<string, LocalTime>()
  for (const zone of await readZones(database.platform))
    try {
      times.set(zone, localTime(zone, now))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      log.error({ zone }, 'no such time zone: its nights are not begun')
    }
  return times
}

/** Run every few minutes by any number of workers: each night of a fund is begun once. @returns how many were begun */
export async function beginNights(clock: Clock): Promise<number> {
  const times = await timesByZone(clock)
  const due = [...times].flatMap(([zone, local]) => (hasNightBegun(local) ? [{ zone, day: local.day }] : []))
  let begun = 0
  for (const fund of await readFundsAtNight(clock.database.platform, due)) {
    const local = times.get(fund.zone)
    // A fund has its first night behind the day on which it was made.
    if (!local || localTime(fund.zone, fund.createdAt).day >= local.day) continue
    const ctx = {
      ...tenantCtx(clock.database, { tenantId: fund.tenantId, actor: systemActor, log: clock.log }),
      now: () => clock.now,
    }
    if (await ctx.db.transaction(() => beginOne(ctx, fund, local))) begun += 1
  }
  return begun
}

async function beginOne(ctx: Ctx, fund: FundAtNight, { day, time }: LocalTime): Promise<boolean> {
  const { fundId } = fund
  // Two workers that look at the same time come one after the other here.
  await holdFund(ctx, fundId)
  if (!(await beginNight(ctx, fundId, day))) return false
  if (fund.state === 'OPEN') await enqueue(ctx, rollNavJob, { fundId, on: addDays(day, -1) })
  const first = fund.lastNight ? addDays(fund.lastNight, 1) : localTime(fund.zone, fund.createdAt).day
  const missed = lastDays(first, addDays(day, -1)).filter((each) => fund.lastNight !== null || each > first)
  for (const each of missed) await noteMissedNight(ctx, fundId, each)
  if (missed.length > 0 || time >= nightIsLate) await alertMissed(ctx, fund, missed.at(-1) ?? day)
  return true
}

/** As many as a person looks back at: a fund that slept for a year has no three hundred rows of it. */
const mostMissed = 14

function lastDays(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = to; day >= from && days.length < mostMissed; day = addDays(day, -1)) days.unshift(day)
  return days
}

/** As a dead letter is told: in the portal, and by mail to the administrators. */
async function alertMissed(ctx: Ctx, { fundId, name }: FundAtNight, day: string): Promise<void> {
  await notify(ctx, {
    memberId: null,
    kind: 'reconciliation.missed',
    title: `The reconciliation of ${name} was missed`,
    body: `The night of ${day} did not begin in time. The books are being compared now.`,
    link: `/funds/${fundId}/reconciliation`,
  })
  await enqueue(ctx, accountMailJob, { kind: 'night_missed', fundName: name, fundId, day })
}
