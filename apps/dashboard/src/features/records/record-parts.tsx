'use client'
import type { DealStage } from '@throughline/contracts'
import { Badge, formatMoney } from '@throughline/ui'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { stageTones } from '../deals/stages.ts'
import { useStages } from '../deals/use-stages.ts'

export const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {tags.map((tag) => (
      <Badge key={tag}>{tag}</Badge>
    ))}
  </span>
)

/** A part of what belongs to a record; says so when there is nothing. */
export const Part = ({ title, empty, children }: { title: string; empty: string; children: ReactNode[] }) => (
  <section className="grid gap-2">
    <h3 className="font-semibold text-sm">{title}</h3>
    {children.length === 0 ? <p className="text-muted text-sm">{empty}</p> : null}
    <ul aria-label={title} className="grid gap-1.5 text-sm">
      {children}
    </ul>
  </section>
)

export interface RecordDeal {
  id: string
  title: string
  value: string
  currency: string
  stage: DealStage
  role?: string | null
}

/** Deals of a company or contact, each with the way to it. */
export function DealsPart({ count, deals }: { count: number; deals: readonly RecordDeal[] }) {
  const { name } = useStages()
  return (
    <Part title={`Deals (${count})`} empty="No deals yet.">
      {deals.map(({ id, title, value, currency, stage, role }) => (
        <li key={`${id}-${role}`} className="flex flex-wrap items-center gap-2">
          <Link href={`/deals?deal=${id}`} className="font-medium hover:underline">
            {title}
          </Link>
          <Badge tone={stageTones[stage]}>{name(stage)}</Badge>
          <span className="tabular">{formatMoney(value, currency)}</span>
          {role ? <span className="text-muted">{role}</span> : null}
        </li>
      ))}
    </Part>
  )
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** `1 contact and 2 deals`; empty when there is nothing. */
export const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([one, count]) => plural(count, one))
    .join(' and ')
