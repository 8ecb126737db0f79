import { formatCompactMoney, formatNumber, formatShare } from '@throughline/ui'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { closedDeals } from './closed-deals.ts'

/** A number that opens the deals behind it; plain where no filter finds them. */
export const DealsLink = ({ deals, children }: { deals: string | null; children: ReactNode }) =>
  deals === null ? (
    children
  ) : (
    <Link
      href={`/deals?${deals}`}
      className="underline decoration-line-strong underline-offset-4 hover:decoration-accent"
    >
      {children}
    </Link>
  )

export const Count = ({ of: { count, deals } }: { of: { count: number; deals: string | null } }) => (
  <DealsLink deals={count === 0 ? null : deals}>{formatNumber(count)}</DealsLink>
)

interface Outcome {
  won: { deals: string | null }
  lost: { deals: string | null }
  winRate: number | null
}

/** A win rate opens what it is made of: the won deals and the lost ones. */
export const WinRate = ({ of: { won, lost, winRate } }: { of: Outcome }) => (
  <DealsLink deals={winRate === null ? null : closedDeals(won.deals, lost.deals)}>{formatShare(winRate)}</DealsLink>
)

interface Amount {
  currency: string
  value: string
}

/** Amounts of different currencies stand beside each other; each opens its own deals. */
export const Amounts = ({ amounts, deals }: { amounts: readonly Amount[]; deals: string | null }) =>
  amounts.length === 0
    ? '–'
    : amounts.map(({ currency, value }, index) => (
        <span key={currency} className="whitespace-nowrap">
          {index > 0 ? ' · ' : null}
          <DealsLink deals={deals === null ? null : `${deals}&currency=${currency}`}>
            {formatCompactMoney(value, currency)}
          </DealsLink>
        </span>
      ))

/** How much of the most; what it shows stands beside it in words. */
export const Bar = ({ part, whole }: { part: number; whole: number }) => (
  <div aria-hidden className="mt-1.5 h-1.5 min-w-24 overflow-hidden rounded-full bg-sunken">
    <div
      className="h-full rounded-full bg-accent"
      style={{ width: whole === 0 ? '0%' : `${Math.max(0, Math.min(100, (part / whole) * 100))}%` }}
    />
  </div>
)
