'use client'
import type { DealView } from '@throughline/contracts'
import { Card, formatMoney } from '@throughline/ui'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { CalendarDay, type DayEvents } from './calendar-day.tsx'
import { addDays, addMonthsToDay, longDay, monthOf, weekday, weeksOf } from './month.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const none: readonly DealView[] = []

interface MonthProps {
  month: string
  today: string
  days: ReadonlyMap<string, readonly DealView[]>
  active: string
  events: DayEvents
  /** Goes to a day, in another month perhaps. */
  goTo(day: string): void
}

/** To which day a key leads. */
function target(key: string, day: string): string | undefined {
  const steps: Record<string, () => string> = {
    ArrowLeft: () => addDays(day, -1),
    ArrowRight: () => addDays(day, 1),
    ArrowUp: () => addDays(day, -7),
    ArrowDown: () => addDays(day, 7),
    Home: () => addDays(day, -weekday(day)),
    End: () => addDays(day, 6 - weekday(day)),
    PageUp: () => addMonthsToDay(day, -1),
    PageDown: () => addMonthsToDay(day, 1),
  }
  return steps[key]?.()
}

/** A month as weeks from Monday on; one stop for Tab, days by the arrows. */
export function CalendarMonth({ month, today, days, active, events, goTo }: MonthProps) {
  const ref = useRef<HTMLTableElement>(null)
  // The day that a key led to; its month may not be on the screen yet.
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (!wanted.current || wanted.current !== active || monthOf(active) !== month) return
    ref.current?.querySelector<HTMLElement>(`[data-day="${active}"]`)?.focus()
    wanted.current = undefined
  }, [active, month])
  const onKeyDown = (event: KeyboardEvent) => {
    const day = event.target instanceof HTMLElement ? event.target.dataset.day : undefined
    const next = day && target(event.key, day)
    if (!next) return
    event.preventDefault()
    wanted.current = next
    goTo(next)
  }
  return (
    <Card className="overflow-x-auto">
      <table
        ref={ref}
        onKeyDown={onKeyDown}
        className="w-full min-w-[44rem] table-fixed border-separate border-spacing-0"
      >
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col" className="px-2 py-2 text-left font-medium text-muted text-xs">
                <abbr title={name} className="no-underline">
                  {name.slice(0, 3)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <CalendarDay
                  key={day}
                  day={day}
                  deals={days.get(day) ?? none}
                  inMonth={monthOf(day) === month}
                  today={day === today}
                  active={day === active}
                  events={events}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** The same month where there is no room for a grid: its days that have deals. */
export function CalendarAgenda({ month, days, events }: Pick<MonthProps, 'month' | 'days' | 'events'>) {
  const filled = [...days].filter(([day, deals]) => monthOf(day) === month && deals.length > 0).sort()
  if (filled.length === 0)
    return <Card className="px-4 py-10 text-center text-muted text-sm">No deal is expected to close this month.</Card>
  return (
    <ul aria-label="Days with deals" className="grid gap-3">
      {filled.map(([day, deals]) => (
        <li key={day}>
          <Card className="overflow-hidden">
            <button
              type="button"
              onClick={() => events.show(day)}
              className="flex w-full items-center justify-between bg-sunken px-3.5 py-2 font-medium text-sm"
            >
              {longDay(day)}
              <span className="font-normal text-muted text-xs">Change days</span>
            </button>
            {deals.map((deal) => (
              <button
                key={deal.id}
                type="button"
                onClick={() => events.open(deal.id)}
                className="flex w-full items-center justify-between gap-3 border-line border-t px-3.5 py-2.5 text-left text-sm"
              >
                <span className="min-w-0 truncate">{deal.title}</span>
                <span className="tabular shrink-0 font-semibold">{formatMoney(deal.value, deal.currency)}</span>
              </button>
            ))}
          </Card>
        </li>
      ))}
    </ul>
  )
}
