import * as z from 'zod'
import { type ErrorCode, errorCatalogue } from './errors.ts'

export const id = z.uuid()
/** ISO 8601 has a year 0; Postgres, like the calendar, has none. */
const afterYearZero = [
  (text: string) => Date.parse(text) >= Date.parse('0001-01-01T00:00:00Z'),
  'must not be before the year 1',
] as const
/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true }).refine(...afterYearZero)
/** A day without a time, YYYY-MM-DD. */
export const dateOnly = z.iso.date().refine(...afterYearZero)
/** Money as a decimal string with at most 16 digits before the point and two behind it. */
export const money = z.string().regex(/^-?\d{1,16}(\.\d{1,2})?$/, 'must be a decimal like 1250.00')
/** Whether such a decimal is anything but zero, below it too. */
export const isSome = (decimal: string): boolean => /[1-9]/.test(decimal)
/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code like EUR')
export const version = z.number().int().positive()
/** One line of text that a person typed. */
export const line = (max: number) => z.string().trim().min(1).max(max)
/** Text of several lines. */
export const text = (max: number) => z.string().trim().max(max)

/** Postgres keeps neither NUL nor half of a surrogate pair. */
export const isStorableText = (value: string): boolean => !value.includes('\0') && value.isWellFormed()

export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]
export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      details: z.unknown().optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' })

/** Query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
})
export type PageQuery = z.infer<typeof pageQuery>

/** Answer of every list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), page: z.object({ nextCursor: z.string().nullable(), limit: z.number().int() }) })

export interface Page<T> {
  data: T[]
  page: { nextCursor: string | null; limit: number }
}

export const idParam = <K extends string>(name: K) => z.object({ [name]: id } as Record<K, typeof id>)
/** A query string may repeat a key or give it once. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(50).optional(),
  )
