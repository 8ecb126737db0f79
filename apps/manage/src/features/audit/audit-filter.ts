export const filterNames = ['tenant', 'action', 'kind', 'object', 'person', 'from', 'until'] as const
/** As it stands in the address; empty: everything. Days are those of whoever looks. */
export type AuditFilter = Readonly<Record<(typeof filterNames)[number], string>>

export const emptyFilter: AuditFilter = {
  tenant: '',
  action: '',
  kind: '',
  object: '',
  person: '',
  from: '',
  until: '',
}

/** Names as the API takes them: `deal.moved`. */
export const namePattern = '[\\w.:\\-]{1,80}'
export const isName = (text: string): boolean => new RegExp(`^${namePattern}$`).test(text)

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/

/** The instant at which a day begins here, or one some days later; nothing for what is no day. */
export function instantAt(day: string, daysLater = 0): string | undefined {
  const parts = dayShape.exec(day)
  if (!parts) return undefined
  const begin = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + daysLater)
  return begin.toISOString()
}
