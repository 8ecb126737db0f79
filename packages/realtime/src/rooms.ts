// Rooms are named here and nowhere else, from what the token says; a client cannot name one.
import type { AccessClaims } from '@throughline/contracts'

export const tenantRoom = (tenantId: string): string => `tenant:${tenantId}`
export const userRoom = (userId: string): string => `user:${userId}`
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`
/** Every reviewer, whatever tenant the news is of. */
export const dmRoom = 'dm:live'

/** Who looks at a fund. Never named by a client: it says which fund, and the server looks whose it is. */
export const fundRoom = (tenantId: string, fundId: string): string => `fund:${tenantId}:${fundId}`

/** The rooms that a token opens. */
export function roomsOf(claims: AccessClaims): string[] {
  const own = [userRoom(claims.sub), sessionRoom(claims.sid)]
  return claims.tenantId ? [...own, tenantRoom(claims.tenantId)] : [...own, dmRoom]
}
