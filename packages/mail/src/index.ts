import type { Config } from '@throughline/config'
import { createFolderMailer } from './folder.ts'
import type { Mailer } from './mail.ts'
import { createSmtpMailer } from './smtp.ts'

export { compose, type Letter } from './compose.ts'
export { listFolder, readFromFolder, type StoredMail } from './folder.ts'
export type { Mail, Mailer } from './mail.ts'

/** The way out that the configuration asks for. Nothing is opened before the first mail. */
export function createMailer({ driver, dir, from, smtpUrl }: Config['mail']): Mailer {
  if (driver === 'folder') return createFolderMailer({ dir, from })
  if (!smtpUrl) throw new Error('the configuration names no SMTP server')
  return createSmtpMailer({ url: smtpUrl, from })
}
