'use client'
import { dayIn } from '@throughline/contracts'
import { useSession } from '@throughline/ui'
import { useSearchParams } from 'next/navigation'
import { useAddressChanges } from '../records/use-address-changes.ts'
import { customPeriod, isPeriodName, type Period, type PeriodName, periodOf } from './periods.ts'

export interface ReportChoices {
  name: PeriodName
  /** Undefined while the chosen days are no period. */
  period: Period | undefined
  from: string
  to: string
  mine: boolean
  set(changes: Record<string, string>): void
}

/** The period lives in the address, so that a report can be sent to a colleague. */
export function useReportChoices(): ReportChoices {
  const { user } = useSession()
  const search = useSearchParams()
  const set = useAddressChanges()
  const asked = search.get('period') ?? ''
  const name = isPeriodName(asked) ? asked : 'threeMonths'
  const today = dayIn(user?.tenant?.timezone ?? 'UTC')
  const usual = periodOf(name === 'custom' ? 'threeMonths' : name, today)
  const from = search.get('from') ?? usual.from
  const to = search.get('to') ?? usual.to
  const period = name === 'custom' ? customPeriod(from, to) : usual
  return { name, period, from, to, mine: search.get('mine') === 'true', set }
}
