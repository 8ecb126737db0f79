import type { PlatformDb } from '@throughline/db'
import { purgeMessages } from './messages.repo.ts'

const keepDays = 30

/** Removes messages after 30 days, with their tries. @returns how many */
export const purgeWebhooks = (db: PlatformDb): Promise<number> => purgeMessages(db, keepDays)
