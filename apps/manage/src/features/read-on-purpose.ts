/**
 * For what is written down when it is read: asked for once each time somebody opens it, never again by itself. The log
 * would otherwise tell of looks that nobody took.
 */
export const readOnPurpose = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const
