// One's own sessions: where one is signed in, and how to end that.
import { AppError, type PortalName, type SessionView } from '@throughline/contracts'
import { type AuthContext, auditUser, type SessionOfEntry } from './auth-context.ts'
import { readSessionsOf, revokeOwnSession, revokeSession, revokeSessionsOf } from './sessions.repo.ts'
import { keepSessionsWaiting } from './users.repo.ts'

const browsers: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]
const nameIn = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1]

/** "Firefox on Windows"; what is not known is not guessed. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const [browser, system] = [nameIn(browsers, userAgent), nameIn(systems, userAgent)]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? userAgent.split(/[\s/]/)[0]?.slice(0, 40) ?? 'Unknown device'
}

export const listOwnSessions = async (
  { db }: Pick<AuthContext, 'db'>,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<SessionView[]> =>
  (await readSessionsOf(db, userId)).map((row) => ({
    id: row.id,
    portal: row.portal as PortalName,
    device: deviceOf(row.userAgent),
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    current: row.id === sessionId,
    impersonated: row.impersonated,
  }))

/** Signs out. Ending a session again changes nothing. */
export const endSession = (
  context: AuthContext,
  sessionId: string,
  { userId, ...session }: SessionOfEntry & { userId: string },
): Promise<void> =>
  context.db.transaction(async () => {
    if (!(await revokeSession(context.db, sessionId))) return
    const entry = { action: 'session.ended', subject: 'session', subjectId: sessionId }
    auditUser(context, userId, entry, session)
    context.db.afterCommit(() => context.sessionsEnded([sessionId]))
  })

/** Ends one of one's own sessions. @throws AppError not_found when it is not an open one of theirs */
export const endOwnSession = (context: AuthContext, userId: string, sessionId: string): Promise<void> =>
  context.db.transaction(async () => {
    const ended = await revokeOwnSession(context.db, userId, sessionId)
    if (!ended) throw new AppError('not_found')
    auditUser(context, userId, { action: 'session.ended', subject: 'session', subjectId: sessionId }, ended)
    context.db.afterCommit(() => context.sessionsEnded([sessionId]))
  })

/**
 * Ends all sessions of a user but one, in the open transaction of what makes that right.
 * @returns how many
 */
export async function endSessionsOf(
  context: Pick<AuthContext, 'db' | 'sessionsEnded'>,
  userId: string,
  except: string | null,
): Promise<number> {
  await keepSessionsWaiting(context.db, userId)
  const ids = await revokeSessionsOf(context.db, userId, except)
  if (ids.length > 0) context.db.afterCommit(() => context.sessionsEnded(ids))
  return ids.length
}

/** Signs out everywhere. */
export const endAllSessions = (context: AuthContext, userId: string): Promise<void> =>
  context.db.transaction(async () => {
    const ended = await endSessionsOf(context, userId, null)
    auditUser(context, userId, { action: 'sessions.ended', subject: 'user', subjectId: userId, after: { ended } })
  })
