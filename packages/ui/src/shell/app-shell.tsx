'use client'
import { type LucideIcon, Menu as MenuIcon, X } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { cn } from '../cn.ts'
import { AccountMenu } from './account-menu.tsx'
import { Mark } from './brand.tsx'
import { ImpersonationBanner } from './impersonation-banner.tsx'

export interface NavItem {
  href: string
  label: string
  icon: LucideIcon
}

function Navigation({ items }: { items: readonly NavItem[] }) {
  const path = usePathname()
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      {items.map(({ href, label, icon: Icon }) => {
        const current = href === '/' ? path === '/' : path.startsWith(href)
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'flex items-center gap-3 rounded-lg px-2.5 py-2 font-medium text-muted text-sm hover:bg-sunken hover:text-ink',
              current && 'bg-accent-soft text-accent-ink hover:bg-accent-soft hover:text-accent-ink',
            )}
          >
            <Icon aria-hidden className="size-4" />
            {label}
          </Link>
        )
      })}
    </nav>
  )
}

interface ShellProps {
  /** What stands under the name, e.g. the firm. */
  place: ReactNode
  items: readonly NavItem[]
  /** At the right of the top bar. */
  tools?: ReactNode
  children: ReactNode
}

/** Sidebar and page; below 768 px the sidebar is behind a button. */
export function AppShell({ place, items, tools, children }: ShellProps) {
  const [open, setOpen] = useState(false)
  const path = usePathname()
  // Going somewhere closes it.
  useEffect(() => {
    if (path) setOpen(false)
  }, [path])
  return (
    <div className="min-h-dvh md:pl-60">
      <a
        href="#content"
        className="-translate-y-20 fixed top-2 left-2 z-50 rounded-lg bg-accent px-3 py-2 text-on-accent text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside
        className={cn(
          'fixed inset-y-0 left-0 z-30 flex w-60 flex-col gap-5 border-line border-r bg-surface p-3 transition-transform max-md:shadow-raised',
          open ? 'max-md:translate-x-0' : 'max-md:invisible max-md:-translate-x-full',
        )}
      >
        <div className="flex items-center gap-2.5 px-2 pt-2">
          <Mark className="size-6 text-accent" />
          <div className="min-w-0">
            <div className="font-semibold tracking-tight">Throughline</div>
            <div className="truncate text-muted text-xs">{place}</div>
          </div>
        </div>
        <div className="flex-1 overflow-y-auto">
          <Navigation items={items} />
        </div>
        <AccountMenu />
      </aside>
      {open ? (
        <button
          type="button"
          aria-label="Close menu"
          className="fixed inset-0 z-20 bg-black/40 md:hidden"
          onClick={() => setOpen(false)}
        />
      ) : null}
      <div className="sticky top-0 z-10">
        <ImpersonationBanner />
        <div className="flex h-13 items-center justify-between gap-2 border-line border-b bg-ground/85 px-3 backdrop-blur md:px-8">
          <button
            type="button"
            aria-expanded={open}
            aria-label={open ? 'Close menu' : 'Open menu'}
            onClick={() => setOpen(!open)}
            className="grid size-9 place-items-center rounded-lg hover:bg-sunken md:invisible"
          >
            {open ? <X aria-hidden className="size-5" /> : <MenuIcon aria-hidden className="size-5" />}
          </button>
          <div className="flex items-center gap-1">{tools}</div>
        </div>
      </div>
      <main id="content" tabIndex={-1} className="mx-auto max-w-[88rem] px-4 py-6 outline-none md:px-8">
        {children}
      </main>
    </div>
  )
}
