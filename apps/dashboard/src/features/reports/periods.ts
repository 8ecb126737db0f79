// Periods that people ask for, as days of the firm.

export interface Period {
  /** First and last day, YYYY-MM-DD. */
  from: string
  to: string
}

export const periodLabels = {
  month: 'This month',
  lastMonth: 'Last month',
  threeMonths: 'Last three months',
  quarter: 'This quarter',
  year: 'This year',
  twelveMonths: 'Last twelve months',
  custom: 'Other days',
} as const
export type PeriodName = keyof typeof periodLabels

export const isPeriodName = (name: string): name is PeriodName => name in periodLabels

const firstOfMonth = (today: string, back: number): string => {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10)
}
const lastOfMonthBefore = (firstDay: string): string =>
  new Date(Date.parse(`${firstDay}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** What a name means today. A period that goes on ends today. */
export function periodOf(name: Exclude<PeriodName, 'custom'>, today: string): Period {
  const month = Number(today.slice(5, 7))
  switch (name) {
    case 'month':
      return { from: firstOfMonth(today, 0), to: today }
    case 'lastMonth':
      return { from: firstOfMonth(today, 1), to: lastOfMonthBefore(firstOfMonth(today, 0)) }
    case 'threeMonths':
      return { from: firstOfMonth(today, 2), to: today }
    case 'quarter':
      return { from: firstOfMonth(today, (month - 1) % 3), to: today }
    case 'year':
      return { from: firstOfMonth(today, month - 1), to: today }
    case 'twelveMonths':
      return { from: firstOfMonth(today, 11), to: today }
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Days that somebody chose; nothing while they are no period. */
export const customPeriod = (from: string, to: string): Period | undefined =>
  isDay(from) && isDay(to) && from <= to ? { from, to } : undefined
