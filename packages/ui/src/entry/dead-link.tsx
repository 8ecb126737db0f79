import type { ReactNode } from 'react'
import { BackToSignIn, EntryFrame } from './entry-frame.tsx'

export interface DeadLinkProps {
  portal: string
  /** The address has no token at all. */
  missing?: boolean
  /** What to do instead. */
  children: ReactNode
}

/** A link that leads nowhere. */
export const DeadLink = ({ portal, missing, children }: DeadLinkProps) => (
  <EntryFrame
    portal={portal}
    heading={missing ? 'This link is not complete' : 'This link was used or has expired'}
    promise={missing ? 'Open it from the mail once more.' : 'A link works once, and only for a short time.'}
    footer={<BackToSignIn />}
  >
    <div className="text-sm">{children}</div>
  </EntryFrame>
)
