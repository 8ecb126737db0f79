'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cn } from '../cn.ts'

export interface TabLink {
  href: string
  label: string
}

/** A page below another one belongs to its tab: the longest address that the path begins with. */
const openOf = (path: string, items: readonly TabLink[]): string | undefined =>
  items
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)[0]

/** Pages that belong together. They are links: each has an address, and the browser's way back leads through them. */
export function TabLinks({ label, items }: { label: string; items: readonly TabLink[] }) {
  const path = usePathname()
  const open = openOf(path, items)
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
              aria-current={path === href ? 'page' : open === href ? 'true' : undefined}
              className={cn(
                '-outline-offset-2 block border-transparent border-b-2 px-2 py-2 sm:px-3 font-medium text-muted text-sm whitespace-nowrap hover:text-ink',
                open === href && 'border-accent text-ink',
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
