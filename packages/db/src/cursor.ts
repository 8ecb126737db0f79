import { AppError, isStorableText, type Page } from '@throughline/contracts'
import type * as z from 'zod'

export type CursorValue = string | number | null

/** The sort key and id of the last row of a page, opaque to clients. */
export const encodeCursor = (values: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

const holdsStorableText = (values: unknown): boolean =>
  !Array.isArray(values) || values.every((value) => typeof value !== 'string' || isStorableText(value))

/** @throws AppError validation_failed when a client made the cursor up or uses it with another sort */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  const refuse = (cause?: unknown) =>
    new AppError('validation_failed', {
      details: { issues: [{ path: 'query.cursor', message: 'is not a cursor of this list' }] },
      cause,
    })
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    throw refuse(error)
  }
  const parsed = schema.safeParse(values)
  if (!parsed.success) throw refuse(parsed.error)
  // No schema of a cursor has to think of it: its text is compared by the database.
  if (!holdsStorableText(values)) throw refuse()
  return parsed.data
}

/**
 * A page of rows, of which one more was read than is shown: it says whether there is another page.
 * @param cursorOf the sort key and id of a row
 */
export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly CursorValue[],
  toView: (row: Row) => View,
): Page<View> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null
  return { data: shown.map(toView), page: { limit, nextCursor } }
}

/** For rows that are read as they are shown. */
export const asIs = <Row>(row: Row): Row => row
