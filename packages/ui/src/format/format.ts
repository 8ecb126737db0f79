// Numbers, money and time as a person reads them. Money stays a string until it is shown: Intl takes it as it is.

const locale = 'en-US'

type Decimal = Intl.StringNumericLiteral
const isDecimal = (value: string): value is Decimal => /^-?\d+(\.\d+)?$/.test(value)

/** `1250.00`, `EUR` -> `€1,250`; cents only where there are some. */
export function formatMoney(value: string, currency: string): string {
  if (!isDecimal(value)) return value
  const whole = /\.0+$/.test(value) || !value.includes('.')
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  }).format(value)
}

/** `24245543.00`, `USD` -> `$24.2M`. */
export function formatCompactMoney(value: string, currency: string): string {
  if (!isDecimal(value)) return value
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value)
}

export const formatNumber = (value: number): string => new Intl.NumberFormat(locale).format(value)

/** 0.7293 -> `73%`; nothing has closed -> a dash, never 0%. */
export const formatShare = (value: number | null): string =>
  value === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value)

/** An instant in a zone, e.g. that of the firm. */
export const formatInstant = (at: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at))

export const formatTime = (at: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(at))

/** A day without a time stays that day in every zone. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `3 days ago`. */
export function formatAge(at: string, now = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  if (unit === 'second') return 'just now'
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}

/** 754 -> `12:34`, for what is counted down. */
export const formatCountdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${kilo.toFixed(0)} kB` : `${(kilo / 1024).toFixed(1)} MB`
}
