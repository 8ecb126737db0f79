'use client'
import { useQuery } from '@tanstack/react-query'
import { allowedWhileImpersonating, type Permission, type SessionUser, sessionUser } from '@throughline/contracts'
import { useHydrated } from '../hydrated.ts'
import { apiFetch } from './api-fetch.ts'

/** Whoever acts as somebody else has less than they have. */
const mayUse = ({ permissions, impersonation }: SessionUser, permission: Permission): boolean =>
  permissions.includes(permission) && (impersonation === null || allowedWhileImpersonating(permission))

/** Who is signed in; undefined while it is not known yet. */
export function useSession(): { user: SessionUser | undefined; may(permission: Permission): boolean } {
  const isHydrated = useHydrated()
  const { data } = useQuery<SessionUser>({
    queryKey: ['session'],
    queryFn: ({ signal }) => apiFetch('/auth/v1/me', { schema: sessionUser, signal }),
    staleTime: 60_000,
  })
  // The answer may be here before React has taken over what the server rendered without it.
  const user = isHydrated ? data : undefined
  return { user, may: (permission) => user !== undefined && mayUse(user, permission) }
}

let leaving = false
/** Whether this page's own person is signing out: that its session ends is then no news. */
export const isSigningOut = (): boolean => leaving

/** While one's own wish ends this session, its end is no news; it is again when the wish was refused. */
export async function whileLeaving<T>(wish: () => Promise<T>): Promise<T> {
  leaving = true
  try {
    return await wish()
  } catch (error) {
    leaving = false
    throw error
  }
}

/** Ends this session for all who hold it, then shows the way back in. */
export async function signOut(next = '/login'): Promise<void> {
  leaving = true
  try {
    await apiFetch('/auth/v1/logout', { method: 'POST', body: {} })
  } finally {
    window.location.assign(next)
  }
}
