'use client'
import { useQuery } from '@tanstack/react-query'
import { type Permission, type SessionUser, sessionUser } from '@throughline/contracts'
import { apiFetch } from './api-fetch.ts'

/** Who is signed in; undefined while it is not known yet. */
export function useSession(): { user: SessionUser | undefined; may(permission: Permission): boolean } {
  const { data: user } = useQuery<SessionUser>({
    queryKey: ['session'],
    queryFn: ({ signal }) => apiFetch('/auth/v1/me', { schema: sessionUser, signal }),
    staleTime: 60_000,
  })
  return { user, may: (permission) => user?.permissions.includes(permission) ?? false }
}

/** Ends the session here and everywhere, then shows the way back in. */
export async function signOut(): Promise<void> {
  try {
    await apiFetch('/auth/v1/logout', { method: 'POST', body: {} })
  } finally {
    window.location.assign('/login')
  }
}
