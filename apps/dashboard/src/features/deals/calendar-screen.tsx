'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type DealView, dayIn } from '@throughline/contracts'
import {
  Button,
  Card,
  ErrorState,
  formatCompactMoney,
  formatNumber,
  Notice,
  Skeleton,
  useHotkeys,
  useIsPhone,
  useSession,
} from '@throughline/ui'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { DayEvents } from './calendar-day.tsx'
import { CalendarAgenda, CalendarMonth } from './calendar-month.tsx'
import { DayDialog } from './day-dialog.tsx'
import { useDealActions } from './deal-actions.tsx'
import { filterText, only } from './deal-query.ts'
import { readCalendar } from './deals.api.ts'
import { addSums } from './money.ts'
import { addMonths, isMonth, monthName, monthOf, weeksOf } from './month.ts'
import { useDealCache } from './use-deal-cache.ts'
import { type DealQueryState, dealAddress, useDealQuery } from './use-deal-query.ts'
import { DealsWorkspace } from './workspace.tsx'

const noDeals: readonly DealView[] = []

/** The deals of the weeks that are shown, as far as the filter's own close dates let them through. */
function useDays(query: DealQueryState, month: string) {
  const weeks = weeksOf(month)
  const [first = '', last = ''] = [weeks[0]?.[0], weeks.at(-1)?.at(-1)]
  const [from, to] = [only(query.params, 'closeFrom'), only(query.params, 'closeTo')]
  const closeFrom = [from, first].sort().at(-1) ?? first
  const closeTo = [to || last, last].sort().at(0) ?? last
  const { closeFrom: _from, closeTo: _to, ...params } = query.params
  const filter = filterText(params)
  const isEmpty = closeFrom > closeTo
  const { data, error, refetch } = useQuery({
    queryKey: ['calendar', filter, closeFrom, closeTo],
    queryFn: ({ signal }) => readCalendar(filter, { closeFrom, closeTo }, signal),
    placeholderData: keepPreviousData,
    enabled: !isEmpty,
  })
  const days = useMemo(() => new Map((data?.days ?? []).map(({ date, deals }) => [date, deals])), [data])
  return { days, error, refetch, isLoading: !data && !isEmpty, truncated: data?.truncated ?? false }
}

function MonthBar({
  month,
  goTo,
  days,
  today,
}: {
  month: string
  goTo(month: string): void
  days: ReadonlyMap<string, readonly DealView[]>
  today: string
}) {
  const deals = [...days].filter(([day]) => monthOf(day) === month).flatMap(([, each]) => each)
  const sums = addSums(deals).map(({ currency, value }) => formatCompactMoney(value, currency))
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Button size="icon" aria-label="Month before" onClick={() => goTo(addMonths(month, -1))}>
        <ChevronLeft aria-hidden />
      </Button>
      <Button size="icon" aria-label="Month after" onClick={() => goTo(addMonths(month, 1))}>
        <ChevronRight aria-hidden />
      </Button>
      <Button aria-keyshortcuts="t" onClick={() => goTo(monthOf(today))}>
        Today
      </Button>
      <h2 aria-live="polite" className="ml-1 font-semibold">
        {monthName(month)}
      </h2>
      <span className="tabular text-muted text-sm">
        {formatNumber(deals.length)} {deals.length === 1 ? 'deal' : 'deals'}
        {sums.length > 0 ? ` · ${sums.join(' · ')}` : ''}
      </span>
    </div>
  )
}

function Calendar({ query, shown }: { query: DealQueryState; shown: { current: readonly string[] } }) {
  const { user } = useSession()
  const { mayEdit, reschedule } = useDealActions()
  const cache = useDealCache()
  const isPhone = useIsPhone()
  const today = dayIn(user?.tenant?.timezone ?? 'UTC')
  const month = query.month && isMonth(query.month) ? query.month : monthOf(today)
  const { days, error, refetch, isLoading, truncated } = useDays(query, month)
  const [reached, setReached] = useState<string>()
  const [opened, setOpened] = useState<string>()
  const inMonth = (day: string) => monthOf(day) === month
  const active = reached && weeksOf(month).flat().includes(reached) ? reached : inMonth(today) ? today : `${month}-01`
  useEffect(() => {
    shown.current = [...days].sort().flatMap(([, deals]) => deals.map(({ id }) => id))
  }, [days, shown])
  const goToMonth = (next: string) => query.set({ month: next === monthOf(today) ? null : next }, 'replace')
  const goTo = (day: string) => {
    setReached(day)
    if (!inMonth(day)) goToMonth(monthOf(day))
  }
  useHotkeys([{ key: 't', label: 'Today', run: () => goTo(today), enabled: query.openDeal === null }])
  const events = useMemo<DayEvents>(
    () => ({
      hrefOf: (id) => dealAddress('/deals/calendar', query.text, id),
      open: (id) => query.set({ deal: id }),
      reach: setReached,
      show: setOpened,
      mayMove: mayEdit,
      drop: (dealId, day) => {
        const deal = cache.find(dealId)
        if (deal) reschedule(deal, day)
      },
    }),
    [query, mayEdit, cache, reschedule],
  )
  if (error)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  return (
    <>
      <MonthBar month={month} goTo={goToMonth} days={days} today={today} />
      {truncated ? (
        <Notice tone="warn" className="mb-3">
          More deals close in these weeks than fit here. Filter to see the others.
        </Notice>
      ) : null}
      {isLoading ? (
        <Skeleton className="h-[32rem] rounded-2xl" />
      ) : isPhone ? (
        <CalendarAgenda month={month} days={days} events={events} />
      ) : (
        <CalendarMonth month={month} today={today} days={days} active={active} events={events} goTo={goTo} />
      )}
      <DayDialog
        day={opened}
        deals={days.get(opened ?? '') ?? noDeals}
        onClose={() => setOpened(undefined)}
        onOpen={(id) => {
          setOpened(undefined)
          query.set({ deal: id })
        }}
      />
    </>
  )
}

/** Deals by the day on which they are expected to close. */
export function CalendarScreen() {
  const query = useDealQuery()
  const shown = useRef<readonly string[]>([])
  return (
    <DealsWorkspace layout="calendar" title="Calendar" query={query} shown={shown}>
      <Calendar query={query} shown={shown} />
    </DealsWorkspace>
  )
}
