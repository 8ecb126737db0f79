// Days of a filter are days of the firm, wherever whoever looks is.

const dayMs = 86_400_000

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function aheadMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = name.match(/([+-])(\d{2}):(\d{2})/) ?? []
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -size : size
}

/** When a day (YYYY-MM-DD) begins in a zone, as an instant; undefined when it is not a day. */
export function startOfDay(day: string, timeZone: string): string | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight)) return undefined
  // The first guess may lie on the other side of a change of the clocks.
  const guess = midnight - aheadMs(midnight, timeZone)
  return new Date(midnight - aheadMs(guess, timeZone)).toISOString()
}

/** When a day is over in a zone. */
export function endOfDay(day: string, timeZone: string): string | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight)) return undefined
  return startOfDay(new Date(midnight + dayMs).toISOString().slice(0, 10), timeZone)
}
