'use client'
import { CircleAlert, Inbox, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError, messageOf } from '../api/api-error.ts'
import { cn } from '../cn.ts'
import { Button } from './button.tsx'

/** Grey where something will be; keeps its place. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div data-loading aria-hidden className={cn('animate-pulse rounded-lg bg-sunken', className)} />
)

interface StateProps {
  title: string
  children?: ReactNode
  action?: ReactNode
}

function State({ icon, title, children, action }: StateProps & { icon: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-14 text-center">
      <div aria-hidden className="grid size-11 place-items-center rounded-xl bg-sunken text-muted [&_svg]:size-5">
        {icon}
      </div>
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-md text-muted text-sm">{children}</div> : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  )
}

/** There is nothing yet: says what would be here, and how it comes. */
export const EmptyState = (props: StateProps) => <State icon={<Inbox />} {...props} />
/** There is something, but nothing fits. */
export const NoResults = (props: StateProps) => <State icon={<SearchX />} {...props} />

/** What went wrong, in the API's words, with the id that helps to find it. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const forbidden = error instanceof ApiError && error.status === 403
  return (
    <div role="alert">
      <State
        icon={<CircleAlert />}
        title={forbidden ? 'This is not for your role' : 'This could not be loaded'}
        action={onRetry && !forbidden ? <Button onClick={onRetry}>Try again</Button> : undefined}
      >
        {messageOf(error)}
        {error instanceof ApiError && error.requestId ? (
          <span className="mt-1 block font-mono text-xs">{error.requestId}</span>
        ) : null}
      </State>
    </div>
  )
}

/** A sentence that interrupts: why something did not happen. */
export const Alert = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div role="alert" className={cn('rounded-xl bg-bad-soft px-4 py-3 text-bad text-sm', className)}>
    {children}
  </div>
)

const noticeTones = { good: 'bg-good-soft text-good', info: 'bg-info-soft text-info', warn: 'bg-warn-soft text-warn' }

/** A sentence that does not interrupt: what has happened, or what to know before going on. */
export const Notice = ({
  tone = 'info',
  children,
  className,
}: {
  tone?: keyof typeof noticeTones
  children: ReactNode
  className?: string
}) => (
  <div role="status" className={cn('rounded-xl px-4 py-3 text-sm', noticeTones[tone], className)}>
    {children}
  </div>
)
