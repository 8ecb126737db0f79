'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from '../cn.ts'

export interface TabLink {
  href: string
  label: string
}

/** Pages that belong together. They are links: each has an address, and the browser's way back leads through them. */
export function TabLinks({ label, items }: { label: string; items: readonly TabLink[] }) {
  const path = usePathname()
  const list = useRef<HTMLUListElement>(null)
  // On a phone they may not all fit: the one that is open is brought into sight.
  useEffect(() => {
    if (path) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto border-line border-b">
      <ul ref={list} className="flex sm:gap-1">
        {items.map(({ href, label: name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className={cn(
                '-outline-offset-2 block border-transparent border-b-2 px-2 py-2 sm:px-3 font-medium text-muted text-sm whitespace-nowrap hover:text-ink',
                path === href && 'border-accent text-ink',
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
