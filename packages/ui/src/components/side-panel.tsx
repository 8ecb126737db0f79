'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useIsPhone } from '../media.ts'
import { leaveEscape } from './overlays.tsx'

export interface SidePanelProps {
  open: boolean
  onClose(): void
  title: string
  /** Buttons before the one that closes it. */
  tools?: ReactNode
  children: ReactNode
}

/**
 * One thing beside the page it was opened from. The page stays in use: the next row can be clicked or reached by its
 * keys. On a phone there is no beside, so it covers the screen and holds the focus.
 */
export function SidePanel({ open, onClose, title, tools, children }: SidePanelProps) {
  const isPhone = useIsPhone()
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()} modal={isPhone}>
      <Radix.Portal>
        <Radix.Content
          data-beside={isPhone ? undefined : ''}
          aria-describedby={undefined}
          // Not its first button: a key that was meant for the page would press it.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onEscapeKeyDown={leaveEscape}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-30 flex outline-none w-[min(31rem,100vw)] flex-col border-line border-l bg-surface shadow-raised"
        >
          <div className="flex items-start gap-2 border-line border-b px-5 py-3">
            <Radix.Title className="min-w-0 flex-1 pt-1 font-semibold text-lg leading-snug tracking-tight [overflow-wrap:anywhere]">
              {title}
            </Radix.Title>
            {tools}
            <Radix.Close
              className="grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
              aria-label="Close"
            >
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
