import Link from 'next/link'
import type { ReactNode } from 'react'
import { Mark } from '../shell/brand.tsx'

const threads = [0, 1, 2, 3, 4, 5]
const knots = [
  ['125', '546'],
  ['400', '280'],
  ['681', '508'],
] as const

/** The thread through the platform; for wide screens. */
const Picture = () => (
  <div aria-hidden className="relative hidden overflow-hidden bg-accent lg:block">
    <svg
      aria-hidden
      focusable="false"
      viewBox="0 0 800 900"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full text-on-accent"
    >
      {threads.map((line) => (
        <path
          key={line}
          d={`M-40 ${650 - line * 28} C 160 ${650 - line * 28}, 200 ${280 + line * 20}, 400 ${280 + line * 20} S 640 ${620 - line * 36}, 860 ${560 - line * 44}`}
          fill="none"
          stroke="currentColor"
          strokeOpacity={0.6 - line * 0.09}
          strokeWidth={2.5}
        />
      ))}
      {knots.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="9" fill="currentColor" />
      ))}
    </svg>
    <p className="absolute bottom-12 left-12 max-w-md font-medium text-2xl text-on-accent leading-snug tracking-tight">
      Content, lead, deal, allocation, capital call, payment, statement. One thread.
    </p>
  </div>
)

export interface EntryFrameProps {
  /** The portal, e.g. Dashboard. */
  portal: string
  heading: string
  /** One sentence below the heading. */
  promise?: ReactNode
  children?: ReactNode
  /** Ways to other pages, below everything. */
  footer?: ReactNode
}

/** What every page for whoever is not signed in stands in. */
export const EntryFrame = ({ portal, heading, promise, children, footer }: EntryFrameProps) => (
  <main className="grid min-h-dvh lg:grid-cols-[1fr_1.1fr]">
    <div className="grid content-center justify-items-center px-6 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-2.5">
          <Mark className="size-7 text-accent" />
          <span className="font-semibold text-lg tracking-tight">Throughline</span>
          <span className="rounded-md bg-sunken px-2 py-0.5 text-muted text-xs">{portal}</span>
        </div>
        <h1 className="font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">{heading}</h1>
        {promise ? <div className="mt-1 text-muted text-sm [overflow-wrap:anywhere]">{promise}</div> : null}
        <div className="mt-6 grid gap-4">{children}</div>
        {footer ? <div className="mt-8 flex flex-wrap gap-x-5 gap-y-2 text-sm">{footer}</div> : null}
      </div>
    </div>
    <Picture />
  </main>
)

/** A way to another page without a session. */
export const EntryLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link
    href={href}
    className="font-medium text-accent-ink underline decoration-accent-ink/40 underline-offset-4 hover:decoration-accent-ink"
  >
    {children}
  </Link>
)

export const BackToSignIn = () => <EntryLink href="/login">Back to sign-in</EntryLink>
