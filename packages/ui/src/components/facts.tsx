import type { ReactNode } from 'react'

/** What is known of one thing, a line a fact. */
export const FactList = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-y-1.5 text-sm">{children}</dl>
)

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="contents">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </div>
)

/** An id, a hash, a name of the API. */
export const Code = ({ children }: { children: ReactNode }) => <span className="font-mono text-xs">{children}</span>
