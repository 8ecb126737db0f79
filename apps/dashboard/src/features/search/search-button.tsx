'use client'
import { Kbd, type NavItem, useHydrated } from '@throughline/ui'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { CommandPalette } from './command-palette.tsx'

const onMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Whether the keys are ours: Ctrl-K, or Cmd-K on a Mac. */
const isSearchKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey

/** The way into the palette, with its key. */
export function SearchButton({ pages }: { pages: readonly NavItem[] }) {
  const [open, setOpen] = useState(false)
  const mac = useHydrated() && onMac()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isSearchKey(event)) return
      event.preventDefault()
      // Not over another dialog, whose work would be lost out of sight; a panel beside the page stays in sight.
      setOpen((now) =>
        now ? false : document.querySelector('[role="dialog"]:not([data-beside]),[role="alertdialog"]') === null,
      )
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="flex h-9 items-center gap-2 rounded-lg px-2.5 text-muted text-sm hover:bg-sunken hover:text-ink sm:border sm:border-line"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-sm:sr-only">Search</span>
        <span aria-hidden className="ml-4 max-sm:hidden">
          <Kbd className="opacity-100">{mac ? '⌘K' : 'Ctrl K'}</Kbd>
        </span>
      </button>
      <CommandPalette open={open} onOpenChange={setOpen} pages={pages} />
    </>
  )
}
