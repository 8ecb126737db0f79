'use client'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from '../cn.ts'

const box =
  'w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-sm text-ink shadow-card placeholder:text-muted disabled:opacity-60 aria-invalid:border-bad'

export const Input = ({ className, ...props }: ComponentProps<'input'>) => (
  <input className={cn(box, 'h-9', className)} {...props} />
)
export const Textarea = ({ className, ...props }: ComponentProps<'textarea'>) => (
  <textarea className={cn(box, 'min-h-24 py-2 leading-relaxed', className)} {...props} />
)
/** The browser's own select: it works with every keyboard, reader and phone. */
export const Select = ({ className, ...props }: ComponentProps<'select'>) => (
  <select className={cn(box, 'h-9 pr-8', className)} {...props} />
)

export interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  className?: string
  /** Gets the ids that tie label, hint and error to it. */
  children(ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }): ReactNode
}

/** A label, its control, and what is wrong with it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p id={`${id}-error`} className="text-bad text-sm">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
