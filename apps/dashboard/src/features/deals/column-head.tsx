'use client'
import { cn } from '@throughline/ui'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { DealColumn } from './deal-columns.tsx'
import type { DealQueryState } from './use-deal-query.ts'

/** What a column is called; one that can be sorted: click once for the natural direction, again for the other, again for none. */
export function ColumnHead({ column, query }: { column: DealColumn; query: DealQueryState }) {
  const sorted = column.sort !== undefined && column.sort === query.sort
  const natural = column.sort === 'closeDate' ? 'ascending' : 'descending'
  const opposite = natural === 'ascending' ? 'descending' : 'ascending'
  const direction = query.reverse ? opposite : natural
  const next = () => {
    if (!sorted) query.set({ sort: column.sort ?? null, reverse: null })
    else if (!query.reverse) query.set({ reverse: 'true' })
    else query.set({ sort: null, reverse: null })
  }
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={sorted ? direction : undefined}
      className={cn(
        'sticky top-0 z-[2] border-line border-b bg-sunken px-3 font-medium',
        column.numeric && 'text-right',
        column.key === 'title' && 'left-10 z-[3]',
      )}
    >
      {column.sort ? (
        <button type="button" onClick={next} className="inline-flex items-center gap-1 hover:text-ink">
          {column.header}
          {sorted ? <Arrow aria-hidden className="size-3.5" /> : null}
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}
