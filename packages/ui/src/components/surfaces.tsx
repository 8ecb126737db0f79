import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../cn.ts'

export const Card = ({ className, ...props }: ComponentProps<'div'>) => (
  <div className={cn('rounded-2xl border border-line bg-surface shadow-card', className)} {...props} />
)

/** What a page is called, what it is for, and what can be done on it. */
export function PageHeader({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {children ? <div className="mt-1 text-muted text-sm">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  )
}

/** One figure. */
export function Stat({ label, value, detail }: { label: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <Card className="px-4 py-3.5">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="tabular mt-1 font-semibold text-xl tracking-tight">{value}</dd>
      {detail ? <dd className="tabular mt-0.5 text-muted text-xs">{detail}</dd> : null}
    </Card>
  )
}

export const Kbd = ({ className, ...props }: ComponentProps<'kbd'>) => (
  <kbd
    className={cn(
      'inline-grid h-5 min-w-5 place-items-center rounded border border-current/30 px-1 font-mono text-[0.7rem] uppercase opacity-80',
      className,
    )}
    {...props}
  />
)

export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const share = total ? Math.min(100, Math.round((done / total) * 100)) : undefined
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={cn(
          'h-full rounded-full bg-accent transition-[width] duration-300',
          share === undefined && 'w-1/3 animate-pulse',
        )}
        style={share === undefined ? undefined : { width: `${share}%` }}
      />
    </div>
  )
}

/** A person's initials; the name stands beside it or is in its title. */
export function Avatar({ name }: { name: string }) {
  const initials = name
    .split(/\s+/)
    .map((part) => part[0])
    .filter(Boolean)
    .slice(0, 2)
    .join('')
  return (
    // Drawn, not written: what stands beside it says the name, and a control is called by that alone.
    <span
      aria-hidden
      title={name}
      data-initials={initials.toUpperCase()}
      className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-[0.7rem] text-accent-ink before:content-[attr(data-initials)]"
    />
  )
}
