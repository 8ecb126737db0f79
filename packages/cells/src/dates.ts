import type { ImportOptions } from '@throughline/contracts'
import { quoted, refuse } from './cell.ts'

const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/
const orderedDate = {
  ymd: /^(?<y>\d{4})[./](?<m>\d{1,2})[./](?<d>\d{1,2})\.?(?: \d{1,2}:\d{2}.*)?$/,
  dmy: /^(?<d>\d{1,2})[./-](?<m>\d{1,2})[./-](?<y>\d{4})(?:,? \d{1,2}:\d{2}.*)?$/,
  mdy: /^(?<m>\d{1,2})[./-](?<d>\d{1,2})[./-](?<y>\d{4})(?:,? \d{1,2}:\d{2}.*)?$/,
} as const
const orderWords = { ymd: 'year/month/day', dmy: 'day/month/year', mdy: 'month/day/year' } as const

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists && year >= 1900 ? date.toISOString().slice(0, 10) : undefined
}

/** A day as YYYY-MM-DD; ISO dates are always understood, others in the order of the file. @throws CellError */
export function parseDate(cell: string, dateOrder: ImportOptions['dateOrder']): string {
  const text = cell.trim()
  const [, year, month, day] = isoDate.exec(text) ?? []
  const { y, m, d } = year ? { y: year, m: month, d: day } : (orderedDate[dateOrder].exec(text)?.groups ?? {})
  if (y === undefined) return refuse(`Date ${quoted(cell)} is not ${orderWords[dateOrder]} with a four-digit year.`)
  return (
    calendarDate(Number(y), Number(m), Number(d)) ??
    refuse(`Date ${quoted(cell)} does not exist as ${orderWords[dateOrder]}.`)
  )
}
