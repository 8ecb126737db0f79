// Who was faster, in words.

/** `Ada`, `Ada and Ben`, `Ada and somebody`; `Somebody` when none is known. */
export function authorsOf(names: readonly (string | undefined)[]): string {
  const known = [...new Set(names.filter((name) => name !== undefined))]
  if (known.length === 0) return 'Somebody'
  return (names.includes(undefined) ? [...known, 'somebody'] : known).join(' and ')
}

/** What a change calls `ownerId` is shown as `owner`. */
const shownAs = (field: string): string => field.replace(/Id$/, '')
const reads = (record: object, field: string): string => JSON.stringify(Reflect.get(record, shownAs(field))) ?? ''

/** Who made the fields that read differently by now what they are. */
export const authorsSince = (changedBy: Readonly<Record<string, string>>, before: object, now: object): string =>
  authorsOf(
    Object.entries(changedBy)
      .filter(([field]) => reads(before, field) !== reads(now, field))
      .map(([, name]) => name),
  )
