import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '../cn.ts'

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      kind: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line bg-surface text-ink shadow-card hover:bg-sunken',
        ghost: 'text-ink hover:bg-sunken',
        danger: 'bg-bad-soft text-bad hover:brightness-95 dark:hover:brightness-110',
      },
      size: { md: 'h-9 px-3.5 text-sm', sm: 'h-8 px-2.5 text-[0.8rem]', icon: 'size-9' },
    },
    defaultVariants: { kind: 'secondary', size: 'md' },
  },
)

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  /** Lends its look to the one child, e.g. a link. */
  asChild?: boolean
}

export function Button({ className, kind, size, asChild, type = 'button', ...props }: ButtonProps) {
  const Part = asChild ? Slot.Root : 'button'
  return <Part type={asChild ? undefined : type} className={cn(look({ kind, size }), className)} {...props} />
}
