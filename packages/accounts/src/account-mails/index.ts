export { type AccountMail, accountMailJob } from './account-mails.jobs.ts'
export { type AccountMailTools, sendAccountMail } from './send-account-mail.ts'
