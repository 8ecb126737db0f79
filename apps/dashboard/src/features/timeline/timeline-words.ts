import type { TimelineItem, TimelineKind } from '@throughline/contracts'

export const kindLabels: Record<TimelineKind, string> = {
  NOTE: 'Note',
  CALL: 'Call',
  EMAIL: 'Mail',
  MEETING: 'Meeting',
  SIGNAL: 'Signal',
}

/** Whose it is; what a machine did has no name. */
export const authorOf = ({ author }: Pick<TimelineItem, 'author'>): string => author?.name ?? 'Throughline'

/** What a browser's own field for day and time says, as an instant; nothing when it is empty. */
export function instantIn(local: string): string | undefined {
  const time = Date.parse(local)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** An instant as that field wants it, in the zone of the browser. */
export function localOf(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
