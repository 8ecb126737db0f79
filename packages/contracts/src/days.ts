// Which day it is somewhere: the one place that asks the calendar of a zone.

const formats = new Map<string, Intl.DateTimeFormat>()

/** YYYY-MM-DD in an IANA zone, now without an instant. @throws RangeError for a zone that does not exist */
export function dayIn(zone: string, instant = new Date()): string {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  return format.format(instant)
}
