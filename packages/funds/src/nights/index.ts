export { beginNights, type Clock } from './begin-nights.ts'
export { callReminderJob, rollNavJob } from './nights.jobs.ts'
export { remindOfOpenLines, sendCallReminder } from './reminders.ts'
export { rollNav } from './roll-nav.ts'
