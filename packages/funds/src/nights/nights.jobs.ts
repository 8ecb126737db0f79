import { dateOnly, id } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

/** Strikes the net assets of a fund at the end of a day. */
export const rollNavJob = defineJob({
  name: 'util__roll-nav',
  queue: 'util__fund-nights',
  profile: 'util',
  payload: z.object({ fundId: id, on: dateOnly }),
  concurrency: 1,
})

/** A mail to the investor of a line that is not paid. */
export const callReminderJob = defineJob({
  name: 'util__call-reminder',
  queue: 'util__mail',
  profile: 'util',
  attempts: 6,
  concurrency: 4,
  payload: z.object({ lineId: id }),
})
