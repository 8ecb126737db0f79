'use client'
import { X } from 'lucide-react'
import { DropdownMenu, Dialog as Radix, Popover as RadixPopover } from 'radix-ui'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { cn } from '../cn.ts'

/** Escape in a field that has its own use for it (`data-own-escape`) leaves what is around it open. */
export function leaveEscape(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-own-escape]')) event.preventDefault()
}

/** A dialog without a trigger of its own, which keys open too, does not know where the focus came from. */
function useFocusBack() {
  const before = useRef<Element>(null)
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement
    },
    // Where one dialog leads to the next, the next has the focus by now and keeps it.
    onCloseAutoFocus: () => {
      if (before.current instanceof HTMLElement && document.activeElement === document.body) before.current.focus()
    },
  }
}

interface OverlayProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: string
  /** Only its own buttons close it: for what is shown once. */
  keepOpen?: boolean
  children: ReactNode
}

const backdrop = 'fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]'

const CloseButton = () => (
  <Radix.Close
    className="absolute top-3.5 right-3.5 grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
    aria-label="Close"
  >
    <X className="size-4" aria-hidden />
  </Radix.Close>
)

function Heading({ title, description }: Pick<OverlayProps, 'title' | 'description'>) {
  return (
    <div className="mb-4 pr-8">
      <Radix.Title className="font-semibold text-lg tracking-tight">{title}</Radix.Title>
      {description ? <Radix.Description className="mt-1 text-muted text-sm">{description}</Radix.Description> : null}
    </div>
  )
}

function Overlay({
  open,
  onOpenChange,
  title,
  description,
  keepOpen,
  children,
  className,
}: OverlayProps & { className: string }) {
  const stay = keepOpen ? (event: Event) => event.preventDefault() : undefined
  const focusBack = useFocusBack()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={backdrop} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...focusBack}
          onEscapeKeyDown={stay ?? leaveEscape}
          onInteractOutside={stay}
          className={cn('fixed z-50 overflow-y-auto border-line bg-surface p-5 shadow-raised', className)}
        >
          <Heading title={title} description={description} />
          {children}
          {keepOpen ? null : <CloseButton />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A question in the middle of the screen. */
export const Dialog = (props: OverlayProps) => (
  <Overlay
    {...props}
    className="-translate-x-1/2 -translate-y-1/2 top-1/2 left-1/2 max-h-[90dvh] w-[min(32rem,calc(100vw-2rem))] rounded-2xl border"
  />
)

/** A panel from the right that leaves the page behind it in sight. */
export const Sheet = (props: OverlayProps) => (
  <Overlay {...props} className="inset-y-0 right-0 w-[min(30rem,100vw)] border-l" />
)

/** A field and what it finds, over the page: its title is for screen readers, and Escape gives the focus back. */
export function Lookup({ open, onOpenChange, title, children }: Omit<OverlayProps, 'description' | 'keepOpen'>) {
  const focusBack = useFocusBack()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={backdrop} />
        <Radix.Content
          aria-describedby={undefined}
          {...focusBack}
          className="-translate-x-1/2 fixed top-[max(0.75rem,12dvh)] left-1/2 z-50 w-[min(40rem,calc(100vw-1.5rem))] overflow-hidden rounded-2xl border border-line bg-surface shadow-raised max-sm:top-3"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const Menu = DropdownMenu.Root
export const MenuTrigger = DropdownMenu.Trigger

export const MenuContent = ({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) => (
  <DropdownMenu.Portal>
    <DropdownMenu.Content
      align="end"
      sideOffset={6}
      className={cn('z-50 min-w-44 rounded-xl border border-line bg-surface p-1 text-sm shadow-raised', className)}
      {...props}
    />
  </DropdownMenu.Portal>
)
export const MenuItem = ({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) => (
  <DropdownMenu.Item
    className={cn(
      'flex cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1.5 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-sunken [&_svg]:size-4',
      className,
    )}
    {...props}
  />
)
export const MenuLabel = ({ className, ...props }: ComponentProps<typeof DropdownMenu.Label>) => (
  <DropdownMenu.Label className={cn('px-2.5 py-1.5 text-muted text-xs', className)} {...props} />
)
export const MenuSeparator = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />

export const Popover = RadixPopover.Root
export const PopoverTrigger = RadixPopover.Trigger
export const PopoverContent = ({ className, ...props }: ComponentProps<typeof RadixPopover.Content>) => (
  <RadixPopover.Portal>
    <RadixPopover.Content
      align="end"
      sideOffset={8}
      className={cn(
        'z-50 w-[min(22rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-surface p-3 shadow-raised',
        className,
      )}
      {...props}
    />
  </RadixPopover.Portal>
)
