'use client'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { DeadLink } from './dead-link.tsx'
import { EntryFrame } from './entry-frame.tsx'

/**
 * The token of a mailed link. It stands behind the `#`, which no browser sends, and is taken out of the address at
 * once, so that it stays in no history and on no screen.
 * @returns undefined until it is read, null when the link has none
 */
function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>()
  useEffect(() => {
    const read = () => {
      const { hash, pathname, search } = window.location
      const given = new URLSearchParams(hash.slice(1)).get('token')
      if (given) window.history.replaceState(null, '', `${pathname}${search}`)
      setToken((known) => given ?? known ?? null)
    }
    read()
    // Another link that is opened in the same tab changes nothing but the part behind the `#`.
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  return token
}

export interface LinkPageProps {
  portal: string
  heading: string
  /** What to do when the link has no token. */
  instead: ReactNode
  children(token: string): ReactNode
}

/** A page that a mailed link leads to. */
export function LinkPage({ portal, heading, instead, children }: LinkPageProps) {
  const token = useLinkToken()
  if (token) return <Fragment key={token}>{children(token)}</Fragment>
  if (token === undefined) return <EntryFrame portal={portal} heading={heading} />
  return (
    <DeadLink portal={portal} missing>
      {instead}
    </DeadLink>
  )
}
